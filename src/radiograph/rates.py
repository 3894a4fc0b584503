"""So many a second: a bucket that fills evenly, and holds a second's worth. Safe to use from several threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from math import ceil

from radiograph.errors import Throttled

__all__ = ["Rate", "Rates"]


class Rate:
    """At most ``per_s`` a second, and as many at once; 0 for no limit."""

    def __init__(self, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s, self._clock = per_s, clock
        self._lock = threading.Lock()
        self._left, self._filled = per_s, clock()

    def take(self, what: str, count: int = 1) -> None:
        """Take ``count``; more than a second's worth at once is let through when the bucket is full.

        Raises: ThrottledException, which names ``what``; nothing has then been taken.
        """
        if not self._per_s:
            return
        with self._lock:
            now = self._clock()
            self._left = min(self._per_s, self._left + (now - self._filled) * self._per_s)
            self._filled = now
            wanted = min(count, self._per_s)
            if self._left < wanted:
                wait = ceil((wanted - self._left) / self._per_s)
                raise Throttled(f"{what}: at most {self._per_s:g} a second are accepted; send it again later", wait)
            self._left -= count


class Rates:
    """The same limit for each of several names."""

    def __init__(self, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s, self._clock = per_s, clock
        self._rates: dict[str, Rate] = {}

    def take(self, name: str) -> None:
        """Take one of this name.

        Raises: ThrottledException.
        """
        rate = self._rates.get(name)
        if rate is None:
            rate = self._rates.setdefault(name, Rate(self._per_s, self._clock))
        rate.take(name)
