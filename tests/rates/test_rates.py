"""So many a second: a second's worth at once, then evenly."""

from __future__ import annotations

import pytest

from radiograph.errors import Throttled
from radiograph.rates import Rate, Rates


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_second_s_worth_is_taken_at_once_and_then_as_it_fills() -> None:
    clock = Clock()
    rate = Rate(10, clock)
    for _ in range(10):
        rate.take("calls")
    with pytest.raises(Throttled, match="calls: at most 10 a second") as refused:
        rate.take("calls")
    assert refused.value.retry_after_s == 1
    clock.now += 0.35
    for _ in range(3):
        rate.take("calls")
    with pytest.raises(Throttled):
        rate.take("calls")


def test_what_was_not_used_is_not_kept() -> None:
    clock = Clock()
    rate = Rate(2, clock)
    clock.now += 3600
    rate.take("calls", 2)
    with pytest.raises(Throttled):
        rate.take("calls")


def test_more_than_a_second_s_worth_at_once_is_let_through_and_paid_for_afterwards() -> None:
    clock = Clock()
    rate = Rate(10, clock)
    rate.take("documents", 50)
    clock.now += 3.9
    with pytest.raises(Throttled):
        rate.take("documents")
    clock.now += 0.3
    rate.take("documents")


def test_zero_is_no_limit() -> None:
    rate = Rate(0)
    for _ in range(1000):
        rate.take("calls", 1000)


def test_each_name_has_a_limit_of_its_own() -> None:
    rates = Rates(1, Clock())
    rates.take("GetGroup")
    rates.take("GetGroups")
    with pytest.raises(Throttled):
        rates.take("GetGroup")
