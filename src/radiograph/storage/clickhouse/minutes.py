"""Which minutes are open: written to since the roll-up last counted them. Safe to use from several threads."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import msgspec

__all__ = ["OpenMinute", "OpenMinutes"]


class OpenMinute(msgspec.Struct):
    """A minute whose roll-up is not current. Times are epoch seconds by the keeper's clock."""

    opened_s: float
    touched_s: float
    generation: int = 0


class OpenMinutes:
    """The open minutes of every account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, dict[int, OpenMinute]] = {}

    def touch(self, account: str, minutes: Iterable[int], now: float) -> None:
        """Open minutes, or note that open ones have changed again."""
        with self._lock:
            known = self._open.setdefault(account, {})
            for minute in minutes:
                state = known.get(minute)
                if state is None:
                    known[minute] = OpenMinute(now, now)
                else:
                    state.touched_s, state.generation = now, state.generation + 1

    def of(self, account: str, start_s: int, end_s: int) -> list[int]:
        """Give the open minutes in ``[start, end)``, ascending."""
        with self._lock:
            return sorted(minute for minute in self._open.get(account, ()) if start_s <= minute < end_s)

    def snapshot(self) -> dict[str, dict[int, OpenMinute]]:
        """Give a copy of everything open."""
        with self._lock:
            return {
                account: {
                    minute: OpenMinute(state.opened_s, state.touched_s, state.generation)
                    for minute, state in known.items()
                }
                for account, known in self._open.items()
            }

    def close(self, account: str, counted: dict[int, int]) -> None:
        """Close minutes (minute → generation) unless they have changed since that generation was seen."""
        with self._lock:
            known = self._open.get(account, {})
            for minute, generation in counted.items():
                state = known.get(minute)
                if state is not None and state.generation == generation:
                    del known[minute]
