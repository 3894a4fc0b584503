"""Statistics and histograms of a node's or an edge's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from radiograph.model.graph_rows import GraphRow
from radiograph.model.graphs import EdgeStatistics, ErrorStatistics, FaultStatistics, HistogramEntry, ServiceStatistics

__all__ = ["coarse_seconds", "exact_seconds", "histogram", "statistics"]

_Statistics = TypeVar("_Statistics", EdgeStatistics, ServiceStatistics)


def statistics(type_: type[_Statistics], rows: Iterable[GraphRow]) -> _Statistics:
    """Give the rows' requests by class; each request is in exactly one."""
    ok = error = throttle = fault = total_us = 0
    for row in rows:
        ok, error, throttle, fault = ok + row.ok, error + row.error, throttle + row.throttle, fault + row.fault
        total_us += row.total_us
    return type_(
        ok_count=ok,
        error_statistics=ErrorStatistics(throttle_count=throttle, other_count=error, total_count=error + throttle),
        fault_statistics=FaultStatistics(other_count=fault, total_count=fault),
        total_count=ok + error + throttle + fault,
        total_response_time=total_us / 1e6,
    )


def histogram(rows: Iterable[GraphRow], seconds: Callable[[int], float]) -> list[HistogramEntry]:
    """Give the rows' histogram, values ascending; buckets without a completed request are left out."""
    counts: dict[int, int] = {}
    for row in rows:
        for bucket, count in zip(row.buckets, row.counts, strict=True):
            counts[bucket] = counts.get(bucket, 0) + count
    return [HistogramEntry(value=seconds(bucket), count=counts[bucket]) for bucket in sorted(counts) if counts[bucket]]


def exact_seconds(bucket: int) -> float:
    """Give the seconds of a bucket that is whole milliseconds."""
    return bucket / 1000


@lru_cache(maxsize=1024)
def coarse_seconds(bucket: int) -> float:
    """Give the seconds in the middle of a bucket that is ⌊8·log₂ µs⌋, at three significant digits (±4.5 %)."""
    return float(f"{2 ** ((bucket + 0.5) / 8) / 1e6:.3g}")
