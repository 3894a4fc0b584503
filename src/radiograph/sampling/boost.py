"""When a rule's rate rises for a minute, because requests went wrong and none of them was sampled."""

from __future__ import annotations

import msgspec

__all__ = ["Anomalies", "Boost"]

_LASTS_S = 60.0
_SURELY = 0.95
"""How likely at least one of the next minute's anomalous requests is to be sampled."""


class Boost(msgspec.Struct, frozen=True):
    """A raised rate, and until when it holds."""

    rate: float
    until_s: float


class Anomalies:
    """What services reported of one rule in the last minute, and the boost that came of it. Time is passed in."""

    def __init__(self) -> None:
        self._reports: list[tuple[float, int, int]] = []
        self._boost: Boost | None = None
        self._window = -1

    def add(self, now: float, anomalous: int, sampled: int) -> None:
        """Note how many requests went wrong at a service, and how many of those were sampled."""
        self._forget(now)
        self._reports.append((now, anomalous, sampled))

    def boost(self, now: float, fixed_rate: float, max_rate: float, cooldown_minutes: int) -> Boost | None:
        """Give the boost that holds now, or None; one begins at most once in a window of the cooldown.

        Windows are aligned to the clock: with ten minutes, they begin at :00, :10 and so on. Source: "Adaptive
        sampling" of the developer guide; the amount is the least that surely catches one more of as many anomalies.
        """
        self._forget(now)
        window = int(now // (60 * max(cooldown_minutes, 1)))
        if window != self._window:
            rate = self._rate(fixed_rate, max_rate)
            if rate is not None:
                self._window, self._boost = window, Boost(rate, now + _LASTS_S)
        return self._boost if self._boost is not None and now < self._boost.until_s else None

    def _rate(self, fixed_rate: float, max_rate: float) -> float | None:
        anomalous = sum(count for _, count, _ in self._reports)
        if not anomalous or any(sampled for _, _, sampled in self._reports):
            return None
        rate = min(1 - (1 - _SURELY) ** (1 / anomalous), max_rate)
        return rate if rate > fixed_rate else None

    def _forget(self, now: float) -> None:
        self._reports = [report for report in self._reports if now - report[0] < _LASTS_S]
