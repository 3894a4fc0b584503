"""GetTraceSummaries and BatchGetTraces; the root causes are in :mod:`radiograph.model.causes`."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Moment, Request, Timestamp
from radiograph.model.causes import ErrorRootCause, FaultRootCause, ResponseTimeRootCause
from radiograph.model.ids import TraceId

__all__ = [
    "AnnotationValue",
    "AvailabilityZoneDetail",
    "BatchGetTracesRequest",
    "BatchGetTracesResult",
    "GetTraceSummariesRequest",
    "GetTraceSummariesResult",
    "Http",
    "InstanceIdDetail",
    "ResourceARNDetail",
    "SamplingStrategy",
    "SamplingStrategyName",
    "Segment",
    "ServiceId",
    "TimeRangeType",
    "Trace",
    "TraceSummary",
    "TraceUser",
    "ValueWithServiceIds",
]

TimeRangeType: TypeAlias = Literal["TraceId", "Event", "Service"]
"""Which time of a trace must lie in the window."""

SamplingStrategyName: TypeAlias = Literal["PartialScan", "FixedRate"]
"""How a subset of the summaries is chosen."""


class SamplingStrategy(Request, frozen=True, kw_only=True):
    """How a subset of the summaries is chosen, and how much of them."""

    name: SamplingStrategyName | None = None
    """Both mean the same here."""
    value: float | None = None
    """The share of all traces, 0 to 1; which ones, their ids decide."""


class GetTraceSummariesRequest(Request, frozen=True, kw_only=True):
    """A window of time, and what the traces in it must satisfy."""

    start_time: Moment
    end_time: Moment
    time_range_type: TimeRangeType | None = None
    """What must lie in the window: the trace's begin as its id tells it (``TraceId``, when absent), the end of anything
    in it (``Event``), or the end of a service's segment (``Service``)."""
    sampling: bool | None = None
    """False: all traces, whatever the strategy."""
    sampling_strategy: SamplingStrategy | None = None
    filter_expression: str | None = None
    """Which traces are meant; all when absent or blank."""
    next_token: str | None = None


class ServiceId(Model, frozen=True, kw_only=True):
    """A node of the service graph, by name and type."""

    name: str
    names: list[str] = field(default_factory=list)
    account_id: str | UnsetType = UNSET
    type: str | UnsetType = UNSET


class Http(Model, frozen=True, kw_only=True):
    """The request the root segment served."""

    http_url: str | UnsetType = UNSET
    http_status: int | UnsetType = UNSET
    http_method: str | UnsetType = UNSET
    user_agent: str | UnsetType = UNSET
    client_ip: str | UnsetType = UNSET


class AnnotationValue(Model, frozen=True, kw_only=True):
    """An annotation's value: exactly one of the three is set."""

    number_value: float | UnsetType = UNSET
    boolean_value: bool | UnsetType = UNSET
    string_value: str | UnsetType = UNSET


class ValueWithServiceIds(Model, frozen=True, kw_only=True):
    """One value of an annotation, and the nodes that recorded it."""

    annotation_value: AnnotationValue
    service_ids: list[ServiceId] = field(default_factory=list)


class TraceUser(Model, frozen=True, kw_only=True):
    """A user named in a trace, and the nodes that named them."""

    user_name: str
    service_ids: list[ServiceId] = field(default_factory=list)


class ResourceARNDetail(Model, frozen=True, kw_only=True):
    """An AWS resource that took part in a trace."""

    arn: str


class InstanceIdDetail(Model, frozen=True, kw_only=True):
    """An EC2 instance that took part in a trace."""

    id: str


class AvailabilityZoneDetail(Model, frozen=True, kw_only=True):
    """An availability zone that took part in a trace."""

    name: str


class TraceSummary(Model, frozen=True, kw_only=True):
    """One trace in one row; ``duration`` and ``response_time`` are seconds."""

    id: TraceId
    start_time: Timestamp | UnsetType = UNSET
    """When its first segment began."""
    duration: float | UnsetType = UNSET
    """Until its last one ended."""
    response_time: float | UnsetType = UNSET
    """Of the root segment, once it is complete."""
    has_fault: bool = False
    """Of the root segment."""
    has_error: bool = False
    """Of the root segment."""
    has_throttle: bool = False
    """Of any segment."""
    is_partial: bool = False
    """Something is in progress or missing."""
    http: Http = Http()
    annotations: dict[str, list[ValueWithServiceIds]] = field(default_factory=dict)
    """By key; under strict limits the first 50."""
    users: list[TraceUser] = field(default_factory=list)
    service_ids: list[ServiceId] = field(default_factory=list)
    """Every node, also those that sent no segment, and the client."""
    resource_arns: list[ResourceARNDetail] = field(default_factory=list)
    instance_ids: list[InstanceIdDetail] = field(default_factory=list)
    availability_zones: list[AvailabilityZoneDetail] = field(default_factory=list)
    entry_point: ServiceId | UnsetType = UNSET
    """The node of the root segment."""
    fault_root_causes: list[FaultRootCause] = field(default_factory=list)
    error_root_causes: list[ErrorRootCause] = field(default_factory=list)
    response_time_root_causes: list[ResponseTimeRootCause] = field(default_factory=list)
    revision: int = 0
    """How many documents it has."""
    matched_event_time: Timestamp | UnsetType = UNSET
    """By which moment it is in the window; not of ``TraceId``."""


class GetTraceSummariesResult(Model, frozen=True, kw_only=True):
    """A page of summaries, newest first; ``approximate_time`` is where the page begins."""

    trace_summaries: list[TraceSummary] = field(default_factory=list)
    approximate_time: Timestamp | UnsetType = UNSET
    traces_processed_count: int = 0
    """How many traces were looked at, those that did not match included; an estimate where they are many."""
    next_token: str | UnsetType = UNSET


class BatchGetTracesRequest(Request, frozen=True, kw_only=True):
    """The traces to read in full."""

    trace_ids: list[TraceId]
    next_token: str | None = None


class Segment(Model, frozen=True, kw_only=True):
    """A compiled segment: its document is a JSON text."""

    id: str
    document: Annotated[str, Meta(min_length=1)]


class Trace(Model, frozen=True, kw_only=True):
    """A trace in full; ``duration`` is seconds from its earliest start to its latest end."""

    id: TraceId
    duration: float | UnsetType = UNSET
    limit_exceeded: bool = False
    """There is more of it than may be given (under strict limits: 500 KB)."""
    segments: list[Segment] = field(default_factory=list)


class BatchGetTracesResult(Model, frozen=True, kw_only=True):
    """The traces that are known, and the ids that are not."""

    traces: list[Trace] = field(default_factory=list)
    unprocessed_trace_ids: list[TraceId] = field(default_factory=list)
    next_token: str | UnsetType = UNSET
