"""Exceptions."""

from __future__ import annotations

from collections import defaultdict

from radiograph.api.context import Context
from radiograph.model.explore import ExceptionsRequest, ExceptionsResult, ThrownExceptions
from radiograph.model.rows import StoredDocument
from radiograph.segments.exceptions import Thrown, alike, thrown
from radiograph.storage.interfaces.explorer import Window

from .windows import window_of

__all__ = ["exceptions"]

_COLUMNS, _GROUPS, _TRACES, _IDS = 24, 50, 300, 3


def exceptions(request: ExceptionsRequest, ctx: Context) -> ExceptionsResult:
    """Give the exceptions of a window's traces by type and message.

    They stand in documents alone: those of some hundred traces with an error or a fault are read.

    Raises: InvalidRequestException.
    """
    window = window_of(request, ctx, request.filter_expression)
    columns = request.columns or _COLUMNS
    found = ctx.traces.failed(ctx.account, window, request.service_name, _TRACES)
    traces: dict[str, list[StoredDocument]] = defaultdict(list)
    for document in found.documents:
        traces[document.trace_id].append(document)
    groups: dict[tuple[str, str], list[tuple[Thrown, str]]] = defaultdict(list)
    for trace_id, documents in traces.items():
        for one in thrown(documents):
            if request.service_name in (None, one.service):
                groups[alike(one)].append((one, trace_id))
    told = [_group(some, window, columns) for some in groups.values()]
    told.sort(key=lambda group: (-group.count, group.type, group.message))
    width = (window.end_s - window.start_s) / columns
    return ExceptionsResult(
        groups=told[: request.most or _GROUPS],
        columns=[window.start_s + n * width for n in range(columns)],
        column_seconds=width,
        traces_processed_count=found.traces,
        sampled_share=found.share,
    )


def _group(some: list[tuple[Thrown, str]], window: Window, columns: int) -> ThrownExceptions:
    some.sort(key=lambda pair: (pair[0].at_s, pair[1]))
    first, last = some[0][0], some[-1][0]
    counts = [0] * columns
    width = (window.end_s - window.start_s) / columns
    for one, _ in some:
        # A trace of the window may go on after it.
        counts[min(max(int((one.at_s - window.start_s) / width), 0), columns - 1)] += 1
    ids = list(dict.fromkeys(trace_id for _, trace_id in reversed(some)))
    return ThrownExceptions(
        type=last.type,
        message=last.message,
        count=len(some),
        trace_count=len(ids),
        services=sorted({one.service for one, _ in some}),
        first_seen=first.at_s,
        last_seen=last.at_s,
        trace_ids=ids[:_IDS],
        columns=counts,
    )
