"""GetInsight, GetInsightSummaries, GetInsightEvents and GetInsightImpactGraph."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Moment, Request, Timestamp
from radiograph.model.ids import GroupARN, GroupName, InsightId
from radiograph.model.traces import ServiceId

__all__ = [
    "AnomalousService",
    "GetInsightEventsRequest",
    "GetInsightEventsResult",
    "GetInsightImpactGraphRequest",
    "GetInsightImpactGraphResult",
    "GetInsightRequest",
    "GetInsightResult",
    "GetInsightSummariesRequest",
    "GetInsightSummariesResult",
    "Insight",
    "InsightEvent",
    "InsightImpactGraphEdge",
    "InsightImpactGraphService",
    "InsightState",
    "InsightSummary",
    "RequestImpactStatistics",
]

InsightState: TypeAlias = Literal["ACTIVE", "CLOSED"]
"""``CLOSED`` once faults are back to what is expected."""

_Token: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2000)]


class RequestImpactStatistics(Model, frozen=True, kw_only=True):
    """Requests while the insight lasted, by outcome."""

    fault_count: int
    ok_count: int
    total_count: int


class AnomalousService(Model, frozen=True, kw_only=True):
    """A service with more faults than expected."""

    service_id: ServiceId


class Insight(Model, frozen=True, kw_only=True):
    """More faults than expected: since when, what they come from, and whom they reach."""

    insight_id: InsightId
    group_arn: GroupARN
    group_name: GroupName
    root_cause_service_id: ServiceId
    categories: list[Literal["FAULT"]] = field(default_factory=list)
    state: InsightState
    start_time: Timestamp
    end_time: Timestamp | UnsetType = UNSET
    summary: str
    client_request_impact_statistics: RequestImpactStatistics
    root_cause_service_request_impact_statistics: RequestImpactStatistics
    top_anomalous_services: list[AnomalousService] = field(default_factory=list)


class InsightSummary(Insight, frozen=True, kw_only=True):
    """An insight, as lists have it."""

    last_update_time: Timestamp


class InsightEvent(Model, frozen=True, kw_only=True):
    """What an insight was like when it changed."""

    summary: str
    event_time: Timestamp
    client_request_impact_statistics: RequestImpactStatistics
    root_cause_service_request_impact_statistics: RequestImpactStatistics
    top_anomalous_services: list[AnomalousService] = field(default_factory=list)


class InsightImpactGraphEdge(Model, frozen=True, kw_only=True):
    """A call to the service with this number."""

    reference_id: int


class InsightImpactGraphService(Model, frozen=True, kw_only=True):
    """A service that an insight reaches, and which others it calls; nothing is counted."""

    reference_id: int
    type: str | UnsetType = UNSET
    name: str
    names: list[str] = field(default_factory=list)
    account_id: str | UnsetType = UNSET
    edges: list[InsightImpactGraphEdge] = field(default_factory=list)


class GetInsightRequest(Request, frozen=True, kw_only=True):
    """The insight to tell of."""

    insight_id: InsightId


class GetInsightResult(Model, frozen=True, kw_only=True):
    """The insight asked for."""

    insight: Insight


class GetInsightSummariesRequest(Request, frozen=True, kw_only=True):
    """A group, by name or ARN, and a window of time; optionally the state to find."""

    states: Annotated[list[InsightState], Meta(max_length=1)] | None = None
    group_arn: GroupARN | None = None
    group_name: GroupName | None = None
    start_time: Moment
    end_time: Moment
    max_results: Annotated[int, Meta(ge=1, le=100)] | None = None
    next_token: _Token | None = None


class GetInsightSummariesResult(Model, frozen=True, kw_only=True):
    """The group's insights; none is an empty list."""

    insight_summaries: list[InsightSummary] = field(default_factory=list)
    next_token: _Token | UnsetType = UNSET


class GetInsightEventsRequest(Request, frozen=True, kw_only=True):
    """The insight whose changes are asked for."""

    insight_id: InsightId
    max_results: Annotated[int, Meta(ge=1, le=50)] | None = None
    next_token: _Token | None = None


class GetInsightEventsResult(Model, frozen=True, kw_only=True):
    """An insight's changes, oldest first."""

    insight_events: list[InsightEvent] = field(default_factory=list)
    next_token: _Token | UnsetType = UNSET


class GetInsightImpactGraphRequest(Request, frozen=True, kw_only=True):
    """An insight and a window of at most six hours."""

    insight_id: InsightId
    start_time: Moment
    end_time: Moment
    next_token: _Token | None = None


class GetInsightImpactGraphResult(Model, frozen=True, kw_only=True):
    """The services an insight reaches, and the times that were really looked at."""

    insight_id: InsightId
    start_time: Timestamp
    end_time: Timestamp
    service_graph_start_time: Timestamp
    service_graph_end_time: Timestamp
    services: list[InsightImpactGraphService] = field(default_factory=list)
    next_token: _Token | UnsetType = UNSET
