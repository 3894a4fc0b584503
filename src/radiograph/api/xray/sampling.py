"""GetSamplingRules · GetSamplingTargets."""

from __future__ import annotations

from msgspec import UNSET

from radiograph.api.context import Context
from radiograph.model.base import epoch
from radiograph.model.sampling import (
    GetSamplingRulesRequest,
    GetSamplingRulesResult,
    GetSamplingTargetsRequest,
    GetSamplingTargetsResult,
    SamplingTargetDocument,
    UnprocessedStatistics,
)

__all__ = ["get_sampling_rules", "get_sampling_targets"]

_TTL_S, _INTERVAL_S, _STALE_S = 300, 10, 300


def get_sampling_rules(request: GetSamplingRulesRequest, ctx: Context) -> GetSamplingRulesResult:
    """Give every rule, ``Default`` among them, by (priority, name)."""
    return GetSamplingRulesResult(sampling_rule_records=ctx.settings.sampling_rules(ctx.account))


def get_sampling_targets(request: GetSamplingTargetsRequest, ctx: Context) -> GetSamplingTargetsResult:
    """Give each reported rule's target: its rate, and the client's share of its reservoir for five minutes."""
    now = ctx.clock()
    records = ctx.settings.sampling_rules(ctx.account)
    rules = {record.sampling_rule.rule_name: record.sampling_rule for record in records}
    targets: list[SamplingTargetDocument] = []
    unprocessed: list[UnprocessedStatistics] = []
    for report in request.sampling_statistics_documents:
        rule = rules.get(report.rule_name)
        if rule is None:
            message = f"there is no rule {report.rule_name!r}"
            unprocessed.append(UnprocessedStatistics(rule_name=report.rule_name, error_code="400", message=message))
            continue
        age = now - epoch(report.timestamp)
        if abs(age) > _STALE_S:
            message = f"the report is {age:.0f} s old; at most {_STALE_S} s from now is accepted"
            unprocessed.append(UnprocessedStatistics(rule_name=report.rule_name, error_code="400", message=message))
            continue
        quota = ctx.targets.report(
            ctx.account, rule.rule_name, report.client_id, now, report.request_count, rule.reservoir_size
        )
        targets.append(
            SamplingTargetDocument(
                rule_name=rule.rule_name,
                fixed_rate=rule.fixed_rate,
                reservoir_quota=quota,
                reservoir_quota_ttl=float(int(now) + _TTL_S),
                interval=_INTERVAL_S,
                sampling_boost=UNSET,
            )
        )
    boosts = request.sampling_boost_statistics_documents or []
    return GetSamplingTargetsResult(
        sampling_target_documents=targets,
        last_rule_modification=max((record.modified_at for record in records), default=0.0),
        unprocessed_statistics=unprocessed,
        unprocessed_boost_statistics=[
            UnprocessedStatistics(rule_name=one.rule_name, error_code="400", message="the rule has no boost")
            for one in boosts
        ],
    )
