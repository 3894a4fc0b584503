"""Changes."""

from __future__ import annotations

from math import ceil

from msgspec import UNSET, UnsetType

from radiograph.api.context import Context
from radiograph.api.windows import read_window
from radiograph.errors import InvalidRequest
from radiograph.graph.changes import Health, first_bad, health, is_unhealthy, worse
from radiograph.model.base import epoch
from radiograph.model.explore import ChangesRequest, ChangesResult, ServiceChange
from radiograph.model.graph_rows import NodeKey

__all__ = ["changes"]

_SERVICES, _DATED = 100, 12
_ANY = NodeKey("")


def changes(request: ChangesRequest, ctx: Context) -> ChangesResult:
    """Give the services of a window, those first that are worse than in the window it is held against.

    Both windows are of whole minutes. Since when a service is unhealthy is told of the dozen worst.

    Raises: InvalidRequestException.
    """
    start, end = read_window(request.start_time, request.end_time, ctx.quotas.window_s)
    first, last = int(start) // 60 * 60, ceil(end / 60) * 60
    against = first - (last - first) if request.against is None else int(epoch(request.against)) // 60 * 60
    if against < 0 or against > first:
        raise InvalidRequest(f"Against is {against}; 0 to StartTime, {first}, are accepted")
    until = against + last - first
    now, before = (
        health(ctx.traces.series(ctx.account, *times, 0, None, _ANY)) for times in ((first, last), (against, until))
    )
    known = {key: (now.get(key, Health()), before.get(key, Health())) for key in {**now, **before}}
    ranked = sorted(known, key=lambda key: (-worse(*known[key]), -known[key][0].count, key.name, key.type))
    ranked = ranked[: request.most or _SERVICES]
    services, dated = [], 0
    for key in ranked:
        since: int | None = None
        if is_unhealthy(*known[key]) and dated < _DATED:
            dated += 1
            since = first_bad(ctx.traces.series(ctx.account, first, last, 60, None, key), known[key][1])
        services.append(_change(key, *known[key], UNSET if since is None else float(since)))
    return ChangesResult(
        start_time=float(first),
        end_time=float(last),
        start_time_before=float(against),
        end_time_before=float(until),
        services=services,
    )


def _change(key: NodeKey, now: Health, before: Health, since: float | UnsetType) -> ServiceChange:
    return ServiceChange(
        name=key.name,
        type=key.type,
        count=now.count,
        count_before=before.count,
        fault_share=now.share(now.fault),
        fault_share_before=before.share(before.fault),
        error_share=now.share(now.error),
        error_share_before=before.share(before.error),
        throttle_share=now.share(now.throttle),
        throttle_share_before=before.share(before.throttle),
        p50=now.p50,
        p50_before=before.p50,
        p95=now.p95,
        p95_before=before.p95,
        is_unhealthy=is_unhealthy(now, before),
        worse=worse(now, before),
        first_bad=since,
    )
