"""What the console's pages are told of the server that serves them, and of the demo that runs in it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType

from radiograph.model.base import Model, Request, Timestamp

__all__ = ["DemoAction", "DemoRequest", "DemoStatus", "ServerFacts"]

DemoAction: TypeAlias = Literal["Start", "Stop"]


class ServerFacts(Model, frozen=True, kw_only=True):
    """How the server runs, as far as whoever sends to it or reads from it has to know; a limit of 0 is none."""

    version: str
    account_id: str
    region: str
    auth: Literal["local", "required"]
    udp_address: str
    """Host and port for segment documents; where callers have to sign, this machine's alone."""
    port: int
    otlp_grpc_port: int
    otlp_http_port: int
    retention_days: int
    journal_retain_hours: float
    redact: str
    most_body_bytes: int
    most_otlp_bytes: int
    most_window_seconds: float
    most_calls_per_second: float
    most_segments_per_second: float
    most_annotations: int
    most_trace_bytes: int


class DemoRequest(Request, frozen=True, kw_only=True):
    """What the demo is to do; starting it again changes its scenario."""

    action: DemoAction
    scenario: str | None = None
    """``healthy`` when absent."""
    history_seconds: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    """Past to send first; none when absent."""


class DemoStatus(Model, frozen=True, kw_only=True):
    """The demo as it is now."""

    is_running: bool
    scenario: str | UnsetType = UNSET
    started_at: Timestamp | UnsetType = UNSET
    traces: int
    """Sent since it started, its past included."""
    failure: str | UnsetType = UNSET
    """Why it ended by itself."""
    scenarios: list[str]
    """What may be chosen."""
