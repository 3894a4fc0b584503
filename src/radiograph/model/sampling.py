"""GetSamplingTargets and GetSamplingStatisticSummaries."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, field
from msgspec.structs import force_setattr

from radiograph.model.base import Model, Moment, NonNegative, Request, Timestamp
from radiograph.model.choices import Choice
from radiograph.model.ids import ClientID, RuleName, ServiceName

__all__ = [
    "GetSamplingStatisticSummariesRequest",
    "GetSamplingStatisticSummariesResult",
    "GetSamplingTargetsRequest",
    "GetSamplingTargetsResult",
    "QuotasGiven",
    "SamplingBoost",
    "SamplingBoostStatisticsDocument",
    "SamplingStatisticSummary",
    "SamplingStatisticsDocument",
    "SamplingTargetDocument",
    "UnprocessedStatistics",
]

_NOT_SENT = -1


class SamplingStatisticsDocument(Request, frozen=True, kw_only=True):
    """What one client did with one rule since its last report; ``borrow_count`` may exceed ``sampled_count``.

    ADOT for Python says ``SampleCount`` where the service model says ``SampledCount``; ``sampled_count`` is right
    either way.
    """

    rule_name: RuleName
    client_id: ClientID
    timestamp: Moment
    request_count: NonNegative
    sampled_count: NonNegative = _NOT_SENT
    borrow_count: NonNegative | None = None
    sample_count: NonNegative | None = None

    def __post_init__(self) -> None:
        if self.sampled_count == _NOT_SENT:
            if self.sample_count is None:
                raise ValueError("Object missing required field `SampledCount`")
            force_setattr(self, "sampled_count", self.sample_count)


class SamplingBoostStatisticsDocument(Request, frozen=True, kw_only=True):
    """How many requests under one rule were anomalous at one service since its last report."""

    rule_name: RuleName
    service_name: ServiceName
    timestamp: Moment
    anomaly_count: NonNegative
    total_count: NonNegative
    sampled_anomaly_count: NonNegative


class GetSamplingTargetsRequest(Request, frozen=True, kw_only=True):
    """One client's reports, at most 25 of each kind."""

    sampling_statistics_documents: Annotated[list[SamplingStatisticsDocument], Meta(max_length=25)]
    sampling_boost_statistics_documents: (
        Annotated[list[SamplingBoostStatisticsDocument], Meta(max_length=25)] | None
    ) = None


class SamplingBoost(Model, frozen=True, kw_only=True):
    """A raised rate, and until when it holds."""

    boost_rate: float
    boost_rate_ttl: Timestamp


class SamplingTargetDocument(Model, frozen=True, kw_only=True):
    """What a client may take under a rule: ``reservoir_quota`` a second until its TTL; report every ``interval`` s."""

    rule_name: str
    fixed_rate: float
    reservoir_quota: int | UnsetType = UNSET
    reservoir_quota_ttl: Timestamp | UnsetType = UNSET
    interval: int | UnsetType = UNSET
    sampling_boost: SamplingBoost | UnsetType = UNSET


class UnprocessedStatistics(Model, frozen=True, kw_only=True):
    """A report that was not counted, and why."""

    rule_name: str
    error_code: str
    message: str


class GetSamplingTargetsResult(Model, frozen=True, kw_only=True):
    """Targets for the reports that were counted, and when any rule last changed."""

    sampling_target_documents: list[SamplingTargetDocument] = field(default_factory=list)
    last_rule_modification: Timestamp
    unprocessed_statistics: list[UnprocessedStatistics] = field(default_factory=list)
    unprocessed_boost_statistics: list[UnprocessedStatistics] = field(default_factory=list)


class SamplingStatisticSummary(Model, frozen=True, kw_only=True):
    """What all clients did with a rule in the ten seconds from ``timestamp``."""

    rule_name: str
    timestamp: Timestamp
    request_count: int
    borrow_count: int
    sampled_count: int


class GetSamplingStatisticSummariesRequest(Request, frozen=True, kw_only=True):
    """All rules; there is nothing to choose."""

    next_token: str | None = None


class GetSamplingStatisticSummariesResult(Model, frozen=True, kw_only=True):
    """What was reported lately."""

    sampling_statistic_summaries: list[SamplingStatisticSummary] = field(default_factory=list)
    next_token: str | UnsetType = UNSET


class QuotasGiven(Choice, frozen=True):
    """When clients were last told quotas, to a minute; ours. Who starts anew learns of it that some are still used."""
