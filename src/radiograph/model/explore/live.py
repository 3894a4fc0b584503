"""Live tail and arrivals: what comes in, as server-sent events whose data is one of these as JSON."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from radiograph.model.base import Model, Request, Timestamp
from radiograph.model.traces import Http, ServiceId

__all__ = ["Arrivals", "LiveBatch", "LiveRequest", "LiveTrace", "RejectedDocuments"]


class LiveRequest(Request, frozen=True, kw_only=True):
    """What the front asks the store for its tails, a moment at a time: what has come since the last answer."""

    filter_expression: str | None = None
    cursor: str | None = None
    """Of the last answer; absent for the first, which gives nothing but a cursor."""
    most: Annotated[int, Meta(ge=1, le=200)] | None = None
    """50 when absent."""


class LiveTrace(Model, frozen=True, kw_only=True):
    """The summary of a trace that has just come, or of which more has: the event ``trace``."""

    id: str
    entry_point: ServiceId | UnsetType = UNSET
    start_time: Timestamp | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    has_fault: bool
    has_error: bool
    has_throttle: bool
    is_partial: bool
    http: Http


class LiveBatch(Model, frozen=True, kw_only=True):
    """What has come since the cursor before."""

    traces: list[LiveTrace]
    dropped: int
    """How many more there were that satisfied the expression: the event ``dropped``, when there are any."""
    cursor: str


class RejectedDocuments(Model, frozen=True, kw_only=True):
    """Documents, datagrams or requests that were not taken, for one reason."""

    source: str
    """The way they came: ``api``, ``udp``, ``http`` (whole requests), ``otlp`` …"""
    reason: str
    """An error code, such as ``ParseError`` or ``InvalidSignatureException``."""
    message: str
    """What was said of the last one; empty when that is not known."""
    count: int


class Arrivals(Model, frozen=True, kw_only=True):
    """What has come since the server started: the event ``arrivals``.

    The counts are of all accounts: listeners of another than the server's own are told of their newest trace alone.
    """

    datagrams: int | UnsetType = UNSET
    """By UDP, whatever was in them."""
    accepted: int | UnsetType = UNSET
    """Documents in the journal, those made of spans too: these are safe."""
    stored: int | UnsetType = UNSET
    """Of these, in the store: these can be asked for."""
    spans: int | UnsetType = UNSET
    """Of OpenTelemetry, Zipkin or Jaeger, accepted."""
    rejected: list[RejectedDocuments] | UnsetType = UNSET
    """By source and reason, the most frequent first."""
    newest_trace_id: str | UnsetType = UNSET
    """Of the trace of which something came last since the stream began; absent before, and for who may not see it."""
