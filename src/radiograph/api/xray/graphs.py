"""GetServiceGraph · GetTraceGraph · GetTimeSeriesServiceStatistics."""

from __future__ import annotations

from math import ceil

from radiograph.api.context import Context
from radiograph.api.windows import read_window
from radiograph.errors import InvalidRequest, NotImplementedYet
from radiograph.graph import parse_selector, service_graph, time_series
from radiograph.graph.statistics import exact_seconds
from radiograph.model.graphs import (
    GetServiceGraphRequest,
    GetServiceGraphResult,
    GetTimeSeriesServiceStatisticsRequest,
    GetTimeSeriesServiceStatisticsResult,
    GetTraceGraphRequest,
    GetTraceGraphResult,
)

__all__ = ["get_service_graph", "get_time_series_service_statistics", "get_trace_graph"]

_MOST_TRACES = 100
_PERIODS_S = (60, 300, 900, 3600)


def get_service_graph(request: GetServiceGraphRequest, ctx: Context) -> GetServiceGraphResult:
    """Give the graph of the whole minutes that the window touches.

    Raises: InvalidRequestException; NotImplemented for a group other than Default.
    """
    start, end = read_window(request.start_time, request.end_time)
    _only_default(request.group_name, request.group_arn)
    first, last = int(start) // 60 * 60, ceil(end / 60) * 60
    rows = ctx.traces.graph(ctx.account, first, last)
    return GetServiceGraphResult(
        start_time=float(first), end_time=float(last), services=service_graph(rows, ctx.account)
    )


def get_trace_graph(request: GetTraceGraphRequest, ctx: Context) -> GetTraceGraphResult:
    """Give the graph of these traces alone; histogram values are exact to the millisecond.

    Raises: InvalidRequestException for more than 100 ids.
    """
    if len(request.trace_ids) > _MOST_TRACES:
        raise InvalidRequest(f"TraceIds has {len(request.trace_ids)} ids; at most {_MOST_TRACES} are accepted")
    rows = ctx.traces.trace_graph(ctx.account, list(dict.fromkeys(request.trace_ids))) if request.trace_ids else []
    return GetTraceGraphResult(services=service_graph(rows, ctx.account, exact_seconds))


def get_time_series_service_statistics(
    request: GetTimeSeriesServiceStatisticsRequest, ctx: Context
) -> GetTimeSeriesServiceStatisticsResult:
    """Give one point a period: of a service, of an edge, or (without a selector) of all requests from clients.

    Raises: InvalidRequestException; NotImplemented for groups and forecasts, which come later.
    """
    start, end = read_window(request.start_time, request.end_time)
    _only_default(request.group_name, request.group_arn)
    if request.forecast_statistics:
        raise NotImplementedYet("ForecastStatistics is not answered by this release; leave it out")
    period = request.period if request.period is not None else 60
    if period not in _PERIODS_S:
        raise InvalidRequest(f"Period is {period}; {', '.join(map(str, _PERIODS_S))} are accepted")
    expression = request.entity_selector_expression
    selector = parse_selector(expression) if expression is not None else None
    rows = ctx.traces.series(
        ctx.account,
        int(start) // period * period,
        ceil(end),
        period,
        selector.caller if selector else None,
        selector.callee if selector else None,
    )
    of_service = selector is not None and selector.caller is None
    return GetTimeSeriesServiceStatisticsResult(time_series_service_statistics=time_series(rows, of_service))


def _only_default(name: str | None, arn: str | None) -> None:
    if name not in (None, "Default") or (arn is not None and arn.rsplit(":group/", 1)[-1].split("/")[0] != "Default"):
        raise NotImplementedYet(f"the group {name or arn!r} is not answered by this release; Default is")
