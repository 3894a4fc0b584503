"""What SDKs were last told about sampling, for while the service is away. Pure: the time is passed in.

Rules are told again as they were. A target is told again to the client it was for, with the quota and the boost that
have not expired; to every other client only the rate. So no reservoir is given out twice, and quotas end when the
service meant them to: clients then borrow one request a second, as they do before their first target.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

import msgspec
from msgspec import UNSET

from radiograph.model.sampling import GetSamplingTargetsResult, SamplingTargetDocument, UnprocessedStatistics

__all__ = ["SamplingCache"]

_MOST_TARGETS, _MOST_PAGES = 10_000, 32
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


class _Page(msgspec.Struct):
    token: str | None = msgspec.field(default=None, name="NextToken")


class _Rule(msgspec.Struct):
    name: str | None = msgspec.field(default=None, name="RuleName")
    rate: float = msgspec.field(default=0.0, name="FixedRate")


class _RuleRecord(msgspec.Struct):
    rule: _Rule = msgspec.field(name="SamplingRule")


class _Rules(msgspec.Struct):
    records: list[_RuleRecord] = msgspec.field(name="SamplingRuleRecords")


class _Report(msgspec.Struct):
    rule: str = msgspec.field(name="RuleName")
    client: str = msgspec.field(default="", name="ClientID")


class _Reports(msgspec.Struct):
    documents: list[_Report] | None = msgspec.field(default=None, name="SamplingStatisticsDocuments")


class SamplingCache:
    """The last answers to GetSamplingRules and GetSamplingTargets. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: dict[str | None, bytes] = {}
        self._rates: dict[str, float] = {}
        self._targets: OrderedDict[tuple[str, str], SamplingTargetDocument] = OrderedDict()
        self._changed = 0.0
        """When any rule last changed, as far as clients were told: later and they would ask for the rules at once."""

    def note_rules(self, request: bytes, answer: bytes) -> None:
        """Keep an answer to GetSamplingRules."""
        try:
            token = msgspec.json.decode(request or b"{}", type=_Page).token
            records = msgspec.json.decode(answer, type=_Rules).records
        except _UNREADABLE:
            return  # told on as it is, but nothing to tell again
        with self._lock:
            if token is None:
                self._pages.clear()
                self._rates.clear()
            if len(self._pages) < _MOST_PAGES:
                self._pages[token] = answer
                self._rates.update({one.rule.name: one.rule.rate for one in records if one.rule.name})

    def rules(self, request: bytes) -> bytes | None:
        """Give the last answer to this question for rules, or None when there was none."""
        try:
            token = msgspec.json.decode(request or b"{}", type=_Page).token
        except _UNREADABLE:
            return None
        with self._lock:
            return self._pages.get(token)

    def note_targets(self, request: bytes, answer: bytes) -> None:
        """Keep an answer to GetSamplingTargets."""
        try:
            reports = msgspec.json.decode(request, type=_Reports).documents or []
            told = msgspec.json.decode(answer, type=GetSamplingTargetsResult)
        except _UNREADABLE:
            return
        clients = {report.rule: report.client for report in reports}
        with self._lock:
            self._changed = told.last_rule_modification
            for target in told.sampling_target_documents:
                self._rates[target.rule_name] = target.fixed_rate
                key = target.rule_name, clients.get(target.rule_name, "")
                self._targets[key] = _together(target, self._targets.pop(key, None))
            while len(self._targets) > _MOST_TARGETS:
                self._targets.popitem(last=False)

    def targets(self, request: bytes, now: float) -> bytes | None:
        """Give an answer to GetSamplingTargets made of what is known; None when the rules are not."""
        try:
            reports = msgspec.json.decode(request, type=_Reports).documents or []
        except _UNREADABLE:
            return None
        with self._lock:
            if not self._rates:
                return None
            known = [report for report in reports if report.rule in self._rates]
            answer = GetSamplingTargetsResult(
                sampling_target_documents=[self._target(report, now) for report in known],
                last_rule_modification=self._changed,
                unprocessed_statistics=[
                    UnprocessedStatistics(
                        rule_name=report.rule, error_code="503", message="X-Ray is away, and the rule is not known here"
                    )
                    for report in reports
                    if report.rule not in self._rates
                ],
            )
        return msgspec.json.encode(answer)

    def _target(self, report: _Report, now: float) -> SamplingTargetDocument:
        kept = self._targets.get((report.rule, report.client))
        rate = self._rates[report.rule]
        if kept is None:
            return SamplingTargetDocument(rule_name=report.rule, fixed_rate=rate)
        lasts = kept.reservoir_quota_ttl is not UNSET and kept.reservoir_quota_ttl > now
        boost = kept.sampling_boost
        return SamplingTargetDocument(
            rule_name=report.rule,
            fixed_rate=rate,
            reservoir_quota=kept.reservoir_quota if lasts else UNSET,
            reservoir_quota_ttl=kept.reservoir_quota_ttl if lasts else UNSET,
            interval=kept.interval,
            sampling_boost=boost if boost is not UNSET and boost.boost_rate_ttl > now else UNSET,
        )


def _together(new: SamplingTargetDocument, old: SamplingTargetDocument | None) -> SamplingTargetDocument:
    """Give the new target with what it leaves as it was, which is what a missing member means to clients."""
    if old is None or new.reservoir_quota_ttl is not UNSET:
        return new
    return msgspec.structs.replace(
        new, reservoir_quota=old.reservoir_quota, reservoir_quota_ttl=old.reservoir_quota_ttl, interval=old.interval
    )
