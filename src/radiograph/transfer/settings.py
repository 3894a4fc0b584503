"""Groups and sampling rules of a source, made so at the target too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict, replace

from radiograph.model.groups import (
    CreateGroupRequest,
    GetGroupsRequest,
    GetGroupsResult,
    Group,
    UpdateGroupRequest,
)
from radiograph.model.sampling_rules import (
    CreateSamplingRuleRequest,
    DeleteSamplingRuleRequest,
    GetSamplingRulesRequest,
    SamplingRule,
    SamplingRuleUpdate,
    UpdateSamplingRuleRequest,
)
from radiograph.model.tags import Tag, TagResourceRequest

from .aws import DefaultRule, Source
from .door import Door, NotTaken
from .tally import Outcome, Refusal, Tally

__all__ = ["copy_settings"]

_DEFAULT = "Default"


class _Done(msgspec.Struct):
    """Whatever the answer tells of a change that was made."""


class _HeldRecord(msgspec.Struct):
    """A record of the target's, open: its rule ``Default`` has a priority that no other may have."""

    rule: dict[str, Any] = msgspec.field(name="SamplingRule")


class _HeldRules(msgspec.Struct):
    records: list[_HeldRecord] = msgspec.field(name="SamplingRuleRecords")


def copy_settings(source: Source, door: Door, tally: Tally) -> None:
    """Create or update at the target what the source has; what only the target has stays as it is.

    Raises: SourceFailed, Unanswered. What the target refuses is counted.
    """
    groups, (rules, default) = source.groups(), source.rules()
    held = {one.group_name: one for one in door.call("/Groups", GetGroupsRequest(), GetGroupsResult).groups}
    for group in groups:
        tags = source.tags(group.group_arn)
        _try(tally, "groups", group.group_name, partial(_put_group, door, group, held.get(group.group_name), tags))
    records = door.call("/GetSamplingRules", GetSamplingRulesRequest(), _HeldRules).records
    known = {one.rule.get("RuleName", ""): one.rule for one in records}
    for rule in rules:
        name = rule.rule_name or ""
        mine = msgspec.convert(known[name], SamplingRule) if name in known else None
        tags = source.tags(rule.rule_arn or "")
        _try(tally, "sampling rules", name, partial(_put_rule, door, rule, mine, tags))
    if default is not None:
        _try(tally, "sampling rules", _DEFAULT, partial(_put_default, door, default, known.get(_DEFAULT, {})))


def _try(tally: Tally, what: str, name: str, put: Callable[[], None]) -> None:
    try:
        put()
    except NotTaken as error:
        tally.refuse(Refusal(what, name, error.message))
    else:
        tally.add(Outcome(what, 1))


def _put_group(door: Door, group: Group, mine: Group | None, tags: list[Tag]) -> None:
    expression = "" if group.filter_expression is UNSET else group.filter_expression
    insights = group.insights_configuration
    if mine is None:
        made = CreateGroupRequest(
            group_name=group.group_name, filter_expression=expression, insights_configuration=insights, tags=tags
        )
        door.call("/CreateGroup", made, _Done)
        return
    if not _is_same(mine, group):
        changed = UpdateGroupRequest(
            group_name=group.group_name, filter_expression=expression, insights_configuration=insights
        )
        door.call("/UpdateGroup", changed, _Done)
    _put_tags(door, mine.group_arn, tags)


def _is_same(mine: Group, other: Group) -> bool:
    texts = [one.filter_expression or "" for one in (mine, other)]
    enabled = [bool(one.insights_configuration.insights_enabled) for one in (mine, other)]
    told = [bool(one.insights_configuration.notifications_enabled) for one in (mine, other)]
    return all(first == second for first, second in (texts, enabled, told))


def _put_rule(door: Door, rule: SamplingRule, mine: SamplingRule | None, tags: list[Tag]) -> None:
    if mine is not None and mine.sampling_rate_boost is not None and rule.sampling_rate_boost is None:
        # An update can change a boost, but not take it away.
        door.call("/DeleteSamplingRule", DeleteSamplingRuleRequest(rule_name=rule.rule_name), _Done)
        mine = None
    if mine is None:
        made = CreateSamplingRuleRequest(sampling_rule=replace(rule, rule_arn=None), tags=tags)
        door.call("/CreateSamplingRule", made, _Done)
        return
    wanted = replace(rule, rule_arn=mine.rule_arn, attributes=rule.attributes or {})
    if replace(mine, attributes=mine.attributes or {}) != wanted:
        members = {name: value for name, value in asdict(wanted).items() if name not in ("rule_arn", "version")}
        update = UpdateSamplingRuleRequest(sampling_rule_update=SamplingRuleUpdate(**members))
        door.call("/UpdateSamplingRule", update, _Done)
    _put_tags(door, mine.rule_arn or "", tags)


def _put_default(door: Door, wanted: DefaultRule, mine: dict[str, Any]) -> None:
    if (mine.get("FixedRate"), mine.get("ReservoirSize")) != (wanted.fixed_rate, wanted.reservoir_size):
        update = SamplingRuleUpdate(
            rule_name=_DEFAULT, fixed_rate=wanted.fixed_rate, reservoir_size=wanted.reservoir_size
        )
        door.call("/UpdateSamplingRule", UpdateSamplingRuleRequest(sampling_rule_update=update), _Done)


def _put_tags(door: Door, arn: str, tags: list[Tag]) -> None:
    if tags:
        door.call("/TagResource", TagResourceRequest(resource_arn=arn, tags=tags), _Done)
