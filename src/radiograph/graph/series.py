"""Counted rows to the points of GetTimeSeriesServiceStatistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from radiograph.model.graph_rows import GraphRow
from radiograph.model.graphs import EdgeStatistics, ServiceStatistics, TimeSeriesServiceStatistics

from .statistics import coarse_seconds, histogram, statistics

__all__ = ["time_series"]


def time_series(rows: Sequence[GraphRow], of_service: bool) -> list[TimeSeriesServiceStatistics]:
    """Give one point a period, oldest first; periods without traffic are left out."""
    periods: dict[int, list[GraphRow]] = defaultdict(list)
    for row in rows:
        periods[row.minute].append(row)
    points = []
    for start, found in sorted(periods.items()):
        buckets = histogram(found, coarse_seconds)
        if of_service:
            point = TimeSeriesServiceStatistics(
                timestamp=float(start),
                service_summary_statistics=statistics(ServiceStatistics, found),
                response_time_histogram=buckets,
            )
        else:
            point = TimeSeriesServiceStatistics(
                timestamp=float(start),
                edge_summary_statistics=statistics(EdgeStatistics, found),
                response_time_histogram=buckets,
            )
        points.append(point)
    return points
