"""A simulated fleet: what it samples in every second, how soon it settles, and that nobody is forgotten."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.desk import Desk
from tests.sampling.clients import Rule
from tests.sampling.fleet import Fleet, Member, steady

INTERVAL_S = 10
Simulate = Callable[..., Fleet]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("fleet") / "settings.sqlite3")
    yield made
    made.context.retrievals.stop()
    made.changes.close()
    made.settings.close()


@pytest.fixture(scope="module")
def simulate(desk: Desk) -> Simulate:
    def run(reservoir: int, members: Sequence[Member], seconds: float, rate: float = 0.05, **options: Any) -> Fleet:
        fleet = Fleet(desk, Rule(reservoir, rate), members, **options)
        fleet.run(seconds)
        return fleet

    return run


def together(count: int, per_s: float, **options: Any) -> list[Member]:
    """Clients that all begin in the same moment."""
    return [Member(steady(per_s), **options) for _ in range(count)]


def spread(count: int, per_s: float, **options: Any) -> list[Member]:
    """Clients that begin one after the other, within ten seconds."""
    return [Member(steady(per_s), joins_s=10 * n / count, **options) for n in range(count)]


def skewed(count: int) -> list[Member]:
    """Clients of which few see much and many see little."""
    return [Member(steady(0.3 + 60 / (n + 1)), joins_s=10 * n / count) for n in range(count)]


def taken(fleet: Fleet, seconds: range) -> list[int]:
    return [fleet.count(second, "taken") for second in seconds]


def exceeded(fleet: Fleet, seconds: int) -> set[int]:
    """Give the seconds in which more was taken than there is."""
    return {second for second in range(seconds) if fleet.count(second, "taken") > fleet.rule.reservoir}


FLEETS = [
    pytest.param((reservoir, make(count)), id=f"{count} {kind}, reservoir {reservoir}")
    for count, reservoir in ((1, 5), (2, 1), (7, 10), (50, 20), (50, 100), (500, 1), (500, 100), (500, 700))
    for kind, make in (
        ("together", lambda count: together(count, 5.0)),
        ("spread", lambda count: spread(count, 5.0)),
        ("skewed", skewed),
    )
]


@pytest.fixture(scope="module", params=FLEETS)
def fleet(simulate: Simulate, request: pytest.FixtureRequest) -> Fleet:
    """A fleet of X-Ray SDKs after a minute and a half."""
    return simulate(*request.param, 90)


def test_the_fleet_takes_no_more_than_the_reservoir_but_for_the_moment_when_the_first_client_gives_back(
    fleet: Fleet,
) -> None:
    assert exceeded(fleet, 90) <= {20, 21}
    assert max(taken(fleet, range(90))) <= fleet.rule.reservoir * 1.1 + 1


def test_before_its_first_target_each_client_borrows_one_a_second_at_most_and_none_later(fleet: Fleet) -> None:
    assert all(fleet.count(second, "borrowed") <= len(fleet.members) for second in range(90))
    # The last to begin did so in second 10, and has its first target within eleven more.
    assert sum(fleet.count(second, "borrowed") for second in range(22, 90)) == 0


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.5, 1.0])
def test_of_what_the_reservoir_does_not_take_the_fleet_samples_its_rate(simulate: Simulate, rate: float) -> None:
    fleet = simulate(20, spread(50, 10.0), 120, rate=rate)
    seconds = range(30, 120)
    kept = sum(fleet.count(second, "by rate") for second in seconds)
    others = kept + sum(fleet.count(second, "dropped") for second in seconds)
    assert abs(kept - rate * others) <= 5 * sqrt(others * rate * (1 - rate))


@pytest.mark.parametrize("count", [1, 7, 50])
def test_a_fleet_of_opentelemetry_takes_the_reservoir_on_average_and_twice_that_after_a_silent_second(
    simulate: Simulate, count: int
) -> None:
    fleet = simulate(100, spread(count, 10.0, otel=True), 120, by_chance=True)
    assert max(taken(fleet, range(120))) <= 200
    assert all(sum(taken(fleet, range(second, second + 10))) <= 1100 for second in range(110))


def test_both_kinds_of_clients_share_one_reservoir(simulate: Simulate) -> None:
    fleet = simulate(30, spread(10, 20.0) + spread(10, 20.0, otel=True), 120)
    assert all(sum(taken(fleet, range(second, second + 10))) <= 330 for second in range(110))
    assert sum(taken(fleet, range(40, 120))) >= 0.85 * 30 * 80


# Settling


@pytest.mark.parametrize("count", [2, 10, 50, 500])
@pytest.mark.parametrize("begin", [together, spread])
def test_two_intervals_after_the_last_client_began_each_has_its_share(
    simulate: Simulate, begin: Callable[..., list[Member]], count: int
) -> None:
    fleet = simulate(4 * count, begin(count, 8.0), 45)
    for second in range(31, 45):
        quotas = fleet.quotas(second)
        assert all(3 <= quota <= 5 for quota in quotas)
        assert sum(quotas) >= 0.9 * 4 * count


def test_shares_follow_traffic_within_two_intervals_of_the_first_full_report(simulate: Simulate) -> None:
    def busier(at: float) -> float:
        return 2.0 if at < 100 else 50.0

    fleet = simulate(40, [Member(busier), *spread(9, 5.0)], 160)
    assert fleet.quota(0, 99) <= 3
    for second in range(131, 160):
        assert abs(fleet.quota(0, second) - 40 * 50 / 95) <= 1
    assert max(taken(fleet, range(160))) <= 40


def test_a_client_that_joins_has_its_share_with_its_second_report(simulate: Simulate) -> None:
    fleet = simulate(40, [*spread(9, 5.0), Member(steady(5.0), joins_s=62.5)], 120)
    assert fleet.quota(9, 62.5 + 2 * INTERVAL_S + 0.5) >= 3


def test_when_all_clients_are_replaced_the_new_ones_have_the_reservoir(simulate: Simulate) -> None:
    old = [Member(steady(20.0), joins_s=n / 2, leaves_s=60 + n) for n in range(20)]
    new = [Member(steady(20.0), joins_s=55 + n) for n in range(20)]
    fleet = simulate(40, old + new, 180)
    assert max(taken(fleet, range(180))) <= 40
    assert sum(taken(fleet, range(120, 180))) >= 0.9 * 40 * 60


def test_hardly_anything_of_the_reservoir_is_left_lying(simulate: Simulate) -> None:
    for begin in (together, spread):
        fleet = simulate(30, begin(40, 30.0), 240)
        assert sum(taken(fleet, range(40, 240))) >= 0.85 * 30 * 200


# Nobody is forgotten


@pytest.mark.parametrize(
    ("reservoir", "members", "minutes"),
    [
        (1, spread(20, 2.0), 25),
        (3, spread(50, 2.0), 30),
        # Of clients that report in the same moment each has its turn for longer: what one gives back, the next finds
        # ten seconds later.
        (1, together(10, 2.0), 45),
    ],
)
def test_of_a_reservoir_smaller_than_the_fleet_every_client_has_its_turn(
    simulate: Simulate, reservoir: int, members: list[Member], minutes: int
) -> None:
    fleet = simulate(reservoir, members, 60 * minutes, by_chance=True)
    assert all(fleet.had_one(n) for n in range(len(members)))


def test_three_hundred_clients_share_a_reservoir_of_sixty(simulate: Simulate) -> None:
    fleet = simulate(60, spread(300, 0.6), 1500, by_chance=True)
    assert all(fleet.had_one(n) for n in range(300))


def test_clients_that_seldom_see_a_request_take_no_more_than_there_is_on_average(simulate: Simulate) -> None:
    fleet = simulate(5, spread(500, 0.03), 1200, rate=0.0, by_chance=True)
    assert sum(taken(fleet, range(100, 1200))) <= 5 * 1100


# Restarts


@pytest.mark.parametrize("at", [81.3, 87.9])
def test_a_restart_of_the_server_is_hardly_noticed(simulate: Simulate, at: float) -> None:
    fleet = simulate(20, [Member(steady(10.0), joins_s=n) for n in range(10)], 160, restarts_s=[at])
    # What goes round may for an interval be with two: its holder of before, and the one to have it next.
    assert max(taken(fleet, range(160))) <= 20 + 10 // 2
    assert min(taken(fleet, range(60, 160))) >= 15
    assert max(taken(fleet, range(120, 160))) <= 20


# Any fleet


@st.composite
def members(draw: st.DrawFn) -> list[Member]:
    """Clients of any traffic that report in every interval, and join and leave at any time."""
    count = draw(st.integers(1, 30))
    dice = random.Random(draw(st.integers(0, 2**32)))
    most = draw(st.sampled_from([0.5, 5.0, 60.0]))
    made = []
    for _ in range(count):
        joins = dice.choice([0.0, dice.uniform(0, 60)])
        leaves = dice.choice([float("inf"), joins + dice.uniform(1, 60)])
        made.append(Member(steady(dice.uniform(0.2, most)), joins, leaves))
    return made


@given(st.integers(0, 60), members(), st.integers(0, 1000))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_fleet_stays_within_the_reservoir_and_what_each_may_borrow(
    simulate: Simulate, reservoir: int, members: list[Member], seed: int
) -> None:
    fleet = simulate(reservoir, members, 100, seed=seed)
    # The first client of all has everything until it reports again; others may have theirs a moment before that.
    assert len(exceeded(fleet, 100)) <= 2
    for second in range(100):
        assert fleet.count(second, "taken") <= 2 * reservoir
        assert fleet.count(second, "borrowed") <= (len(members) if reservoir else 0)
    for second in range(40, 100):
        assert sum(fleet.quotas(second + 0.999)) <= reservoir
