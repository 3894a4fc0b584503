"""Exceptions: what was thrown, by its type and message."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.base import Model, Moment, Request, Timestamp

__all__ = ["ExceptionsRequest", "ExceptionsResult", "ThrownExceptions"]


class ExceptionsRequest(Request, frozen=True, kw_only=True):
    """A window, what the traces in it must satisfy, and whose exceptions are asked for."""

    start_time: Moment
    end_time: Moment
    service_name: str | None = None
    """Every service's when absent."""
    filter_expression: str | None = None
    columns: Annotated[int, Meta(ge=1, le=240)] | None = None
    """How many counts over time, 24 when absent."""
    most: Annotated[int, Meta(ge=1, le=200)] | None = None
    """50 when absent."""


class ThrownExceptions(Model, frozen=True, kw_only=True):
    """Exceptions of one type whose messages differ in numbers and identifiers at most."""

    type: str
    message: str
    """Of the latest."""
    count: int
    trace_count: int
    services: list[str]
    first_seen: Timestamp
    last_seen: Timestamp
    trace_ids: list[str]
    """The newest of those that were read, 3 at most."""
    columns: list[int]


class ExceptionsResult(Model, frozen=True, kw_only=True):
    """Groups, the most frequent first."""

    groups: list[ThrownExceptions]
    columns: list[Timestamp]
    """When each of the counts over time begins."""
    column_seconds: float
    traces_processed_count: int
    """How many traces with an error or a fault were read."""
    sampled_share: float
    """Of the traces with an error or a fault; which ones are read, their ids decide."""
