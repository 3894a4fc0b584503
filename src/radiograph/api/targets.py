"""What clients report of their sampling, kept in memory: it is worth seconds to them, hours to those who look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container

import msgspec

from radiograph.model.base import epoch
from radiograph.model.sampling import (
    SamplingBoostStatisticsDocument,
    SamplingStatisticsDocument,
    SamplingStatisticSummary,
)
from radiograph.model.sampling_rules import SamplingRule
from radiograph.sampling import HELD_S, INTERVAL_S, Anomalies, Boost, Reservoir

__all__ = ["RulesInForce", "SamplingTargets"]

_WINDOW_S = 10
_KEEP_S = 3 * 3600
_MARK_S = 60.0


class RulesInForce(msgspec.Struct, frozen=True):
    """An account's rules by name, when one of them was last made, changed or deleted, and when quotas were given."""

    rules: dict[str, SamplingRule]
    changed_at_s: float
    given_at_s: float


class _Counts(msgspec.Struct):
    requests: int = 0
    borrowed: int = 0
    sampled: int = 0


class SamplingTargets:
    """Who holds what of every rule's reservoir, what went wrong, sums of all reports. Safe to use from several threads.

    A restart forgets all of it. Clients then keep what they have until the server has heard of every one again, and
    hardly notice.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reservoirs: dict[tuple[str, str], Reservoir] = {}
        self._windows: dict[str, dict[int, dict[str, _Counts]]] = {}
        self._anomalies: dict[tuple[str, str], Anomalies] = {}
        self._rules: dict[str, RulesInForce] = {}
        self._changes = 0
        self._known_from_s: dict[str, float] = {}
        self._marked_at_s: dict[str, float] = {}

    def rules(self, account: str, now: float, read: Callable[[], RulesInForce]) -> RulesInForce:
        """Give an account's rules; they are read again only after :meth:`rules_changed`."""
        with self._lock:
            known, changes = self._rules.get(account), self._changes
        if known is not None:
            return known
        known = read()
        with self._lock:
            if account not in self._known_from_s:
                given_lately = abs(now - known.given_at_s) < HELD_S + _MARK_S
                self._known_from_s[account] = now + INTERVAL_S + 1 if given_lately else 0.0
            if changes == self._changes:
                self._rules[account] = known
                self._forget_all_but(account, known.rules)
        return known

    def mark_is_due(self, account: str, now: float) -> bool:
        """Tell, once a minute, that quotas were given: it is to be kept where a restart finds it."""
        with self._lock:
            if abs(now - self._marked_at_s.get(account, 0.0)) < _MARK_S:
                return False
            self._marked_at_s[account] = now
            return True

    def rules_changed(self, account: str) -> None:
        """Forget an account's rules, once a change to them is kept."""
        with self._lock:
            self._changes += 1
            self._rules.pop(account, None)

    def report(self, account: str, said: SamplingStatisticsDocument, now: float, size: int) -> int | None:
        """Note a client's report; give its share of the rule's reservoir, or None when it is to keep what it has.

        No client reports a rule without a request: who does, only looks. It becomes no client, and takes no share.
        """
        with self._lock:
            reservoir = self._reservoirs.get((account, said.rule_name))
            if not said.request_count:
                return 0 if reservoir is None else reservoir.quota(said.client_id)
            self._add(account, said, now)
            if reservoir is None:
                reservoir = Reservoir(self._known_from_s.get(account, 0.0))
                self._reservoirs[account, said.rule_name] = reservoir
            return reservoir.report(said.client_id, said.request_count, now, size)

    def note_anomalies(self, account: str, said: SamplingBoostStatisticsDocument, now: float) -> None:
        """Note what went wrong at a service."""
        with self._lock:
            anomalies = self._anomalies.setdefault((account, said.rule_name), Anomalies())
            anomalies.add(now, said.service_name, said.anomaly_count, said.sampled_anomaly_count)

    def boost(self, account: str, rule: SamplingRule, now: float) -> Boost | None:
        """Give the boost that a rule has now, or None."""
        wanted = rule.sampling_rate_boost
        if wanted is None:
            return None
        with self._lock:
            anomalies = self._anomalies.get((account, rule.rule_name or ""))
            if anomalies is None:
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

    def _forget_all_but(self, account: str, rules: Container[str]) -> None:
        for kept in (self._reservoirs, self._anomalies):
            for key in [one for one in kept if one[0] == account and one[1] not in rules]:
                del kept[key]

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
