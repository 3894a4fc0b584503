"""GetSamplingTargets · GetSamplingStatisticSummaries."""

from __future__ import annotations

from contextlib import suppress
from math import ceil

from msgspec import UNSET

from radiograph.api.context import Context
from radiograph.api.paging import cut_page
from radiograph.api.targets import RulesInForce
from radiograph.errors import ServiceUnavailable
from radiograph.model.base import epoch
from radiograph.model.choices import RulesChanged
from radiograph.model.sampling import (
    GetSamplingStatisticSummariesRequest,
    GetSamplingStatisticSummariesResult,
    GetSamplingTargetsRequest,
    GetSamplingTargetsResult,
    QuotasGiven,
    SamplingBoost,
    SamplingBoostStatisticsDocument,
    SamplingStatisticsDocument,
    SamplingTargetDocument,
    UnprocessedStatistics,
)
from radiograph.model.sampling_rules import SamplingRule
from radiograph.sampling import HELD_S, INTERVAL_S

__all__ = ["get_sampling_statistic_summaries", "get_sampling_targets"]

_STALE_S = 300
_PAGE = 1000


def get_sampling_targets(request: GetSamplingTargetsRequest, ctx: Context) -> GetSamplingTargetsResult:
    """Give each reported rule's target: its rate, its boost, and the client's share of its reservoir for five minutes.

    After a restart, who has a share from before is told none for one interval, and keeps it meanwhile.
    A report that cannot be counted is told apart, and spoils no other.
    """
    now = ctx.clock()
    known = ctx.targets.rules(ctx.account, now, lambda: _rules(ctx))
    rules = known.rules
    not_boosted: list[UnprocessedStatistics] = []
    for anomalies in request.sampling_boost_statistics_documents or ():
        rule = rules.get(anomalies.rule_name)
        problem = _problem(anomalies, rule, now)
        if problem is None and rule is not None and rule.sampling_rate_boost is None:
            problem = f"the rule {anomalies.rule_name!r} has no boost"
        if problem is None:
            ctx.targets.note_anomalies(ctx.account, anomalies, now)
        else:
            not_boosted.append(_unprocessed(anomalies.rule_name, problem))
    targets: list[SamplingTargetDocument] = []
    unprocessed: list[UnprocessedStatistics] = []
    for report in request.sampling_statistics_documents:
        rule = rules.get(report.rule_name)
        problem = _problem(report, rule, now)
        if rule is None or problem is not None:
            unprocessed.append(_unprocessed(report.rule_name, problem or ""))
        else:
            targets.append(_target(report, rule, now, ctx))
    if targets:
        _mark(ctx, now)
    return GetSamplingTargetsResult(
        sampling_target_documents=targets,
        # SDKs compare whole seconds: a change in the second in which a client last got the rules is news to it too.
        last_rule_modification=float(ceil(known.changed_at_s)),
        unprocessed_statistics=unprocessed,
        unprocessed_boost_statistics=not_boosted,
    )


def get_sampling_statistic_summaries(
    request: GetSamplingStatisticSummariesRequest, ctx: Context
) -> GetSamplingStatisticSummariesResult:
    """Give what all clients reported since the server began, at most three hours back, by (time, rule).

    Raises: InvalidRequestException.
    """
    summaries = ctx.targets.summaries(ctx.account, ctx.clock())
    page, token = cut_page(summaries, request.next_token, _PAGE, lambda one: (one.timestamp, one.rule_name))
    return GetSamplingStatisticSummariesResult(sampling_statistic_summaries=page, next_token=token)


def _rules(ctx: Context) -> RulesInForce:
    with ctx.settings.read(ctx.account) as kept:
        rules = {record.sampling_rule.rule_name or "": record.sampling_rule for record in kept.rules.all()}
        changed, given = kept.choices.get(RulesChanged), kept.choices.get(QuotasGiven)
    return RulesInForce(rules, 0.0 if changed is None else changed.at_s, 0.0 if given is None else given.at_s)


def _mark(ctx: Context, now: float) -> None:
    if ctx.targets.mark_is_due(ctx.account, now):
        # Clients are told without it too: a restart within the next minutes would give some of them too much.
        with suppress(ServiceUnavailable), ctx.settings.change(ctx.account) as kept:
            kept.choices.put(QuotasGiven(now))


def _target(report: SamplingStatisticsDocument, rule: SamplingRule, now: float, ctx: Context) -> SamplingTargetDocument:
    quota = ctx.targets.report(ctx.account, report, now, rule.reservoir_size)
    boost = ctx.targets.boost(ctx.account, rule, now)
    return SamplingTargetDocument(
        rule_name=report.rule_name,
        fixed_rate=rule.fixed_rate,
        reservoir_quota=UNSET if quota is None else quota,
        reservoir_quota_ttl=UNSET if quota is None else float(int(now) + int(HELD_S)),
        interval=int(INTERVAL_S),
        sampling_boost=UNSET if boost is None else SamplingBoost(boost_rate=boost.rate, boost_rate_ttl=boost.until_s),
    )


def _problem(
    report: SamplingStatisticsDocument | SamplingBoostStatisticsDocument, rule: SamplingRule | None, now: float
) -> str | None:
    """Give why a report cannot be counted, or None."""
    if rule is None:
        return f"there is no rule {report.rule_name!r}"
    age = now - epoch(report.timestamp)
    if abs(age) > _STALE_S:
        return f"the report is {age:.0f} s old; at most {_STALE_S} s from now is accepted"
    return None


def _unprocessed(rule: str, message: str) -> UnprocessedStatistics:
    return UnprocessedStatistics(rule_name=rule, error_code="400", message=message)
