"""Live: what the front asks, a moment at a time, for those who watch traces come in."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated

import msgspec

from radiograph.api.context import Context
from radiograph.api.expressions import expression_of
from radiograph.api.paging import read_token, write_token
from radiograph.model.explore import LiveBatch, LiveRequest, LiveTrace
from radiograph.model.rows import StoredDocument
from radiograph.model.traces import TraceSummary

__all__ = ["live"]

_MOST = 50


class _Reached(msgspec.Struct, frozen=True, array_like=True):
    sequence: Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


def live(request: LiveRequest, ctx: Context) -> LiveBatch:
    """Give the traces of which something has come since the cursor, the oldest first.

    Raises: InvalidRequestException, for an expression with the column where it goes wrong.
    """
    expression = expression_of(request.filter_expression, ctx)
    after = None if request.cursor is None else read_token(request.cursor, _Reached).sequence
    arrived = ctx.traces.arrived(ctx.account, after, expression, request.most or _MOST)
    documents: dict[str, list[StoredDocument]] = defaultdict(list)
    for document in ctx.traces.documents(ctx.account, arrived.trace_ids) if arrived.trace_ids else ():
        documents[document.trace_id].append(document)
    annotations = ctx.quotas.annotations
    summaries = [
        ctx.summaries.of(ctx.account, documents[trace_id], annotations)
        for trace_id in reversed(arrived.trace_ids)
        if trace_id in documents
    ]
    return LiveBatch(
        traces=[_told(summary) for summary in summaries],
        dropped=arrived.dropped,
        cursor=write_token(_Reached(arrived.sequence)),
    )


def _told(summary: TraceSummary) -> LiveTrace:
    return LiveTrace(
        id=summary.id,
        entry_point=summary.entry_point,
        start_time=summary.start_time,
        duration=summary.duration,
        has_fault=summary.has_fault,
        has_error=summary.has_error,
        has_throttle=summary.has_throttle,
        is_partial=summary.is_partial,
        http=summary.http,
    )
