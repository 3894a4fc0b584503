"""Waits grow, are scattered, heed what is asked for, and end when the service answers somebody."""

from __future__ import annotations

import asyncio

import pytest

from radiograph.daemon.relay.patience import Patience


@pytest.mark.parametrize(
    ("attempt", "chance", "pause_s"),
    [(1, 1.0, 0.2), (1, 0.0, 0.1), (2, 1.0, 0.4), (5, 0.5, 2.4), (6, 1.0, 6.4), (7, 1.0, 10.0), (10_000, 0.0, 5.0)],
)
def test_waits_double_up_to_ten_seconds_and_half_is_chance(attempt: int, chance: float, pause_s: float) -> None:
    assert Patience(lambda: chance).pause_s(attempt) == pytest.approx(pause_s)


@pytest.mark.parametrize(("asked_for_s", "pause_s"), [(7.0, 7.0), (3600.0, 60.0), (0.01, 0.2)])
def test_what_the_service_asks_for_is_waited_within_reason(asked_for_s: float, pause_s: float) -> None:
    assert Patience(lambda: 1.0).pause_s(1, asked_for_s) == pytest.approx(pause_s)


def test_who_waits_is_woken_by_an_answer_to_somebody_else() -> None:
    async def scene() -> None:
        patience = Patience()
        waiting = [asyncio.create_task(patience.wait(50)) for _ in range(3)]
        await asyncio.sleep(0)
        patience.answered()
        async with asyncio.timeout(4):  # less than the least of the waits
            await asyncio.gather(*waiting)

    asyncio.run(scene())


def test_an_earlier_answer_wakes_nobody_later() -> None:
    async def scene() -> None:
        patience = Patience(lambda: 0.0)
        patience.answered()
        waiting = asyncio.create_task(patience.wait(50))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
        waiting.cancel()

    asyncio.run(scene())
