"""When a rule's rate rises for a minute, because requests went wrong and none of them was sampled."""

from __future__ import annotations

from collections import defaultdict, deque

import msgspec

__all__ = ["Anomalies", "Boost"]

_LASTS_S = 60
_SURELY = 0.95
"""How likely at least one of the next minute's anomalous requests is to be sampled."""
_MOST_SERVICES = 100


class Boost(msgspec.Struct, frozen=True):
    """A raised rate, and until when it holds."""

    rate: float
    until_s: float


class _Counts(msgspec.Struct):
    anomalous: int = 0
    sampled: int = 0


class Anomalies:
    """What services reported of one rule in the last minute, and the boost that came of it. Time is passed in."""

    def __init__(self) -> None:
        self._seconds: deque[tuple[int, dict[str, _Counts]]] = deque()
        self._services: dict[str, _Counts] = {}
        self._boost: Boost | None = None
        self._window = -1

    def add(self, now: float, service: str, anomalous: int, sampled: int) -> None:
        """Note how many requests went wrong at a service, and how many of those were sampled."""
        self._forget(now)
        if not anomalous and not sampled:
            return
        if service not in self._services and len(self._services) >= _MOST_SERVICES:
            service = ""
        second = int(now)
        if not self._seconds or self._seconds[-1][0] != second:
            self._seconds.append((second, defaultdict(_Counts)))
        for counts in (self._seconds[-1][1][service], self._services.setdefault(service, _Counts())):
            counts.anomalous += anomalous
            counts.sampled += sampled

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
        if self._boost is None or now >= self._boost.until_s:
            return None
        return Boost(min(self._boost.rate, max_rate), self._boost.until_s)

    def _rate(self, fixed_rate: float, max_rate: float) -> float | None:
        # A request that failed deep inside failed at every service it came through, and each of them tells of it: the
        # one that saw most knows best how many there were.
        anomalous = max((counts.anomalous for counts in self._services.values()), default=0)
        if not anomalous or any(counts.sampled for counts in self._services.values()):
            return None
        rate = min(1 - (1 - _SURELY) ** (1 / anomalous), max_rate)
        return rate if rate > fixed_rate else None

    def _forget(self, now: float) -> None:
        while self._seconds and self._seconds[0][0] <= now - _LASTS_S:
            for service, old in self._seconds.popleft()[1].items():
                counts = self._services[service]
                counts.anomalous -= old.anomalous
                counts.sampled -= old.sampled
                if not counts.anomalous and not counts.sampled:
                    del self._services[service]
