"""GetTraceSummaries · BatchGetTraces."""

from __future__ import annotations

from collections import defaultdict
from math import ceil

from msgspec import UNSET

from radiograph.api.context import Context
from radiograph.api.paging import read_token, write_token
from radiograph.api.windows import read_window
from radiograph.errors import InvalidRequest, NotImplementedYet
from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.model.traces import (
    BatchGetTracesRequest,
    BatchGetTracesResult,
    GetTraceSummariesRequest,
    GetTraceSummariesResult,
)
from radiograph.model.windows import FoundTrace, TraceWindow
from radiograph.segments.compile import compile_trace
from radiograph.segments.summarise import summarise

__all__ = ["batch_get_traces", "get_trace_summaries"]

_PAGE = 100
_MOST_TRACES = 100


def get_trace_summaries(request: GetTraceSummariesRequest, ctx: Context) -> GetTraceSummariesResult:
    """Give a page of at most 100 summaries, newest first; ``NextToken`` leads to older ones.

    Raises: InvalidRequestException; NotImplemented for a filter expression, which comes next.
    """
    if request.filter_expression is not None and request.filter_expression.strip():
        raise NotImplementedYet("FilterExpression is not answered by this release; leave it out")
    start, end = read_window(request.start_time, request.end_time)
    kind = request.time_range_type or "TraceId"
    before = read_token(request.next_token, FoundTrace) if request.next_token else None
    page = ctx.traces.traces_in(ctx.account, TraceWindow(int(start), ceil(end), kind, before), _PAGE)
    rows: dict[str, list[StoredSegment]] = defaultdict(list)
    if page.found:
        for row in ctx.traces.segments(ctx.account, [found.trace_id for found in page.found]):
            rows[row.trace_id].append(row)
    summaries = [
        summarise(rows[found.trace_id], ctx.account, None if kind == "TraceId" else float(found.time_s))
        for found in page.found
        if rows[found.trace_id]
    ]
    return GetTraceSummariesResult(
        trace_summaries=summaries,
        approximate_time=float(page.found[0].time_s) if page.found else start,
        traces_processed_count=page.processed,
        next_token=write_token(page.found[-1]) if page.more else UNSET,
    )


def batch_get_traces(request: BatchGetTracesRequest, ctx: Context) -> BatchGetTracesResult:
    """Give the known traces, whole, in the order asked for, and the ids that are not known.

    Raises: InvalidRequestException for more than 100 ids.
    """
    wanted = list(dict.fromkeys(request.trace_ids))
    if len(wanted) > _MOST_TRACES:
        raise InvalidRequest(f"TraceIds has {len(wanted)} ids; at most {_MOST_TRACES} are accepted")
    documents: dict[str, list[StoredDocument]] = defaultdict(list)
    for document in ctx.traces.documents(ctx.account, wanted) if wanted else ():
        documents[document.trace_id].append(document)
    return BatchGetTracesResult(
        traces=[compile_trace(id_, documents[id_.lower()]) for id_ in wanted if id_.lower() in documents],
        unprocessed_trace_ids=[id_ for id_ in wanted if id_.lower() not in documents],
    )
