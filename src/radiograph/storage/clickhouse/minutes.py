"""Of the roll-up: minutes that are open (written to since counted), hours that are summed, versions that count.

Safe to use from several threads.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

import msgspec

__all__ = ["HOUR_S", "Minutes", "OpenMinute", "View", "hour_of", "stamp"]

HOUR_S = 3600


class OpenMinute(msgspec.Struct):
    """A minute whose roll-up is not current. Times are epoch seconds by the keeper's clock."""

    opened_s: float
    touched_s: float
    generation: int = 0


class _Account:
    def __init__(self) -> None:
        self.open: dict[int, OpenMinute] = {}
        self.summed: dict[int, int] = {}
        """Hours whose sum holds, and its version."""
        self.recounted: dict[int, int] = {}
        """Minutes of which obsolete versions may be stored, and the version that counts (0: none)."""
        self.due: dict[int, int] = {}
        """Hours that have to be summed once all their minutes are closed, and how often they have become so."""
        self.changes = 0
        """How often a minute has been counted that may have been counted before."""


class View(msgspec.Struct, frozen=True):
    """What of the roll-up counts in a window: everything else in it is obsolete or not current."""

    open: list[int]
    """Minutes to leave out."""
    hours: list[int]
    """Hours to take instead of their minutes."""
    versions: list[int]
    """``stamp`` of each of these hours."""
    recounted: list[int]
    """Minutes of which only the version in ``current`` counts."""
    current: list[int]
    """``stamp`` of each of these minutes."""
    changes: int = 0
    """While this is the same, the same minutes tell the same."""


class Minutes:
    """The open minutes and the summed hours of every account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._accounts: dict[str, _Account] = {}

    def _of(self, account: str) -> _Account:
        return self._accounts.setdefault(account, _Account())

    def touch(self, account: str, minutes: Iterable[int], now: float) -> None:
        """Open minutes, or note that open ones have changed again; the sums of their hours hold no longer."""
        with self._lock:
            known = self._of(account)
            for minute in minutes:
                state = known.open.get(minute)
                if state is None:
                    known.open[minute] = OpenMinute(now, now)
                else:
                    state.touched_s, state.generation = now, state.generation + 1
                hour = hour_of(minute)
                known.summed.pop(hour, None)
                known.due[hour] = known.due.get(hour, 0) + 1

    def view(self, account: str, start_s: int, end_s: int, with_hours: bool = True) -> View:
        """Give what counts in ``[start, end)``; ``hours`` are those wholly in it, none unless asked for."""
        with self._lock:
            known = self._of(account)
            hours = sorted(hour for hour in known.summed if start_s <= hour and hour + HOUR_S <= end_s and with_hours)
            recounted = sorted(minute for minute in known.recounted if start_s <= minute < end_s)
            return View(
                sorted(minute for minute in known.open if start_s <= minute < end_s),
                hours,
                [stamp(hour, known.summed[hour]) for hour in hours],
                recounted,
                [stamp(minute, known.recounted[minute]) for minute in recounted],
                known.changes,
            )

    def of(self, account: str, start_s: int, end_s: int) -> list[int]:
        """Give the open minutes in ``[start, end)``, ascending."""
        return self.view(account, start_s, end_s, with_hours=False).open

    def snapshot(self) -> dict[str, dict[int, OpenMinute]]:
        """Give a copy of everything open."""
        with self._lock:
            return {
                account: {
                    minute: OpenMinute(state.opened_s, state.touched_s, state.generation)
                    for minute, state in known.open.items()
                }
                for account, known in self._accounts.items()
            }

    def close(self, account: str, counted: dict[int, int]) -> None:
        """Close minutes (minute → generation) unless they have changed since that generation was seen."""
        with self._lock:
            known = self._of(account)
            for minute, generation in counted.items():
                state = known.open.get(minute)
                if state is not None and state.generation == generation:
                    del known.open[minute]

    def hours_to_sum(self, before_s: float) -> list[tuple[str, int, int]]:
        """Give (account, hour, mark) of hours that ended before a time, have no open minute, and are not summed."""
        with self._lock:
            return [
                (account, hour, mark)
                for account, known in self._accounts.items()
                for hour, mark in known.due.items()
                if hour + HOUR_S <= before_s and not any(hour_of(minute) == hour for minute in known.open)
            ]

    def summed(self, account: str, hour: int, version: int, mark: int | None = None) -> None:
        """Note that an hour's sum holds, unless a minute of it was touched since ``mark`` was given."""
        with self._lock:
            known = self._of(account)
            if mark is None or known.due.get(hour) == mark:
                known.due.pop(hour, None)
                known.summed[hour] = version

    def recounted(self, account: str, versions: dict[int, int]) -> None:
        """Note minutes of which obsolete versions may be stored, with the version that counts."""
        with self._lock:
            known = self._of(account)
            known.recounted.update(versions)
            known.changes += bool(versions)

    def recounted_of(self, account: str, minutes: Iterable[int]) -> set[int]:
        """Give those of some minutes of which obsolete versions may be stored."""
        with self._lock:
            return self._of(account).recounted.keys() & set(minutes)

    def swept(self, account: str, minute: int) -> None:
        """Note that of a minute only the version that counts is left."""
        with self._lock:
            self._of(account).recounted.pop(minute, None)

    def unsummed(self, account: str, hour: int) -> None:
        """Note that an hour has counted minutes and no sum that holds."""
        with self._lock:
            self._of(account).due.setdefault(hour, 0)


def hour_of(minute: int) -> int:
    """Give the hour that a minute is in; both epoch seconds."""
    return minute // HOUR_S * HOUR_S


def stamp(time_s: int, version: int) -> int:
    """Give the one number of a version of a minute or an hour."""
    return (time_s << 32) + version
