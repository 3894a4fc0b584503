"""What holds for a whole account: encryption, the destination of segments, indexing."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Request, Timestamp
from radiograph.model.ids import RuleName

__all__ = [
    "CloudWatchLogsConfiguration",
    "EncryptionConfig",
    "EncryptionType",
    "GetEncryptionConfigRequest",
    "GetEncryptionConfigResult",
    "GetIndexingRulesRequest",
    "GetIndexingRulesResult",
    "GetTraceSegmentDestinationRequest",
    "GetTraceSegmentDestinationResult",
    "IndexingRule",
    "IndexingRuleValue",
    "IndexingRuleValueUpdate",
    "ProbabilisticRuleValue",
    "ProbabilisticRuleValueUpdate",
    "PutEncryptionConfigRequest",
    "PutEncryptionConfigResult",
    "TraceSegmentDestination",
    "TraceSegmentDestinationStatus",
    "UpdateIndexingRuleRequest",
    "UpdateIndexingRuleResult",
    "UpdateTraceSegmentDestinationRequest",
    "UpdateTraceSegmentDestinationResult",
]

EncryptionType: TypeAlias = Literal["NONE", "KMS"]
"""``NONE`` is the default encryption, ``KMS`` a key of the caller's."""

TraceSegmentDestination: TypeAlias = Literal["XRay", "CloudWatchLogs"]
"""``CloudWatchLogs`` is Transaction Search."""

TraceSegmentDestinationStatus: TypeAlias = Literal["PENDING", "ACTIVE"]
"""``PENDING`` for a moment after a change."""


# Encryption


class EncryptionConfig(Model, frozen=True, kw_only=True):
    """How an account's data is encrypted; ``UPDATING`` for a moment after a change."""

    key_id: str | UnsetType = UNSET
    status: Literal["UPDATING", "ACTIVE"]
    type: EncryptionType


class GetEncryptionConfigRequest(Request, frozen=True, kw_only=True):
    """There is one; nothing is chosen."""


class GetEncryptionConfigResult(Model, frozen=True, kw_only=True):
    """The configuration as it is now."""

    encryption_config: EncryptionConfig


class PutEncryptionConfigRequest(Request, frozen=True, kw_only=True):
    """The configuration wanted; ``key_id`` is an alias, an id or an ARN, and goes with ``KMS`` only."""

    key_id: Annotated[str, Meta(min_length=1, max_length=3000)] | None = None
    type: EncryptionType


class PutEncryptionConfigResult(Model, frozen=True, kw_only=True):
    """The configuration on its way."""

    encryption_config: EncryptionConfig


# Destination


class GetTraceSegmentDestinationRequest(Request, frozen=True, kw_only=True):
    """There is one; nothing is chosen."""


class GetTraceSegmentDestinationResult(Model, frozen=True, kw_only=True):
    """Where segments go."""

    destination: TraceSegmentDestination
    status: TraceSegmentDestinationStatus


class CloudWatchLogsConfiguration(Request, frozen=True, kw_only=True):
    """Settings for the log group that a first change to ``CloudWatchLogs`` makes."""

    spans_log_group_kms_key_id: Annotated[str, Meta(min_length=1, max_length=256)] | None = None


class UpdateTraceSegmentDestinationRequest(Request, frozen=True, kw_only=True):
    """Where segments are to go from now on."""

    destination: TraceSegmentDestination | None = None
    cloud_watch_logs_configuration: CloudWatchLogsConfiguration | None = None


class UpdateTraceSegmentDestinationResult(Model, frozen=True, kw_only=True):
    """Where segments are about to go."""

    destination: TraceSegmentDestination
    status: TraceSegmentDestinationStatus


# Indexing


class ProbabilisticRuleValue(Model, frozen=True, kw_only=True):
    """The percentage of traces that is to be indexed, and the one that is."""

    desired_sampling_percentage: float
    actual_sampling_percentage: float


class IndexingRuleValue(Model, frozen=True, kw_only=True):
    """What a rule says: exactly one member, of which there is one so far."""

    probabilistic: ProbabilisticRuleValue | UnsetType = UNSET


class IndexingRule(Model, frozen=True, kw_only=True):
    """Which traces are indexed when segments go to CloudWatch Logs; ``modified_at`` is absent until a change."""

    name: RuleName
    modified_at: Timestamp | UnsetType = UNSET
    rule: IndexingRuleValue


class GetIndexingRulesRequest(Request, frozen=True, kw_only=True):
    """All rules; there is nothing to choose."""

    next_token: str | None = None


class GetIndexingRulesResult(Model, frozen=True, kw_only=True):
    """The rules; so far there is one, ``Default``."""

    indexing_rules: Annotated[list[IndexingRule], Meta(min_length=1, max_length=10)] = field(default_factory=list)
    next_token: str | UnsetType = UNSET


class ProbabilisticRuleValueUpdate(Request, frozen=True, kw_only=True):
    """The percentage of traces to index, 0 to 100."""

    desired_sampling_percentage: float


class IndexingRuleValueUpdate(Request, frozen=True, kw_only=True):
    """What a rule is to say: exactly one member."""

    probabilistic: ProbabilisticRuleValueUpdate | None = None


class UpdateIndexingRuleRequest(Request, frozen=True, kw_only=True):
    """The rule to change, and what it is to say."""

    name: str
    rule: IndexingRuleValueUpdate


class UpdateIndexingRuleResult(Model, frozen=True, kw_only=True):
    """The rule as it is now."""

    indexing_rule: IndexingRule
