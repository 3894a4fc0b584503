"""CreateSamplingRule, UpdateSamplingRule, DeleteSamplingRule and GetSamplingRules."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Int32, Model, NonNegative, Rate, Request, Timestamp
from radiograph.model.ids import RuleName, ServiceName
from radiograph.model.tags import TagList

__all__ = [
    "CreateSamplingRuleRequest",
    "CreateSamplingRuleResult",
    "DeleteSamplingRuleRequest",
    "DeleteSamplingRuleResult",
    "GetSamplingRulesRequest",
    "GetSamplingRulesResult",
    "SamplingRateBoost",
    "SamplingRule",
    "SamplingRuleRecord",
    "SamplingRuleUpdate",
    "UpdateSamplingRuleRequest",
    "UpdateSamplingRuleResult",
]

_Word: TypeAlias = Annotated[str, Meta(min_length=1, max_length=32)]
_Attributes: TypeAlias = Annotated[dict[_Word, _Word], Meta(max_length=5)]


class SamplingRateBoost(Request, frozen=True, kw_only=True):
    """How far a rule's rate may rise on anomalies, and the minutes in which it may do so once."""

    max_rate: Rate
    cooldown_window_minutes: NonNegative


class SamplingRule(Request, frozen=True, kw_only=True):
    """Which requests a rule matches, how many a second it takes (``reservoir_size``), and the rate for the others.

    ``priority`` is 1 to 9999 for what callers write; the built-in ``Default`` has 10000. A rule that is kept has a
    name, an ARN and attributes, if only none.
    """

    rule_name: RuleName | None = None
    rule_arn: str | None = None
    resource_arn: Annotated[str, Meta(max_length=500)]
    priority: Annotated[int, Meta(ge=1, le=9999)]
    fixed_rate: Rate
    reservoir_size: NonNegative
    service_name: ServiceName
    service_type: Annotated[str, Meta(max_length=64)]
    host: Annotated[str, Meta(max_length=64)]
    http_method: Annotated[str, Meta(max_length=10)] = field(name="HTTPMethod")
    url_path: Annotated[str, Meta(max_length=128)]
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    attributes: _Attributes | None = None
    sampling_rate_boost: SamplingRateBoost | None = None


class SamplingRuleRecord(Model, frozen=True, kw_only=True):
    """A rule, and when it was made and last changed."""

    sampling_rule: SamplingRule
    created_at: Timestamp
    modified_at: Timestamp


class GetSamplingRulesRequest(Request, frozen=True, kw_only=True):
    """All rules; there is nothing to choose."""

    next_token: str | None = None


class GetSamplingRulesResult(Model, frozen=True, kw_only=True):
    """The rules, ``Default`` among them, in no promised order."""

    sampling_rule_records: list[SamplingRuleRecord] = field(default_factory=list)
    next_token: str | UnsetType = UNSET


class CreateSamplingRuleRequest(Request, frozen=True, kw_only=True):
    """A new rule; its name is for good."""

    sampling_rule: SamplingRule
    tags: TagList | None = None


class CreateSamplingRuleResult(Model, frozen=True, kw_only=True):
    """The rule as it was made."""

    sampling_rule_record: SamplingRuleRecord


class SamplingRuleUpdate(Request, frozen=True, kw_only=True):
    """What is to change of the rule of this name or ARN; what is absent stays."""

    rule_name: RuleName | None = None
    rule_arn: str | None = None
    resource_arn: Annotated[str, Meta(max_length=500)] | None = None
    priority: Int32 | None = None
    fixed_rate: float | None = None
    reservoir_size: Int32 | None = None
    host: Annotated[str, Meta(max_length=64)] | None = None
    service_name: ServiceName | None = None
    service_type: Annotated[str, Meta(max_length=64)] | None = None
    http_method: Annotated[str, Meta(max_length=10)] | None = field(default=None, name="HTTPMethod")
    url_path: Annotated[str, Meta(max_length=128)] | None = None
    attributes: _Attributes | None = None
    sampling_rate_boost: SamplingRateBoost | None = None


class UpdateSamplingRuleRequest(Request, frozen=True, kw_only=True):
    """The change to make."""

    sampling_rule_update: SamplingRuleUpdate


class UpdateSamplingRuleResult(Model, frozen=True, kw_only=True):
    """The rule as it is now."""

    sampling_rule_record: SamplingRuleRecord


class DeleteSamplingRuleRequest(Request, frozen=True, kw_only=True):
    """The rule to delete, by name or ARN."""

    rule_name: str | None = None
    rule_arn: str | None = None


class DeleteSamplingRuleResult(Model, frozen=True, kw_only=True):
    """The rule as it last was."""

    sampling_rule_record: SamplingRuleRecord
