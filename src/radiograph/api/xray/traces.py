"""GetTraceSummaries · BatchGetTraces."""

from __future__ import annotations

from collections import defaultdict
from math import ceil

from msgspec import UNSET
from msgspec.structs import replace

from radiograph.api.context import Context
from radiograph.api.expressions import expression_of
from radiograph.api.paging import no_token, read_token, write_token
from radiograph.api.windows import read_window
from radiograph.errors import InvalidRequest
from radiograph.model.rows import StoredDocument
from radiograph.model.traces import (
    BatchGetTracesRequest,
    BatchGetTracesResult,
    GetTraceSummariesRequest,
    GetTraceSummariesResult,
    TraceSummary,
)
from radiograph.model.windows import FoundTrace, TraceWindow
from radiograph.segments.compile import compile_trace

__all__ = ["batch_get_traces", "get_trace_summaries"]

_PAGE = 100
_MOST_TRACES = 100


def get_trace_summaries(request: GetTraceSummariesRequest, ctx: Context) -> GetTraceSummariesResult:
    """Give a page of at most 100 summaries, newest first; ``NextToken`` leads to older ones.

    Traces that arrive while pages are read change none of them: each page holds what is older than the page before.
    A page that had to read very many documents for its expression may end early, and be empty.

    The window may have any length, unless limits are strict: then six hours.

    Raises: InvalidRequestException, for an expression with the column where it goes wrong.
    """
    start, end = read_window(request.start_time, request.end_time, ctx.quotas.window_s)
    expression = expression_of(request.filter_expression, ctx)
    kind = request.time_range_type or "TraceId"
    before = read_token(request.next_token, FoundTrace) if request.next_token else None
    window = TraceWindow(int(start), ceil(end), kind, before, _share(request))
    page = ctx.traces.traces_in(ctx.account, window, _PAGE, expression)
    documents: dict[str, list[StoredDocument]] = defaultdict(list)
    if page.found:
        for document in ctx.traces.documents(ctx.account, [found.trace_id for found in page.found]):
            documents[document.trace_id].append(document)
    summaries = [
        _summary(documents[found.trace_id], None if kind == "TraceId" else float(found.time_s), ctx)
        for found in page.found
        if documents[found.trace_id]
    ]
    return GetTraceSummariesResult(
        trace_summaries=summaries,
        approximate_time=float(page.found[0].time_s) if page.found else start,
        traces_processed_count=page.processed,
        next_token=write_token(page.reached or page.found[-1]) if page.more else UNSET,
    )


def _share(request: GetTraceSummariesRequest) -> float:
    """Give how much of all traces is wanted: both strategies mean a share, and which traces it has, their ids decide.

    Raises: InvalidRequestException for a rate that is none.
    """
    strategy = request.sampling_strategy
    if request.sampling is False or strategy is None or strategy.value is None:
        return 1.0
    if not 0.0 <= strategy.value <= 1.0:
        raise InvalidRequest(f"SamplingStrategy.Value is {strategy.value:g}; 0 to 1 is accepted")
    return strategy.value


def _summary(documents: list[StoredDocument], matched_event_time: float | None, ctx: Context) -> TraceSummary:
    made = ctx.summaries.of(ctx.account, documents, ctx.quotas.annotations)
    return made if matched_event_time is None else replace(made, matched_event_time=matched_event_time)


def batch_get_traces(request: BatchGetTracesRequest, ctx: Context) -> BatchGetTracesResult:
    """Give the known traces, whole, in the order asked for, and the ids that are not known.

    A segment's ``Document`` is JSON, with its subsegments inside it however they were sent, and without what does not
    follow the schema. Calls to what sent no segment are followed by inferred segments.

    Where the size of a trace is limited, a larger one has ``LimitExceeded``, and lacks what came later than the limit.

    Raises: InvalidRequestException for more than 100 ids.
    """
    no_token(request.next_token)
    wanted = list(dict.fromkeys(request.trace_ids))
    if len(wanted) > _MOST_TRACES:
        raise InvalidRequest(f"TraceIds has {len(wanted)} ids; at most {_MOST_TRACES} are accepted")
    documents: dict[str, list[StoredDocument]] = defaultdict(list)
    for document in ctx.traces.documents(ctx.account, wanted) if wanted else ():
        documents[document.trace_id].append(document)
    return BatchGetTracesResult(
        traces=[
            compile_trace(id_, documents[id_.lower()], ctx.quotas.trace_bytes)
            for id_ in wanted
            if id_.lower() in documents
        ],
        unprocessed_trace_ids=[id_ for id_ in wanted if id_.lower() not in documents],
    )
