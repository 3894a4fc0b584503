"""How many faults were to be expected: a band that follows the past, scaled to the present's traffic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from radiograph.graph.forecast import forecasts
from radiograph.model.graphs import ForecastStatistics


def bands(*points: tuple[int, int], every_s: int = 60) -> list[ForecastStatistics]:
    """The band of each point, given as (faults, requests)."""
    return list(forecasts((n * every_s, faults, requests) for n, (faults, requests) in enumerate(points)))


def test_a_service_that_fails_one_in_ten_is_expected_to_go_on_so() -> None:
    last = bands(*[(10, 100)] * 60)[-1]
    assert last.fault_count_low < 10 < last.fault_count_high


def test_faults_beyond_what_is_usual_are_above_the_band_when_they_begin() -> None:
    points = [(1, 1000)] * 60 + [(300, 1000)]
    assert bands(*points)[-1].fault_count_high < 10


def test_a_point_s_own_faults_do_not_move_its_own_band() -> None:
    past = [(5, 500)] * 30
    assert bands(*past, (0, 500))[-1] == bands(*past, (500, 500))[-1]


def test_what_lasts_becomes_what_is_expected() -> None:
    after = bands(*[(0, 1000)] * 60, *[(300, 1000)] * 600)[-1]
    assert after.fault_count_low < 300 < after.fault_count_high


def test_without_requests_no_faults_are_expected() -> None:
    assert bands((5, 10), (0, 0))[-1] == ForecastStatistics(fault_count_high=0, fault_count_low=0)


@given(st.lists(st.integers(0, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=50))
def test_a_band_is_between_none_and_all_of_the_requests(points: list[tuple[int, int]]) -> None:
    for (_, requests), band in zip(points, bands(*points), strict=True):
        assert 0 <= band.fault_count_low <= band.fault_count_high <= requests
