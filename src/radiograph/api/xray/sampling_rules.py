"""CreateSamplingRule · UpdateSamplingRule · DeleteSamplingRule · GetSamplingRules."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from radiograph.api.context import Context
from radiograph.api.paging import cut_page
from radiograph.errors import InvalidRequest, RuleLimitExceeded
from radiograph.model.choices import RulesChanged
from radiograph.model.ids import aws_arn
from radiograph.model.sampling_rules import (
    CreateSamplingRuleRequest,
    CreateSamplingRuleResult,
    DeleteSamplingRuleRequest,
    DeleteSamplingRuleResult,
    GetSamplingRulesRequest,
    GetSamplingRulesResult,
    SamplingRule,
    SamplingRuleRecord,
    SamplingRuleUpdate,
    UpdateSamplingRuleRequest,
    UpdateSamplingRuleResult,
)

from .defaults import DEFAULT
from .names import check_name, find_rule, name_in
from .tags import check_new_tags

__all__ = ["create_sampling_rule", "delete_sampling_rule", "get_sampling_rules", "update_sampling_rule"]

_MOST = 25
_PAGE = 100
_PRIORITIES = (1, 9999)
_OF_DEFAULT = frozenset(("fixed_rate", "reservoir_size"))


def create_sampling_rule(request: CreateSamplingRuleRequest, ctx: Context) -> CreateSamplingRuleResult:
    """Give a new rule; clients get it with their next poll.

    Raises: InvalidRequestException; RuleLimitExceededException above 25.
    """
    rule = _new_rule(request.sampling_rule, ctx)
    tags = check_new_tags(request.tags)
    now = ctx.clock()
    record = SamplingRuleRecord(sampling_rule=rule, created_at=now, modified_at=now)
    with ctx.settings.change(ctx.account) as kept:
        names = {one.sampling_rule.rule_name for one in kept.rules.all()} - {DEFAULT}
        if rule.rule_name in names:
            raise InvalidRequest(f"there is a rule {rule.rule_name!r} already; a name that is not taken is accepted")
        if len(names) >= _MOST:
            raise RuleLimitExceeded(f"there are {len(names)} sampling rules already; at most {_MOST} are accepted")
        kept.rules.put(record)
        kept.tags.put(rule.rule_arn or "", tags)
        kept.choices.put(RulesChanged(now))
    ctx.targets.rules_changed(ctx.account)
    return CreateSamplingRuleResult(sampling_rule_record=record)


def update_sampling_rule(request: UpdateSamplingRuleRequest, ctx: Context) -> UpdateSamplingRuleResult:
    """Give a rule as it now is; clients get it with their next poll.

    Raises: InvalidRequestException, also for anything of ``Default`` but its rate and reservoir.
    """
    update = request.sampling_rule_update
    changes = _changes(update)
    now = ctx.clock()
    with ctx.settings.change(ctx.account) as kept:
        record = find_rule(kept, update.rule_name, update.rule_arn)
        if record.sampling_rule.rule_name == DEFAULT and not changes.keys() <= _OF_DEFAULT:
            raise InvalidRequest("of the rule Default, FixedRate and ReservoirSize can be changed, and nothing else")
        rule = replace(record.sampling_rule, **changes)
        record = replace(record, sampling_rule=rule, modified_at=now)
        kept.rules.put(record)
        kept.choices.put(RulesChanged(now))
    ctx.targets.rules_changed(ctx.account)
    return UpdateSamplingRuleResult(sampling_rule_record=record)


def delete_sampling_rule(request: DeleteSamplingRuleRequest, ctx: Context) -> DeleteSamplingRuleResult:
    """Give the rule that is gone, and its tags with it.

    Raises: InvalidRequestException.
    """
    with ctx.settings.change(ctx.account) as kept:
        record = find_rule(kept, request.rule_name, request.rule_arn)
        rule = record.sampling_rule
        if rule.rule_name == DEFAULT:
            raise InvalidRequest("the rule Default is always there; any other can be deleted")
        kept.rules.remove(rule.rule_name or "")
        kept.tags.forget(rule.rule_arn or "")
        kept.choices.put(RulesChanged(ctx.clock()))
    ctx.targets.rules_changed(ctx.account)
    return DeleteSamplingRuleResult(sampling_rule_record=record)


def get_sampling_rules(request: GetSamplingRulesRequest, ctx: Context) -> GetSamplingRulesResult:
    """Give every rule, ``Default`` among them, by (priority, name); all on one page, which SDKs rely on.

    Raises: InvalidRequestException.
    """
    with ctx.settings.read(ctx.account) as kept:
        records = kept.rules.all()
    page, token = cut_page(records, request.next_token, _PAGE, _position)
    return GetSamplingRulesResult(sampling_rule_records=page, next_token=token)


def _position(record: SamplingRuleRecord) -> tuple[float, str]:
    return float(record.sampling_rule.priority), record.sampling_rule.rule_name or ""


def _new_rule(wanted: SamplingRule, ctx: Context) -> SamplingRule:
    if (wanted.rule_name is None) == (wanted.rule_arn is None):
        raise InvalidRequest("RuleName or RuleARN is needed, and not both; send RuleName")
    name = wanted.rule_name if wanted.rule_name is not None else name_in(wanted.rule_arn or "")
    arn = aws_arn("xray", ctx.region, ctx.account, f"sampling-rule/{name}")
    if name is None or not 1 <= len(name) <= 32 or wanted.rule_arn not in (None, arn):
        raise InvalidRequest(f"RuleARN is {wanted.rule_arn!r}; that of a rule here is accepted, or RuleName")
    check_name("RuleName", name)
    if wanted.version != 1:
        raise InvalidRequest(f"Version is {wanted.version}; 1 is accepted")
    return replace(wanted, rule_name=name, rule_arn=arn, attributes=wanted.attributes or {})


def _changes(update: SamplingRuleUpdate) -> dict[str, object]:
    """Give the members to change; the service model has no limits for these three."""
    low, high = _PRIORITIES
    if update.priority is not None and not low <= update.priority <= high:
        raise InvalidRequest(f"Priority is {update.priority}; {low} to {high} is accepted")
    if update.fixed_rate is not None and not 0 <= update.fixed_rate <= 1:
        raise InvalidRequest(f"FixedRate is {update.fixed_rate}; 0 to 1 is accepted")
    if update.reservoir_size is not None and update.reservoir_size < 0:
        raise InvalidRequest(f"ReservoirSize is {update.reservoir_size}; 0 or more is accepted")
    named = ("rule_name", "rule_arn")
    return {name: value for name, value in asdict(update).items() if value is not None and name not in named}
