"""Refusals, so many a minute: the rest is counted, and told in summaries, so that a flood fills no disk.

Nor does it hide others: accounts do not share their minutes; nor, within an account, do those who proved who they are
and those who did not.
"""

from __future__ import annotations

import threading
from collections import Counter

import msgspec

__all__ = ["Kind", "Refusals", "Summary"]

_WINDOW_S = 60.0
_MOST_ADDRESSES = 20
_ELSEWHERE = "others"


class Kind(msgspec.Struct, frozen=True):
    """What is counted together."""

    account: str
    is_proven: bool
    """Whether it is known who asked."""
    source: str
    code: str


class Summary(msgspec.Struct, frozen=True):
    """Refusals of one kind that have no record each, of one minute. Times are epoch seconds."""

    kind: Kind
    count: int
    since_s: float
    until_s: float
    addresses: dict[str, int]
    """How many came from where, of the first twenty addresses; the rest under ``others``."""


class _Tally:
    def __init__(self, now_s: float) -> None:
        self.since_s = self.until_s = now_s
        self.count = 0
        self.addresses: Counter[str] = Counter()


class Refusals:
    """Decides which refusals get a record. Safe to use from several threads."""

    def __init__(self, per_minute: int) -> None:
        """Take at most so many a minute, of each account, proven and unproven apart."""
        self._per_minute = per_minute
        self._lock = threading.Lock()
        self._began_s = 0.0
        self._taken: Counter[tuple[str, bool]] = Counter()
        self._left_out: dict[Kind, _Tally] = {}

    def take(self, kind: Kind, address: str, now_s: float) -> bool:
        """Whether this one gets a record; it is counted otherwise."""
        with self._lock:
            if not 0 <= now_s - self._began_s < _WINDOW_S:
                self._began_s = now_s
                self._taken.clear()
            bucket = (kind.account, kind.is_proven)
            if self._taken[bucket] < self._per_minute:
                self._taken[bucket] += 1
                return True
            self._count(kind, address, now_s)
            return False

    def leave_out(self, kind: Kind, address: str, now_s: float) -> None:
        """Count one that cannot get a record."""
        with self._lock:
            self._count(kind, address, now_s)

    def _count(self, kind: Kind, address: str, now_s: float) -> None:
        tally = self._left_out.get(kind)
        if tally is None:
            tally = self._left_out[kind] = _Tally(now_s)
        tally.until_s = now_s
        tally.count += 1
        is_known = address in tally.addresses or len(tally.addresses) < _MOST_ADDRESSES
        tally.addresses[address if is_known else _ELSEWHERE] += 1

    @property
    def is_counting(self) -> bool:
        """Whether there is something to summarise, sooner or later."""
        return bool(self._left_out)

    def summaries(self, now_s: float, *, at_once: bool = False) -> list[Summary]:
        """Give, and forget, what was counted a minute ago or longer; ``at_once`` all of it."""
        with self._lock:
            due = [kind for kind, one in self._left_out.items() if at_once or not 0 <= now_s - one.since_s < _WINDOW_S]
            tallies = [(kind, self._left_out.pop(kind)) for kind in due]
        return [Summary(kind, one.count, one.since_s, one.until_s, dict(one.addresses)) for kind, one in tallies]
