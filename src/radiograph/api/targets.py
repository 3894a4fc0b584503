"""What clients report of their sampling, kept in memory: it is worth seconds to them, hours to those who look."""

from __future__ import annotations

import threading

import msgspec

from radiograph.model.base import epoch
from radiograph.model.sampling import (
    SamplingBoostStatisticsDocument,
    SamplingStatisticsDocument,
    SamplingStatisticSummary,
)
from radiograph.model.sampling_rules import SamplingRule
from radiograph.sampling import Anomalies, Boost, Report, allot

__all__ = ["SamplingTargets"]

_FORGET_S = 600.0
_WINDOW_S = 10
_KEEP_S = 3 * 3600


class _Counts(msgspec.Struct):
    requests: int = 0
    borrowed: int = 0
    sampled: int = 0


class SamplingTargets:
    """The last report of every (account, rule, client), and sums of all of them. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reports: dict[tuple[str, str], dict[str, Report]] = {}
        self._windows: dict[str, dict[int, dict[str, _Counts]]] = {}
        self._anomalies: dict[tuple[str, str], Anomalies] = {}

    def report(self, account: str, said: SamplingStatisticsDocument, now: float, reservoir: int) -> int:
        """Note a client's report; give its share of the rule's reservoir, in requests a second."""
        with self._lock:
            self._add(account, said, now)
            reports = self._reports.setdefault((account, said.rule_name), {})
            previous = reports.get(said.client_id)
            elapsed = max(now - previous.at_s, 1.0) if previous is not None else 10.0
            reports[said.client_id] = Report(now, said.request_count / elapsed)
            for stale in [one for one, report in reports.items() if now - report.at_s > _FORGET_S]:
                del reports[stale]
            return allot(reservoir, reports, now)[said.client_id]

    def note_anomalies(self, account: str, said: SamplingBoostStatisticsDocument, now: float) -> None:
        """Note what went wrong at a service."""
        with self._lock:
            anomalies = self._anomalies.setdefault((account, said.rule_name), Anomalies())
            anomalies.add(now, said.anomaly_count, said.sampled_anomaly_count)

    def boost(self, account: str, rule: SamplingRule, now: float) -> Boost | None:
        """Give the boost that a rule has now, or None."""
        wanted = rule.sampling_rate_boost
        with self._lock:
            anomalies = self._anomalies.get((account, rule.rule_name or ""))
            if wanted is None or anomalies is None:
                return None
            return anomalies.boost(now, rule.fixed_rate, wanted.max_rate, wanted.cooldown_window_minutes)

    def summaries(self, account: str, now: float) -> list[SamplingStatisticSummary]:
        """Give what was reported in the last three hours, a row a rule and ten seconds, by (time, name).

        A report counts where its own clock says.
        """
        with self._lock:
            return [
                SamplingStatisticSummary(
                    rule_name=rule,
                    timestamp=float(start),
                    request_count=counts.requests,
                    borrow_count=counts.borrowed,
                    sampled_count=counts.sampled,
                )
                for start, rules in sorted(self._windows.get(account, {}).items())
                if start > now - _KEEP_S
                for rule, counts in sorted(rules.items())
            ]

    def _add(self, account: str, said: SamplingStatisticsDocument, now: float) -> None:
        windows = self._windows.setdefault(account, {})
        start = int(epoch(said.timestamp)) // _WINDOW_S * _WINDOW_S
        if start not in windows:
            for old in [one for one in windows if one <= now - _KEEP_S]:
                del windows[old]
            windows[start] = {}
        counts = windows[start].setdefault(said.rule_name, _Counts())
        counts.requests += said.request_count
        counts.borrowed += said.borrow_count or 0
        counts.sampled += said.sampled_count
