"""Shares of a reservoir."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.sampling import HELD_S, INTERVAL_S, Reservoir

NOW = 1_700_000_000.0


class Round:
    """Clients that report one after the other, a second apart, and again every ten seconds."""

    def __init__(self, size: int, **requests: int) -> None:
        self.size, self.requests, self.reservoir, self.now = size, requests, Reservoir(), NOW
        self.quotas: dict[str, int] = {}

    def passes(self, rounds: int = 1) -> dict[str, int]:
        for _ in range(rounds):
            for n, (client, requests) in enumerate(self.requests.items()):
                self.quotas[client] = quota(self.reservoir, client, requests, self.now + n, self.size)
            self.now += INTERVAL_S
        return self.quotas


def quota(reservoir: Reservoir, client: str, requests: int, now: float, size: int) -> int:
    told = reservoir.report(client, requests, now, size)
    assert told is not None
    return told


@pytest.mark.parametrize(
    ("size", "requests", "quotas"),
    [
        (10, {"a": 10}, {"a": 10}),
        (10, {"a": 30, "b": 10, "c": 10}, {"a": 6, "b": 2, "c": 2}),
        (4, {"a": 100, "b": 100}, {"a": 2, "b": 2}),
        (0, {"a": 50, "b": 1}, {"a": 0, "b": 0}),
        (2**31 - 1, {"a": 2**31 - 1}, {"a": 2**31 - 1}),
    ],
)
def test_a_reservoir_is_shared_by_what_clients_see(size: int, requests: dict[str, int], quotas: dict[str, int]) -> None:
    assert Round(size, **requests).passes(3) == quotas


def test_what_others_hold_is_not_given_twice() -> None:
    fleet = Round(10, a=100, b=100)
    assert fleet.passes() == {"a": 10, "b": 0}
    assert fleet.passes() == {"a": 5, "b": 5}


def test_clients_that_begin_in_the_same_moment_have_their_shares_with_the_second_report_in_whatever_order() -> None:
    reservoir = Reservoir()
    for n in range(10):
        reservoir.report(f"{n}", 100, NOW + n / 100, 20)
    for n in reversed(range(10)):
        assert quota(reservoir, f"{n}", 100, NOW + 10.2 - n / 100, 20) >= 1


def test_what_is_given_back_may_have_been_used_in_this_second_and_is_free_in_the_next() -> None:
    fleet = Round(10, a=100, b=100)
    fleet.passes(2)
    assert quota(fleet.reservoir, "a", 1, fleet.now, 10) <= 1
    assert quota(fleet.reservoir, "b", 100, fleet.now + 0.5, 10) <= 6
    assert quota(fleet.reservoir, "b", 100, fleet.now + 1, 10) >= 9


def test_what_whole_shares_leave_over_goes_round() -> None:
    fleet = Round(10, a=100, b=100, c=100)
    sums = dict.fromkeys(fleet.requests, 0)
    rounds = 600
    for _ in range(rounds):
        for client, share in fleet.passes().items():
            assert share in (3, 4) or fleet.now < NOW + 40
            sums[client] += share
    assert all(3.2 < total / rounds < 3.4 for total in sums.values())


def test_of_a_reservoir_smaller_than_the_number_of_clients_each_has_a_unit_in_its_turn() -> None:
    fleet = Round(1, **{f"c{n}": 50 for n in range(9)})
    had: set[str] = set()
    for _ in range(60):
        had |= {client for client, units in fleet.passes().items() if units}
        assert sum(fleet.quotas.values()) <= 1
    assert len(had) == 9


def test_who_sees_little_has_a_turn_too_and_who_sees_much_has_more_of_them() -> None:
    fleet = Round(1, busy=1000, calm=1, quiet=1)
    held = dict.fromkeys(fleet.requests, 0)
    for _ in range(4000):
        for client, units in fleet.passes().items():
            held[client] += units
    assert min(held.values()) > 0
    assert held["busy"] > 3000


def test_a_client_that_has_not_reported_lately_gives_its_place_to_others() -> None:
    fleet = Round(10, a=100, b=100)
    fleet.passes(3)
    for second in (10, 20):
        assert quota(fleet.reservoir, "a", 100, fleet.now + second - 10, 10) == 5
    assert quota(fleet.reservoir, "a", 100, fleet.now + 20, 10) == 10


def test_many_silent_clients_that_still_hold_a_quota_take_some_of_it_together() -> None:
    reservoir = Reservoir()
    for n in range(100):
        reservoir.report(f"{n}", 1, NOW + n * 100, 1)
    for n in range(100):
        assert quota(reservoir, f"{n}", 1, NOW + 10_000 + n * 2, 50) >= 0
    alone = quota(reservoir, "new", 100, NOW + 10_000 + 230, 50)
    assert 40 <= alone < 50
    assert quota(reservoir, "new", 100, NOW + 10_000 + 230 + HELD_S, 50) == 50


def test_a_reservoir_that_grew_smaller_is_not_exceeded_once_everybody_has_reported() -> None:
    fleet = Round(100, a=100, b=100, c=100, d=100)
    fleet.passes(3)
    fleet.size = 10
    fleet.passes(2)
    assert sum(fleet.quotas.values()) <= 10
    assert sum(fleet.passes(2).values()) >= 8


def test_after_a_restart_clients_go_on_with_what_they_have_until_all_of_them_have_reported() -> None:
    reservoir = Reservoir(known_from_s=NOW + INTERVAL_S + 1)
    assert reservoir.report("a", 100, NOW + 3, 10) is None
    assert reservoir.report("b", 100, NOW + 4, 10) is None
    assert quota(reservoir, "a", 100, NOW + 13, 10) == 5
    assert quota(reservoir, "b", 100, NOW + 14, 10) == 5


def test_a_clock_that_is_set_back_gives_nobody_more_than_there_is() -> None:
    fleet = Round(10, a=100, b=100)
    fleet.passes(3)
    fleet.now -= 3600
    assert fleet.passes(3) == {"a": 5, "b": 5}


def test_ever_new_clients_do_not_fill_the_memory() -> None:
    reservoir = Reservoir()
    for n in range(30_000):
        reservoir.report(f"{n:024}", 1, NOW, 1000)
    assert len(reservoir) <= 20_000


REPORTS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 2000), st.floats(0, 12)), min_size=1, max_size=200)


@given(st.integers(0, 100), REPORTS)
def test_clients_that_report_never_hold_more_than_there_is(size: int, reports: list[tuple[int, int, float]]) -> None:
    """Whatever they see and whenever they report: not in any second, and counting what was given back within it."""
    reservoir, now = Reservoir(), NOW
    held: dict[int, tuple[float, int]] = {}
    used: dict[int, int] = {}
    second, began = 0, NOW + reports[0][2]
    for client, requests, pause in reports:
        now += pause
        if int(now) != second:
            second, used = int(now), {}
        told = quota(reservoir, f"{client}", requests, now, size)
        for one, (at, units) in held.items():
            # What was given while others were not known yet counts until just before the next report.
            if now - at <= (INTERVAL_S - 1 if at < began + INTERVAL_S else 2.5 * INTERVAL_S):
                used[one] = max(used.get(one, 0), units)
        held[client] = (now, told)
        used[client] = max(used.get(client, 0), told)
        silent = sum(1 for at, units in held.values() if units and now - at > INTERVAL_S - 1)
        assert told >= 0
        assert sum(used.values()) <= size + silent
