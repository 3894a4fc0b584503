"""What a rule would keep of recorded traffic."""

from __future__ import annotations

from typing import Any

import pytest

from radiograph.model import SamplingRule, SamplingStatisticSummary
from radiograph.sampling import Forecast, Incoming, Observed, Recorded, default_rule, forecast, kept_of

HOUR = 3600.0
NOW = 1_700_000_040.0  # a whole minute
DEFAULT = default_rule("000000000000", "eu-west-1").sampling_rule


def rule(name: str, reservoir: int, rate: float, host: str = "*", priority: int = 100) -> SamplingRule:
    anything = dict.fromkeys(("resource_arn", "service_name", "service_type", "http_method", "url_path"), "*")
    return SamplingRule(
        rule_name=name,
        priority=priority,
        fixed_rate=rate,
        reservoir_size=reservoir,
        host=host,
        version=1,
        **anything,
    )


def traces(count: int, rule_name: str | None, host: str = "shop.test", over_s: float = HOUR) -> list[Observed]:
    """Give traces spread evenly over a time that ends now."""
    return [Observed(Incoming(host=host), NOW - over_s + (n + 0.5) * over_s / count, rule_name) for n in range(count)]


def counted(rule_name: str, requests: int, ago_s: float = HOUR) -> SamplingStatisticSummary:
    return SamplingStatisticSummary(
        rule_name=rule_name, timestamp=NOW - ago_s, request_count=requests, borrow_count=0, sampled_count=0
    )


def told(
    one: SamplingRule, observed: list[Observed], *statistics: SamplingStatisticSummary, **options: Any
) -> Forecast:
    return forecast(one, [one, DEFAULT], observed, statistics, HOUR, **options)


@pytest.mark.parametrize(
    ("per_s", "reservoir", "rate", "kept"),
    [(0, 5, 0.1, 0), (3, 5, 0.1, 3), (5, 5, 0.1, 5), (105, 5, 0.1, 15), (10, 0, 0.5, 5), (10, 1, 0, 1)],
)
def test_a_rule_keeps_its_reservoir_and_the_rate_of_the_others(
    per_s: float, reservoir: int, rate: float, kept: float
) -> None:
    assert kept_of(per_s, rule("a", reservoir, rate)) == pytest.approx(kept)


def test_where_clients_counted_each_trace_stands_for_what_was_counted_under_its_rule() -> None:
    mine = rule("mine", 1, 0.1, host="shop.*")
    found = told(mine, traces(720, "Default"), counted("Default", 36_000), counted("mine", 5))
    assert (found.traces, found.matched) == (720, 720)
    assert found.recorded == [Recorded("Default", 720, 36_000.0, "counted")]
    assert found.requests == 36_000
    # Ten a second: one from the reservoir, a tenth of the other nine.
    assert found.kept == pytest.approx(HOUR * 1.9)


def test_only_traces_the_rule_would_decide_on_count() -> None:
    mine = rule("mine", 100, 0.0, host="shop.*")
    found = told(mine, traces(90, "Default") + traces(10, "Default", "other.test"), counted("Default", 1000))
    assert (found.traces, found.matched, found.requests) == (100, 90, 900)
    assert found.kept == pytest.approx(900)


def test_a_rule_that_comes_first_takes_its_requests_away() -> None:
    first = rule("first", 1, 1.0, host="shop.*", priority=1)
    mine = rule("mine", 1, 1.0)
    found = forecast(mine, [mine, first, DEFAULT], traces(10, "Default"), [], HOUR)
    assert (found.matched, found.kept) == (0, 0)


def test_where_nobody_counted_the_rate_of_the_rule_that_recorded_them_tells() -> None:
    mine = rule("mine", 1000, 0.0)
    # 1.45 kept a second are one from the reservoir of Default, and 5 % of nine others.
    found = told(mine, traces(5220, "Default"))
    (recorded,) = found.recorded
    assert recorded.basis == "rate"
    assert recorded.requests == pytest.approx(10 * HOUR)


def test_what_was_kept_within_the_reservoir_stands_for_itself() -> None:
    (recorded,) = told(rule("mine", 1, 0.1), traces(100, "Default")).recorded
    assert (recorded.requests, recorded.basis) == (100, "rate")


@pytest.mark.parametrize("name", [None, "gone"])
def test_what_no_known_rule_recorded_stands_for_itself(name: str | None) -> None:
    found = told(rule("mine", 1, 1.0), traces(60, name))
    assert found.recorded == [Recorded(name, 60, 60.0, "none")]


def test_when_counting_began_late_only_traces_from_then_on_share_in_it() -> None:
    found = told(rule("mine", 1000, 0.0), traces(360, "Default"), counted("Default", 600, ago_s=600))
    (recorded,) = found.recorded
    assert recorded.basis == "counted"
    assert recorded.requests == pytest.approx(600 / 61 * 360, rel=0.02)


def test_of_a_share_of_the_traces_each_stands_for_as_many_more() -> None:
    found = told(rule("mine", 1000, 0.0), traces(60, None), share=0.1)
    assert found.requests == pytest.approx(600)
    found = told(rule("mine", 1000, 0.0), traces(60, "Default"), counted("Default", 36_000), share=0.1)
    assert found.requests == 36_000


def test_a_burst_is_kept_as_a_burst_and_not_as_an_hour_of_calm() -> None:
    mine = rule("mine", 10, 0.0)
    calm = told(mine, traces(3600, None))
    burst = told(mine, traces(3600, None, over_s=60))
    assert calm.kept == pytest.approx(3600)
    assert burst.kept == pytest.approx(600)


def test_an_hour_without_traces_is_told_as_one() -> None:
    found = told(rule("mine", 1, 1.0), [])
    assert (found.traces, found.matched, found.requests, found.kept, found.recorded) == (0, 0, 0, 0, [])
