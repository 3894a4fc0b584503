"""StartTraceRetrieval, CancelTraceRetrieval, ListRetrievedTraces and GetRetrievedTracesGraph."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Moment, Request
from radiograph.model.graphs import Service
from radiograph.model.ids import TraceId

__all__ = [
    "CancelTraceRetrievalRequest",
    "CancelTraceRetrievalResult",
    "GetRetrievedTracesGraphRequest",
    "GetRetrievedTracesGraphResult",
    "GraphLink",
    "ListRetrievedTracesRequest",
    "ListRetrievedTracesResult",
    "RetrievalStatus",
    "RetrievalToken",
    "RetrievedService",
    "RetrievedTrace",
    "Span",
    "StartTraceRetrievalRequest",
    "StartTraceRetrievalResult",
    "TraceFormat",
]

RetrievalStatus: TypeAlias = Literal["SCHEDULED", "RUNNING", "COMPLETE", "FAILED", "CANCELLED", "TIMEOUT"]

TraceFormat: TypeAlias = Literal["XRAY", "OTEL"]

RetrievalToken: TypeAlias = Annotated[str, Meta(max_length=1020)]
"""A retrieval; opaque to callers."""


class StartTraceRetrievalRequest(Request, frozen=True, kw_only=True):
    """The traces to retrieve, and the window, both ends included, in which to look for them."""

    trace_ids: Annotated[list[TraceId], Meta(max_length=100)]
    start_time: Moment
    end_time: Moment


class StartTraceRetrievalResult(Model, frozen=True, kw_only=True):
    """The retrieval that began."""

    retrieval_token: RetrievalToken


class CancelTraceRetrievalRequest(Request, frozen=True, kw_only=True):
    """The retrieval to give up."""

    retrieval_token: RetrievalToken


class CancelTraceRetrievalResult(Model, frozen=True, kw_only=True):
    """Nothing: the retrieval was given up."""


class ListRetrievedTracesRequest(Request, frozen=True, kw_only=True):
    """A retrieval, and what its traces shall look like."""

    retrieval_token: RetrievalToken
    trace_format: TraceFormat | None = None
    next_token: str | None = None


class Span(Model, frozen=True, kw_only=True):
    """A segment, or a span of OpenTelemetry: its document is a JSON text."""

    id: Annotated[str, Meta(min_length=1, max_length=16)]
    document: Annotated[str, Meta(max_length=204_800)]


class RetrievedTrace(Model, frozen=True, kw_only=True):
    """A trace, or the part of one that this page holds; ``duration`` is seconds, and of the whole."""

    id: TraceId
    duration: float | UnsetType = UNSET
    spans: Annotated[list[Span], Meta(max_length=100)] = field(default_factory=list)


class ListRetrievedTracesResult(Model, frozen=True, kw_only=True):
    """How the retrieval stands and, once it is complete, a page of its traces."""

    retrieval_status: RetrievalStatus
    trace_format: TraceFormat
    traces: Annotated[list[RetrievedTrace], Meta(max_length=5)] = field(default_factory=list)
    next_token: str | UnsetType = UNSET


class GetRetrievedTracesGraphRequest(Request, frozen=True, kw_only=True):
    """The retrieval whose traces to draw."""

    retrieval_token: RetrievalToken
    next_token: str | None = None


class GraphLink(Model, frozen=True, kw_only=True):
    """Traces that a trace names as its causes."""

    reference_type: str
    source_trace_id: str
    destination_trace_ids: list[TraceId] = field(default_factory=list)


class RetrievedService(Model, frozen=True, kw_only=True):
    """A node, and the links of its segments to other traces."""

    service: Service
    links: Annotated[list[GraphLink], Meta(max_length=100)] = field(default_factory=list)


class GetRetrievedTracesGraphResult(Model, frozen=True, kw_only=True):
    """How the retrieval stands and, once it is complete, a page of its services."""

    retrieval_status: RetrievalStatus
    services: Annotated[list[RetrievedService], Meta(max_length=1000)] = field(default_factory=list)
    next_token: str | UnsetType = UNSET
