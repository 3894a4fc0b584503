"""When a rule's rate rises, how far, and for how long."""

from __future__ import annotations

import pytest

from radiograph.sampling import Anomalies

TEN_PAST = 1_700_000_000.0 // 3600 * 3600 + 600
FIXED, MOST = 0.05, 0.5


def anomalies(count: int, sampled: int = 0, at_s: float = TEN_PAST) -> Anomalies:
    made = Anomalies()
    made.add(at_s, "checkout", count, sampled)
    return made


@pytest.mark.parametrize(("count", "rate"), [(1, 0.5), (10, 0.2589), (30, 0.0950), (58, 0.0503)])
def test_the_more_goes_wrong_the_less_has_to_be_sampled_to_catch_one(count: int, rate: float) -> None:
    boost = anomalies(count).boost(TEN_PAST, FIXED, MOST, 10)
    assert boost is not None
    assert boost.rate == pytest.approx(rate, abs=1e-4)
    assert boost.until_s == TEN_PAST + 60


def test_there_is_no_boost_when_nothing_is_wrong_or_the_rate_catches_it_anyway() -> None:
    assert Anomalies().boost(TEN_PAST, FIXED, MOST, 10) is None
    assert anomalies(0).boost(TEN_PAST, FIXED, MOST, 10) is None
    assert anomalies(59).boost(TEN_PAST, FIXED, MOST, 10) is None
    assert anomalies(9, sampled=1).boost(TEN_PAST, FIXED, MOST, 10) is None
    assert anomalies(1).boost(TEN_PAST, FIXED, max_rate=0.05, cooldown_minutes=10) is None


def test_a_boost_lasts_a_minute_and_the_next_one_waits_for_the_next_window() -> None:
    rule = Anomalies()
    held = []
    for second in range(0, 800, 10):
        now = TEN_PAST + 180 + second
        rule.add(now, "checkout", 1, 0)
        held.append(rule.boost(now, FIXED, MOST, 10) is not None)
    began = [
        n * 10 for n, (before, after) in enumerate(zip([False, *held], held, strict=False)) if after and not before
    ]
    assert began == [0, 420]
    assert sum(held) == 12


@pytest.mark.parametrize("cooldown", [0, 1])
def test_with_a_cooldown_of_a_minute_at_most_boosts_follow_each_other(cooldown: int) -> None:
    rule = Anomalies()
    for second in range(0, 600, 10):
        rule.add(TEN_PAST + second, "checkout", 1, 0)
        assert rule.boost(TEN_PAST + second, FIXED, MOST, cooldown) is not None


def test_what_went_wrong_more_than_a_minute_ago_counts_no_more() -> None:
    assert anomalies(5).boost(TEN_PAST + 59, FIXED, MOST, 10) is not None
    assert anomalies(5).boost(TEN_PAST + 60, FIXED, MOST, 10) is None


def test_an_anomaly_that_several_services_tell_of_is_one() -> None:
    rule = Anomalies()
    for service in ("gateway", "checkout", "stock"):
        rule.add(TEN_PAST, service, 10, 0)
    boost = rule.boost(TEN_PAST, FIXED, MOST, 10)
    assert boost == anomalies(10).boost(TEN_PAST, FIXED, MOST, 10)


def test_what_all_clients_of_one_service_saw_is_added_up() -> None:
    rule = Anomalies()
    for second in range(10):
        rule.add(TEN_PAST + second, "checkout", 1, 0)
    boost = rule.boost(TEN_PAST + 10, FIXED, MOST, 10)
    assert boost is not None
    assert boost.rate == pytest.approx(0.2589, abs=1e-4)


def test_a_ceiling_that_is_lowered_holds_at_once() -> None:
    rule = anomalies(1)
    rule.boost(TEN_PAST, FIXED, 0.5, 10)
    boost = rule.boost(TEN_PAST + 10, FIXED, 0.2, 10)
    assert boost is not None
    assert boost.rate == 0.2


def test_reports_without_an_anomaly_change_nothing() -> None:
    rule = Anomalies()
    for second in range(100):
        rule.add(TEN_PAST + second, "checkout", 0, 0)
    assert rule.boost(TEN_PAST + 100, FIXED, MOST, 10) is None


def test_a_flood_of_services_is_one_service_more() -> None:
    rule = Anomalies()
    for n in range(10_000):
        rule.add(TEN_PAST, f"service-{n}", 1, 0)
    boost = rule.boost(TEN_PAST, 0.0001, 1.0, 10)
    assert boost is not None
    assert boost.rate == pytest.approx(1 - 0.05 ** (1 / 9900))
