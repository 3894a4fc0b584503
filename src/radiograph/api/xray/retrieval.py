"""StartTraceRetrieval · CancelTraceRetrieval · ListRetrievedTraces · GetRetrievedTracesGraph.

AWS retrieves from the log group of Transaction Search; here everything that is stored is retrieved from.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from radiograph.api.context import Context
from radiograph.api.paging import cut_page, read_token, write_token
from radiograph.api.retrievals import Retrieval
from radiograph.errors import InvalidRequest, ResourceNotFound
from radiograph.graph import service_graph
from radiograph.graph.statistics import exact_seconds
from radiograph.model.base import epoch
from radiograph.model.graph_rows import NodeKey
from radiograph.model.retrieval import (
    CancelTraceRetrievalRequest,
    CancelTraceRetrievalResult,
    GetRetrievedTracesGraphRequest,
    GetRetrievedTracesGraphResult,
    GraphLink,
    ListRetrievedTracesRequest,
    ListRetrievedTracesResult,
    RetrievedService,
    RetrievedTrace,
    Span,
    StartTraceRetrievalRequest,
    StartTraceRetrievalResult,
    TraceFormat,
)
from radiograph.model.rows import StoredDocument
from radiograph.model.traces import Trace
from radiograph.segments.compile import compile_trace

from .spans import Shown, show_segments, show_spans

__all__ = ["cancel_trace_retrieval", "get_retrieved_traces_graph", "list_retrieved_traces", "start_trace_retrieval"]

_LATEST_S = 4_102_444_800.0  # 2100
_MOST_TRACES, _MOST_SPANS, _MOST_SERVICES, _MOST_LINKS = 5, 100, 1000, 100
_PAGE_CHARACTERS = 4 << 20
_LINK = "link"
_W3C = re.compile(r"[0-9a-fA-F]{32}")


class _After(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of traces ended: before the trace of this number, or inside it."""

    format: TraceFormat
    trace: Annotated[int, Meta(ge=0)]
    start_s: float = -math.inf
    id: str = ""


def start_trace_retrieval(request: StartTraceRetrievalRequest, ctx: Context) -> StartTraceRetrievalResult:
    """Give the token of a retrieval of those traces of which something ran in the window, which is whole seconds.

    An id may also be the 32 digits that W3C gives a trace.

    Raises: InvalidRequestException, ThrottledException.
    """
    start, end = epoch(request.start_time), epoch(request.end_time)
    if not 0 <= start <= end <= _LATEST_S:
        raise InvalidRequest(
            f"StartTime is {start:.15g} and EndTime {end:.15g}; epoch seconds with StartTime first are accepted"
        )
    first_us, last_us = math.floor(start) * 1_000_000, (math.floor(end) + 1) * 1_000_000

    def find(trace_ids: Sequence[str]) -> list[str]:
        there = {
            row.trace_id
            for row in ctx.traces.segments(ctx.account, trace_ids)
            if row.start_us < last_us and row.start_us + max(row.duration_us, row.span_us) >= first_us
        }
        return [id_ for id_ in trace_ids if id_.lower() in there]

    wanted = {id_.lower(): id_ for id_ in map(_spelled, request.trace_ids)}
    return StartTraceRetrievalResult(retrieval_token=ctx.retrievals.start(ctx.account, list(wanted.values()), find))


def cancel_trace_retrieval(request: CancelTraceRetrievalRequest, ctx: Context) -> CancelTraceRetrievalResult:
    """Give nothing; the retrieval is given up, and what it found let go.

    Raises: ResourceNotFoundException.
    """
    if not ctx.retrievals.cancel(ctx.account, request.retrieval_token):
        raise _unknown(request.retrieval_token)
    return CancelTraceRetrievalResult()


def list_retrieved_traces(request: ListRetrievedTracesRequest, ctx: Context) -> ListRetrievedTracesResult:
    """Give a page of traces in the order asked for: at most five, a hundred spans of each.

    A trace of more spans goes on on the next page; its spans come in the order of their starts.

    Raises: InvalidRequestException, ResourceNotFoundException.
    """
    retrieval = _find(request.retrieval_token, ctx)
    format_ = request.trace_format or "XRAY"
    after = read_token(request.next_token, _After) if request.next_token else _After(format_, 0)
    if after.format != format_:
        raise InvalidRequest(f"TraceFormat is {format_}; {after.format}, as on the page before, is accepted")
    traces, token = _page(retrieval.trace_ids, after, ctx)
    return ListRetrievedTracesResult(
        retrieval_status=retrieval.status, trace_format=format_, traces=traces, next_token=token
    )


