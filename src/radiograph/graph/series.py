"""Counted rows to the points of GetTimeSeriesServiceStatistics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import structs

from radiograph.model.graph_rows import GraphRow
from radiograph.model.graphs import EdgeStatistics, ServiceStatistics, TimeSeriesServiceStatistics

from .forecast import forecasts
from .statistics import coarse_seconds, histogram, statistics

__all__ = ["time_series"]


def time_series(
    rows: Sequence[GraphRow], of_service: bool, forecast_from: int | None = None
) -> list[TimeSeriesServiceStatistics]:
    """Give one point a period, oldest first; periods without traffic are left out.

    With ``forecast_from`` (epoch seconds), a service's points from then on say how many faults were to be expected by
    the points before, which are left out.
    """
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
    return points if forecast_from is None else _foretold(points, forecast_from)


def _foretold(points: list[TimeSeriesServiceStatistics], since: int) -> list[TimeSeriesServiceStatistics]:
    had = [(point, point.service_summary_statistics) for point in points]
    bands = forecasts(
        (int(point.timestamp), known.fault_statistics.total_count, known.total_count)
        for point, known in had
        if isinstance(known, ServiceStatistics)
    )
    return [
        structs.replace(point, service_forecast_statistics=band)
        for (point, _), band in zip(had, bands, strict=True)
        if point.timestamp >= since
    ]
