"""So many a second: a bucket that fills evenly, and holds a second's worth. Safe to use from several threads."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from radiograph.errors import Throttled

__all__ = ["Rate", "Rates"]


class Rate:
    """At most ``per_s`` a second, and ``at_once``, which is as many if nothing is said; 0 for no limit."""

    def __init__(self, per_s: float, clock: Callable[[], float] = time.monotonic, at_once: float | None = None) -> None:
        self._per_s, self._clock = per_s, clock
        self._holds = per_s if at_once is None else at_once
        self._lock = threading.Lock()
        self._left, self._filled = self._holds, clock()

    def take(self, what: str, count: int = 1) -> None:
        """Take ``count``; more than a second's worth at once is let through when the bucket is full.

        Raises: ThrottledException, which names ``what``; nothing has then been taken.
        """
        if not self._per_s:
            return
        with self._lock:
            now = self._clock()
            self._left = min(self._holds, self._left + (now - self._filled) * self._per_s)
            self._filled = now
            wanted = min(count, self._holds)
            if self._left < wanted:
                wait = ceil((wanted - self._left) / self._per_s)
                raise Throttled(f"{what}: at most {self._per_s:g} a second are accepted; send it again later", wait)
            self._left -= count

    def give_back(self) -> None:
        """Put back one that was taken."""
        with self._lock:
            self._left = min(self._holds, self._left + 1)


class Rates:
    """The same limit for each of several names; of ``most`` names, if that is said, those that were used last."""

    def __init__(
        self,
        per_s: float,
        clock: Callable[[], float] = time.monotonic,
        at_once: float | None = None,
        most: int | None = None,
    ) -> None:
        self._per_s, self._clock, self._at_once, self._most = per_s, clock, at_once, most
        self._lock = threading.Lock()
        self._rates: OrderedDict[str, Rate] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rates)

    def take(self, name: str, what: str = "") -> None:
        """Take one of this name, which ``what`` says otherwise to whoever is refused.

        Raises: ThrottledException.
        """
        if not self._per_s:
            return
        with self._lock:
            rate = self._rates.get(name)
            if rate is None:
                rate = self._rates[name] = Rate(self._per_s, self._clock, self._at_once)
                if self._most is not None and len(self._rates) > self._most:
                    self._rates.popitem(last=False)
            else:
                self._rates.move_to_end(name)
        rate.take(what or name)

    def give_back(self, name: str) -> None:
        """Put back one that was taken of this name."""
        rate = self._rates.get(name)
        if rate is not None:
            rate.give_back()
