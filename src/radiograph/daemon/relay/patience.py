"""How long to wait before asking again."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable

__all__ = ["Patience"]

_FIRST_S, _LONGEST_S, _LONGEST_ASKED_FOR_S = 0.2, 10.0, 60.0


class Patience:
    """Shared by all who wait for one service: each waits longer every time, until any of them is answered."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self._answered = asyncio.Event()
        self._waiting = 0

    def pause_s(self, attempt: int, at_least_s: float = 0.0) -> float:
        """Give how long to wait after an attempt, counted from 1.

        Half of it is left to chance, so that a thousand daemons do not come back at the same moment.
        """
        longest = min(_FIRST_S * 2.0 ** min(attempt - 1, 20), _LONGEST_S)
        return max(longest * (0.5 + self._chance() / 2), min(at_least_s, _LONGEST_ASKED_FOR_S))

    async def wait(self, attempt: int, at_least_s: float = 0.0) -> None:
        """Return when it is time to ask again."""
        self._waiting += 1
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.pause_s(attempt, at_least_s)):
                    await self._answered.wait()
        finally:
            self._waiting -= 1

    def answered(self) -> None:
        """Note that the service answers: whoever waits for it waits no longer."""
        if self._waiting:
            self._answered.set()
            self._answered = asyncio.Event()