def get_retrieved_traces_graph(request: GetRetrievedTracesGraphRequest, ctx: Context) -> GetRetrievedTracesGraphResult:
    """Give the graph of the retrieved traces alone, and which traces each service's segments link to.

    Raises: InvalidRequestException, ResourceNotFoundException.
    """
    retrieval = _find(request.retrieval_token, ctx)
    ids = retrieval.trace_ids
    rows = ctx.traces.trace_graph(ctx.account, ids) if ids else []
    services = service_graph(rows, ctx.account, exact_seconds)
    page, token = cut_page(
        services, request.next_token or None, _MOST_SERVICES, lambda service: (service.reference_id, "")
    )
    links = _links(ids, ctx)
    return GetRetrievedTracesGraphResult(
        retrieval_status=retrieval.status,
        services=[
            RetrievedService(
                service=one,
                links=links[NodeKey(one.name, one.type if isinstance(one.type, str) else "")][:_MOST_LINKS],
            )
            for one in page
        ],
        next_token=token,
    )


def _find(token: str, ctx: Context) -> Retrieval:
    retrieval = ctx.retrievals.get(ctx.account, token)
    if retrieval is None:
        raise _unknown(token)
    return retrieval


def _unknown(token: str) -> ResourceNotFound:
    text = f"there is no retrieval {token[:60]!r}; one that began here, and ended less than an hour ago, is accepted"
    return ResourceNotFound(text, ResourceName=token)


def _spelled(trace_id: str) -> str:
    return f"1-{trace_id[:8]}-{trace_id[8:]}" if _W3C.fullmatch(trace_id) else trace_id


def _page(trace_ids: Sequence[str], after: _After, ctx: Context) -> tuple[list[RetrievedTrace], str | UnsetType]:
    show = show_spans if after.format == "OTEL" else show_segments
    traces: list[RetrievedTrace] = []
    characters = 0
    for number, id_ in enumerate(trace_ids[after.trace :], after.trace):
        if len(traces) == _MOST_TRACES or characters > _PAGE_CHARACTERS:
            return traces, write_token(_After(after.format, number))
        trace = _whole(id_, ctx)
        shown = show(trace) if trace is not None else []
        if number == after.trace:
            shown = [one for one in shown if (one.start_s, one.id) > (after.start_s, after.id)]
        if trace is None or not shown:
            continue  # dropped for its age since it was found
        taken: list[Shown] = []
        for one in shown[:_MOST_SPANS]:
            taken.append(one)
            characters += len(one.document)
            if characters > _PAGE_CHARACTERS:
                break
        spans = [Span(id=one.id, document=one.document) for one in taken]
        traces.append(RetrievedTrace(id=id_, duration=trace.duration, spans=spans))
        if len(taken) < len(shown):
            return traces, write_token(_After(after.format, number, taken[-1].start_s, taken[-1].id))
    return traces, UNSET


def _whole(trace_id: str, ctx: Context) -> Trace | None:
    documents = ctx.traces.documents(ctx.account, [trace_id])
    return compile_trace(trace_id, documents) if documents else None


def _links(trace_ids: Sequence[str], ctx: Context) -> dict[NodeKey, list[GraphLink]]:
    """Give the links of every node's segments, and of what is inside them."""
    found: dict[NodeKey, list[GraphLink]] = defaultdict(list)
    for trace_id, documents in _few_at_a_time(trace_ids, ctx):
        if not any(b'"links"' in one.document for one in documents):
            continue
        by_node: dict[NodeKey, dict[str, None]] = defaultdict(dict)
        for segment in compile_trace(trace_id, documents).segments:
            members = msgspec.json.decode(segment.document)
            if members.get("type") != "subsegment":
                by_node[NodeKey(members["name"], members.get("origin", ""))] |= _linked(members)
        for node, linked in by_node.items():
            if linked:
                found[node].append(
                    GraphLink(reference_type=_LINK, source_trace_id=trace_id, destination_trace_ids=list(linked))
                )
    return found


def _few_at_a_time(trace_ids: Sequence[str], ctx: Context) -> Iterator[tuple[str, list[StoredDocument]]]:
    """Give the documents of every trace, without having those of all in memory."""
    for first in range(0, len(trace_ids), _MOST_TRACES):
        few = trace_ids[first : first + _MOST_TRACES]
        documents: dict[str, list[StoredDocument]] = defaultdict(list)
        for document in ctx.traces.documents(ctx.account, few):
            documents[document.trace_id].append(document)
        yield from ((id_, documents[id_.lower()]) for id_ in few)


def _linked(members: dict[str, Any]) -> dict[str, None]:
    ids: dict[str, None] = {}
    stack = [members]
    while stack:
        entity = stack.pop()
        stack += entity.get("subsegments", ())
        links = entity.get("links")
        for link in links if isinstance(links, list) else ():
            id_ = link.get("trace_id") if isinstance(link, dict) else None
            if isinstance(id_, str) and 1 <= len(id_) <= 35:
                ids[_spelled(id_)] = None
    return ids
