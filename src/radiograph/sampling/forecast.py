"""What a rule would keep of traffic that was recorded: an estimate, and what it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import inf
from typing import Literal, TypeAlias

import msgspec

from radiograph.model.sampling import SamplingStatisticSummary
from radiograph.model.sampling_rules import SamplingRule

from .match import XRAY, Incoming, Reading, deciding, in_order
from .quota import INTERVAL_S

__all__ = ["Basis", "Forecast", "Observed", "Recorded", "forecast", "kept_of"]

Basis: TypeAlias = Literal["counted", "rate", "none"]
"""How it is known how many requests a trace stands for: clients counted them; the rule's rate tells; nothing does."""

_MINUTE_S = 60


class Observed(msgspec.Struct, frozen=True):
    """The entry of a stored trace: what was asked, when, and the rule that recorded it if that is known."""

    incoming: Incoming
    at_s: float
    rule_name: str | None = None


class Recorded(msgspec.Struct, frozen=True):
    """The traces recorded under one rule (None: decided upstream, or by no rule) that the rule in question matches."""

    rule_name: str | None
    traces: int
    requests: float
    """How many requests these traces stand for."""
    basis: Basis


class Forecast(msgspec.Struct, frozen=True):
    """What a rule would decide on and keep, in all of a window of ``window_s`` seconds."""

    window_s: float
    traces: int
    """How many traces were looked at."""
    share: float
    """Which share that is of all that are stored, 0 to 1."""
    matched: int
    """On how many of those looked at the rule would decide."""
    requests: float
    """How many requests these stand for."""
    kept: float
    """How many of the requests the rule would keep, on average, when all its clients share its reservoir."""
    recorded: list[Recorded]


def kept_of(per_s: float, rule: SamplingRule) -> float:
    """Give how many requests a second a rule keeps of as many: the reservoir, and the rate of the others."""
    first = min(per_s, float(rule.reservoir_size))
    return first + rule.fixed_rate * (per_s - first)


def forecast(
    rule: SamplingRule,
    rules: Iterable[SamplingRule],
    observed: Sequence[Observed],
    statistics: Iterable[SamplingStatisticSummary],
    window_s: float,
    share: float = 1.0,
    reading: Reading = XRAY,
) -> Forecast:
    """Give what ``rule``, one of ``rules``, would keep of what happened in a window.

    ``observed`` is the given share of the traces stored in the window. They were sampled when they were recorded, so
    each stands for several requests: as many as clients counted under its rule for each of its traces; where clients
    counted nothing, as many as that rule's reservoir and rate leave one of; where no rule is named, for itself alone.
    What was never sampled at all cannot be seen here.
    """
    ordered = in_order(rules)
    weights = _Weights(ordered, observed, statistics, window_s, share)
    traces: Counter[str | None] = Counter()
    minutes: dict[int, float] = defaultdict(float)
    for one in observed:
        if deciding(ordered, one.incoming, reading) is rule:
            traces[one.rule_name] += 1
            minutes[int(one.at_s // _MINUTE_S)] += weights.of(one.rule_name)[0]
    recorded = [
        Recorded(name, count, count * weights.of(name)[0], weights.of(name)[1]) for name, count in traces.most_common()
    ]
    length_s = min(_MINUTE_S, window_s)
    return Forecast(
        window_s=window_s,
        traces=len(observed),
        share=share,
        matched=sum(traces.values()),
        requests=sum(one.requests for one in recorded),
        kept=sum(length_s * kept_of(requests / length_s, rule) for requests in minutes.values()),
        recorded=recorded,
    )


class _Weights:
    """How many requests a stored trace stands for, by the rule that recorded it."""

    def __init__(
        self,
        rules: Sequence[SamplingRule],
        observed: Iterable[Observed],
        statistics: Iterable[SamplingStatisticSummary],
        window_s: float,
        share: float,
    ) -> None:
        self._rules = {rule.rule_name: rule for rule in rules}
        self._window_s, self._share = window_s, share
        self._traces = Counter(one.rule_name for one in observed)
        self._requests: Counter[str] = Counter()
        since: dict[str | None, float] = {}
        for window in statistics:
            self._requests[window.rule_name] += window.request_count
            since[window.rule_name] = min(since.get(window.rule_name, inf), window.timestamp - INTERVAL_S)
        # Who counted may have begun within the window: traces from before must not share in what was counted after.
        self._counted = Counter(one.rule_name for one in observed if one.at_s >= since.get(one.rule_name, inf))

    def of(self, name: str | None) -> tuple[float, Basis]:
        """Give how many requests a trace recorded under this rule stands for, and how that is known."""
        once = 1 / self._share
        if name is None:
            return once, "none"
        if self._counted[name]:
            return max(self._requests[name] / self._counted[name], once), "counted"
        rule = self._rules.get(name)
        if rule is None:
            return once, "none"
        return once * self._by_rate(rule, self._traces[name] * once / self._window_s), "rate"

    @staticmethod
    def _by_rate(rule: SamplingRule, kept_per_s: float) -> float:
        """Give how many requests there were for each that was kept: the inverse of :func:`kept_of`."""
        over = kept_per_s - rule.reservoir_size
        if over <= 0 or rule.fixed_rate == 0:
            return 1.0
        return (rule.reservoir_size + over / rule.fixed_rate) / kept_per_s
