"""GetServiceGraph, GetTraceGraph and GetTimeSeriesServiceStatistics."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Int32, Model, Moment, Request, Timestamp
from radiograph.model.ids import GroupARN, GroupName, TraceId

__all__ = [
    "Alias",
    "Edge",
    "EdgeStatistics",
    "ErrorStatistics",
    "FaultStatistics",
    "ForecastStatistics",
    "GetServiceGraphRequest",
    "GetServiceGraphResult",
    "GetTimeSeriesServiceStatisticsRequest",
    "GetTimeSeriesServiceStatisticsResult",
    "GetTraceGraphRequest",
    "GetTraceGraphResult",
    "HistogramEntry",
    "Service",
    "ServiceStatistics",
    "TimeSeriesServiceStatistics",
]


class GetServiceGraphRequest(Request, frozen=True, kw_only=True):
    """A window of time, and optionally the group whose traces count."""

    start_time: Moment
    end_time: Moment
    group_name: GroupName | None = None
    group_arn: GroupARN | None = None
    next_token: str | None = None


class GetTraceGraphRequest(Request, frozen=True, kw_only=True):
    """The traces to draw."""

    trace_ids: list[TraceId]
    next_token: str | None = None


class GetTimeSeriesServiceStatisticsRequest(Request, frozen=True, kw_only=True):
    """A window of time, what to count in it, and the width of a bucket: ``period`` seconds."""

    start_time: Moment
    end_time: Moment
    group_name: GroupName | None = None
    group_arn: GroupARN | None = None
    entity_selector_expression: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    """``service("name")``, ``edge("caller", "callee")`` or ``id(name: "name", type: "type")``."""
    period: Int32 | None = None
    """60 (when absent), 300, 900 or 3600."""
    forecast_statistics: bool | None = None
    """Of a service: also say how many faults were to be expected."""
    next_token: str | None = None


class ErrorStatistics(Model, frozen=True, kw_only=True):
    """Requests that failed by the caller's doing (4xx); throttled ones (429) apart."""

    throttle_count: int = 0
    other_count: int = 0
    total_count: int = 0


class FaultStatistics(Model, frozen=True, kw_only=True):
    """Requests that failed by the service's doing (5xx)."""

    other_count: int = 0
    total_count: int = 0


class ServiceStatistics(Model, frozen=True, kw_only=True):
    """Requests a service completed, by class; ``total_response_time`` is seconds."""

    ok_count: int = 0
    error_statistics: ErrorStatistics = ErrorStatistics()
    fault_statistics: FaultStatistics = FaultStatistics()
    total_count: int = 0
    total_response_time: float = 0.0


class EdgeStatistics(Model, frozen=True, kw_only=True):
    """Requests completed along an edge, by class; ``total_response_time`` is seconds."""

    ok_count: int = 0
    error_statistics: ErrorStatistics = ErrorStatistics()
    fault_statistics: FaultStatistics = FaultStatistics()
    total_count: int = 0
    total_response_time: float = 0.0


class HistogramEntry(Model, frozen=True, kw_only=True):
    """How many requests took ``value`` seconds.

    In a link's ages: how many events were so old when they were received.
    """

    value: float
    count: int


class Alias(Model, frozen=True, kw_only=True):
    """Another name by which a caller knows the service at the end of an edge."""

    name: str
    names: list[str] = field(default_factory=list)
    type: str | UnsetType = UNSET


class Edge(Model, frozen=True, kw_only=True):
    """A connection; ``reference_id`` is the service called, ``edge_type`` is ``link`` or absent.

    A link joins what was called by way of a queue: in place of response times it has the ages of events, in seconds,
    when they were received.
    """

    reference_id: int
    """The service at the edge's end, by its number in this answer."""
    start_time: Timestamp | UnsetType = UNSET
    """When the first request began."""
    end_time: Timestamp | UnsetType = UNSET
    """When the last one ended."""
    summary_statistics: EdgeStatistics | UnsetType = UNSET
    """As the caller saw the requests."""
    response_time_histogram: list[HistogramEntry] | UnsetType = UNSET
    """Empty for links."""
    aliases: list[Alias] = field(default_factory=list)
    """By which other names callers know the service."""
    edge_type: str | UnsetType = UNSET
    """``link`` where events came from another trace."""
    received_event_age_histogram: list[HistogramEntry] | UnsetType = UNSET
    """Of links alone."""


class Service(Model, frozen=True, kw_only=True):
    """A node: one that sent segments (``active``), or one only seen through its callers (``unknown``)."""

    reference_id: int
    """What edges in this answer call the service; it does not last."""
    name: str
    names: list[str] = field(default_factory=list)
    root: bool | UnsetType = UNSET
    """True where traces enter."""
    account_id: str | UnsetType = UNSET
    """Of what sent segments."""
    type: str | UnsetType = UNSET
    """What it runs on, such as ``AWS::Lambda``; ``client`` before a root, ``remote`` for what only callers know."""
    state: str | UnsetType = UNSET
    """``active`` or ``unknown``."""
    start_time: Timestamp | UnsetType = UNSET
    """When its first request began."""
    end_time: Timestamp | UnsetType = UNSET
    """When its last one ended."""
    edges: list[Edge] = field(default_factory=list)
    """To what it calls."""
    summary_statistics: ServiceStatistics | UnsetType = UNSET
    """Of what it answered; clients have none."""
    duration_histogram: list[HistogramEntry] | UnsetType = UNSET
    """How long it worked, what outlasts the answer included."""
    response_time_histogram: list[HistogramEntry] | UnsetType = UNSET
    """How long its answers took."""


class GetServiceGraphResult(Model, frozen=True, kw_only=True):
    """The graph of the window that was really used."""

    start_time: Timestamp
    end_time: Timestamp
    services: list[Service] = field(default_factory=list)
    contains_old_group_versions: bool = False
    """The group's expression changed within the window."""
    next_token: str | UnsetType = UNSET


class GetTraceGraphResult(Model, frozen=True, kw_only=True):
    """The graph of just the traces asked for."""

    services: list[Service] = field(default_factory=list)
    next_token: str | UnsetType = UNSET


class ForecastStatistics(Model, frozen=True, kw_only=True):
    """The band in which a bucket's faults were expected."""

    fault_count_high: int | UnsetType = UNSET
    fault_count_low: int | UnsetType = UNSET


class TimeSeriesServiceStatistics(Model, frozen=True, kw_only=True):
    """One bucket; ``timestamp`` is its start, and one of the edge and service statistics is set."""

    timestamp: Timestamp
    edge_summary_statistics: EdgeStatistics | UnsetType = UNSET
    service_summary_statistics: ServiceStatistics | UnsetType = UNSET
    service_forecast_statistics: ForecastStatistics | UnsetType = UNSET
    response_time_histogram: list[HistogramEntry] = field(default_factory=list)


class GetTimeSeriesServiceStatisticsResult(Model, frozen=True, kw_only=True):
    """A page of buckets, oldest first."""

    time_series_service_statistics: list[TimeSeriesServiceStatistics] = field(default_factory=list)
    contains_old_group_versions: bool = False
    next_token: str | UnsetType = UNSET
