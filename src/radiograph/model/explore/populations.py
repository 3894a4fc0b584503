"""Typical and Operations: how long things of one kind take, and how they end."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.base import Model, Moment, Request
from radiograph.model.ids import TraceId

__all__ = [
    "OperationStatistics",
    "OperationsRequest",
    "OperationsResult",
    "SpanOperation",
    "SpanPopulation",
    "TypicalRequest",
    "TypicalResult",
]


class SpanOperation(Request, frozen=True, kw_only=True):
    """What a span is one of: the segments of a service, or what its segments call or do by one name."""

    name: str
    """The service's, as its segments have it."""
    type: str | None = None
    """The segment's origin; any when absent."""
    operation: str | None = None
    """Of a segment, its method and the shape of its URL as ``Operations`` gives them; all when absent."""
    subsegment: str | None = None
    """The name of a subsegment, or of the node that it calls (a table, a bucket) where it calls one; the question is
    then about those and not about the segments."""
    subsegment_type: str | None = None
    """Of a subsegment that is a call, the type of what is called (``AWS::DynamoDB::Table``, ``remote``); empty for
    work inside; any when absent."""


class TypicalRequest(Request, frozen=True, kw_only=True):
    """A window, and the kinds of span that are asked for: these, or those that a trace has."""

    start_time: Moment
    end_time: Moment
    operations: Annotated[list[SpanOperation], Meta(max_length=500)] | None = None
    trace_id: TraceId | None = None
    """Every kind of span in this trace; ``SpanIds`` then say which spans are of it."""


class SpanPopulation(Model, frozen=True, kw_only=True):
    """How long the completed spans of one kind took, in seconds; all 0 when there were none."""

    name: str
    type: str
    operation: str
    subsegment: str
    subsegment_type: str
    count: int
    median: float
    p90: float
    p95: float
    p99: float
    fault_share: float
    span_ids: list[str]
    """Of the trace that was asked for: the ids of its segments and subsegments of this kind."""


class TypicalResult(Model, frozen=True, kw_only=True):
    """Populations in the order of what was asked for."""

    operations: list[SpanPopulation]
    sampled_share: float


class OperationsRequest(Request, frozen=True, kw_only=True):
    """A window and a service."""

    start_time: Moment
    end_time: Moment
    service_name: str
    type: str | None = None
    """Any when absent."""
    most: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """100 when absent."""


class OperationStatistics(Model, frozen=True, kw_only=True):
    """What a service is asked for in one way; durations are seconds."""

    operation: str
    """The method and the path of the URL, in which what looks like an identifier is ``*``; empty without either."""
    method: str
    path: str
    count: int
    fault_count: int
    error_count: int
    throttle_count: int
    median: float
    p95: float
    share_of_time: float
    """Of all the time the service's completed segments took."""
    filter_expression: str
    """The clause that finds traces with it; empty where the language cannot tell it apart."""


class OperationsResult(Model, frozen=True, kw_only=True):
    """Operations, the most frequent first."""

    operations: list[OperationStatistics]
    distinct: int
    sampled_share: float
