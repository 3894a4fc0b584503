"""Buckets, histograms, and points in time."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.graph import time_series
from radiograph.graph.statistics import coarse_seconds, exact_seconds, histogram, statistics
from radiograph.model.graph_rows import RESPONSE
from radiograph.model.graphs import EdgeStatistics
from tests.graph.test_assemble import row


def test_a_coarse_bucket_is_within_five_percent_of_every_duration_in_it() -> None:
    @given(st.integers(1, 2**45))
    def holds(duration_us: int) -> None:
        seconds = coarse_seconds(math.floor(math.log2(duration_us) * 8))
        assert abs(seconds - duration_us / 1e6) <= 0.05 * duration_us / 1e6

    holds()


def test_coarse_buckets_have_three_significant_digits_and_ascend() -> None:
    values = [coarse_seconds(bucket) for bucket in range(300)]
    assert values == sorted(set(values))
    assert all(float(f"{value:.3g}") == value for value in values)


def test_an_exact_bucket_is_whole_milliseconds() -> None:
    assert [exact_seconds(bucket) for bucket in (0, 1, 273)] == [0.0, 0.001, 0.273]


def test_a_request_counts_in_exactly_one_class() -> None:
    counted = statistics(EdgeStatistics, [row(RESPONSE, "f", ok=1, error=2, throttle=4, fault=8, total_us=1_500_000)])
    assert msgspec.to_builtins(counted) == {
        "OkCount": 1,
        "ErrorStatistics": {"ThrottleCount": 4, "OtherCount": 2, "TotalCount": 6},
        "FaultStatistics": {"OtherCount": 8, "TotalCount": 8},
        "TotalCount": 15,
        "TotalResponseTime": 1.5,
    }


def test_a_histogram_ascends_and_leaves_out_what_nothing_completed_in() -> None:
    rows = [row(RESPONSE, "f", buckets=[30, 10, 20], counts=[1, 2, 0]), row(RESPONSE, "f", buckets=[10], counts=[5])]
    entries = [(one.value, one.count) for one in histogram(rows, exact_seconds)]
    assert entries == [(0.01, 7), (0.03, 1)]


@pytest.mark.parametrize(("of_service", "member"), [(True, "Service"), (False, "Edge")])
def test_a_series_has_one_point_a_period_oldest_first(of_service: bool, member: str) -> None:
    rows = [row(RESPONSE, "f", minute=120), row(RESPONSE, "f", minute=60), row(RESPONSE, "f", minute=120, fault=1)]
    points = msgspec.to_builtins(time_series(rows, of_service))
    assert [point["Timestamp"] for point in points] == [60.0, 120.0]
    name = f"{member}SummaryStatistics"
    assert [point[name]["TotalCount"] for point in points] == [1, 3]
    other = "EdgeSummaryStatistics" if of_service else "ServiceSummaryStatistics"
    assert all(other not in point for point in points)
    assert sum(entry["Count"] for entry in points[1]["ResponseTimeHistogram"]) == 2


def test_a_series_of_nothing_is_empty() -> None:
    assert time_series([], of_service=True) == []
