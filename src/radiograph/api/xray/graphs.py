"""GetServiceGraph · GetTraceGraph · GetTimeSeriesServiceStatistics."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from radiograph.api.context import Context
from radiograph.api.paging import no_token
from radiograph.api.trace_groups import trace_group
from radiograph.api.windows import read_window
from radiograph.errors import InvalidRequest
from radiograph.graph import HISTORY_S, parse_selector, service_graph, time_series
from radiograph.graph.statistics import exact_seconds
from radiograph.model.graphs import (
    GetServiceGraphRequest,
    GetServiceGraphResult,
    GetTimeSeriesServiceStatisticsRequest,
    GetTimeSeriesServiceStatisticsResult,
    GetTraceGraphRequest,
    GetTraceGraphResult,
)
from radiograph.storage.interfaces import TraceGroup

from .names import find_group

__all__ = ["get_service_graph", "get_time_series_service_statistics", "get_trace_graph"]

_MOST_TRACES = 100
_PERIODS_S = (60, 300, 900, 3600)


def get_service_graph(request: GetServiceGraphRequest, ctx: Context) -> GetServiceGraphResult:
    """Give the graph of the whole minutes that the window touches.

    Edges of the type ``link`` go from where an event was sent (a queue, mostly) to the segment of another trace that
    says by its ``links`` that it has received it, with the ages that events had by then.

    Of a group: of the traces that matched its expression when they came, from its creation on.

    Raises: InvalidRequestException.
    """
    start, end = read_window(request.start_time, request.end_time, ctx.quotas.window_s)
    no_token(request.next_token)
    group = _group(request.group_name, request.group_arn, ctx)
    first, last = int(start) // 60 * 60, ceil(end / 60) * 60
    rows = ctx.traces.graph(ctx.account, first, last, group.matched)
    return GetServiceGraphResult(
        start_time=float(first),
        end_time=float(last),
        services=service_graph(rows, ctx.account),
        contains_old_group_versions=start < group.changed_at < end,
    )


def get_trace_graph(request: GetTraceGraphRequest, ctx: Context) -> GetTraceGraphResult:
    """Give the graph of these traces alone; histogram values are exact to the millisecond.

    Edges of the type ``link`` come from any trace, also one that was not asked for.

    Raises: InvalidRequestException for more than 100 ids.
    """
    no_token(request.next_token)
    if len(request.trace_ids) > _MOST_TRACES:
        raise InvalidRequest(f"TraceIds has {len(request.trace_ids)} ids; at most {_MOST_TRACES} are accepted")
    rows = ctx.traces.trace_graph(ctx.account, list(dict.fromkeys(request.trace_ids))) if request.trace_ids else []
    return GetTraceGraphResult(services=service_graph(rows, ctx.account, exact_seconds))


def get_time_series_service_statistics(
    request: GetTimeSeriesServiceStatisticsRequest, ctx: Context
) -> GetTimeSeriesServiceStatisticsResult:
    """Give one point a period: of a service, of an edge, or (without a selector) of all requests from clients.

    Periods begin at multiples of their length; those without traffic are left out. A forecast is a band of three
    standard deviations around what the service had before, for the traffic it had; it needs three hours of a past.

    Raises: InvalidRequestException.
    """
    start, end = read_window(request.start_time, request.end_time, ctx.quotas.window_s)
    no_token(request.next_token)
    group = _group(request.group_name, request.group_arn, ctx)
    period = request.period if request.period is not None else 60
    if period not in _PERIODS_S:
        raise InvalidRequest(f"Period is {period}; {', '.join(map(str, _PERIODS_S))} are accepted")
    expression = request.entity_selector_expression
    selector = parse_selector(expression) if expression is not None else None
    of_service = selector is not None and selector.caller is None
    if request.forecast_statistics and not of_service:
        raise InvalidRequest('ForecastStatistics needs an EntitySelectorExpression of a service, such as id(name: "n")')
    first = int(start) // period * period
    rows = ctx.traces.series(
        ctx.account,
        first - HISTORY_S if request.forecast_statistics else first,
        ceil(end),
        period,
        selector.caller if selector else None,
        selector.callee if selector else None,
        group.matched,
    )
    return GetTimeSeriesServiceStatisticsResult(
        time_series_service_statistics=time_series(rows, of_service, first if request.forecast_statistics else None),
        contains_old_group_versions=start < group.changed_at < end,
    )


class _Group(NamedTuple):
    matched: TraceGroup | None
    """None for all traces."""
    changed_at: float


def _group(name: str | None, arn: str | None, ctx: Context) -> _Group:
    if name is None and arn is None:
        return _Group(None, 0.0)
    with ctx.settings.read(ctx.account) as kept:
        wanted = find_group(kept, name, arn)
        found = next(one for one in kept.groups.matching() if one.group_arn == wanted.group_arn)
        return _Group(trace_group(found, kept), found.changed_at)
