"""Shares of a reservoir."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.sampling import Report, allot

NOW = 1_700_000_000.0
RATES = st.floats(0, 2**31, allow_nan=False)
REPORTS = st.dictionaries(st.text("0123456789ABCDEF", min_size=1, max_size=3), RATES, min_size=1, max_size=12)


def active(**rates: float) -> dict[str, Report]:
    return {client: Report(NOW, rate) for client, rate in rates.items()}


@pytest.mark.parametrize(
    ("reservoir", "rates", "quotas"),
    [
        (10, {"a": 1.0}, {"a": 10}),
        (10, {"a": 3.0, "b": 1.0, "c": 1.0}, {"a": 6, "b": 2, "c": 2}),
        (10, {"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 4, "b": 3, "c": 3}),
        (1, {"a": 1.0, "b": 9.0}, {"a": 0, "b": 1}),
        (2, {"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 1, "b": 1, "c": 0}),
        (0, {"a": 5.0}, {"a": 0}),
        (3, {"a": 0.0, "b": 0.0}, {"a": 2, "b": 1}),
        (10, {"a": 0.0, "b": 1.0}, {"a": 0, "b": 10}),
        (10, {}, {}),
    ],
)
def test_a_reservoir_is_shared_by_what_clients_see_the_rest_by_the_largest_fractions(
    reservoir: int, rates: dict[str, float], quotas: dict[str, int]
) -> None:
    assert allot(reservoir, active(**rates), NOW) == quotas


def test_a_client_that_has_not_reported_lately_has_no_share() -> None:
    reports = {"here": Report(NOW - 25, 1.0), "gone": Report(NOW - 25.1, 99.0)}
    assert allot(10, reports, NOW) == {"here": 10}


@given(st.integers(0, 2**31 - 1), REPORTS)
def test_quotas_are_whole_never_negative_and_add_up_to_the_reservoir(reservoir: int, rates: dict[str, float]) -> None:
    quotas = allot(reservoir, active(**rates), NOW)
    assert set(quotas) == set(rates)
    assert sum(quotas.values()) == reservoir
    assert all(type(quota) is int and quota >= 0 for quota in quotas.values())


@given(st.integers(0, 1_000), REPORTS)
def test_no_quota_is_further_than_one_from_its_share(reservoir: int, rates: dict[str, float]) -> None:
    total = sum(rates.values())
    if total:
        for client, quota in allot(reservoir, active(**rates), NOW).items():
            assert abs(quota - reservoir * rates[client] / total) <= 1.000001


@given(st.integers(0, 1_000), REPORTS)
def test_the_order_of_reports_changes_nothing(reservoir: int, rates: dict[str, float]) -> None:
    backwards = dict(reversed(rates.items()))
    assert allot(reservoir, active(**rates), NOW) == allot(reservoir, active(**backwards), NOW)
