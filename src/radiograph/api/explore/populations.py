"""Typical · Operations."""

from __future__ import annotations

from collections.abc import Iterator

from radiograph.api.context import Context
from radiograph.errors import InvalidRequest
from radiograph.filters import format_expression
from radiograph.filters.tree import And, Compare, Expression, Field, NodePattern, Service
from radiograph.model.explore import (
    OperationsRequest,
    OperationsResult,
    OperationStatistics,
    SpanPopulation,
    TypicalRequest,
    TypicalResult,
)
from radiograph.model.rows import StoredSegment
from radiograph.storage.interfaces.explorer import KindOfSpan, KindRow, OperationRow

from .windows import window_of

__all__ = ["operations", "typical"]

_OPERATIONS, _MOST_KINDS = 100, 500


def typical(request: TypicalRequest, ctx: Context) -> TypicalResult:
    """Give how long spans of some kinds take: those asked for, and those of a trace.

    Subsegments count within segments that were sent whole; those sent alone are not known to be of a service.

    Raises: InvalidRequestException.
    """
    window = window_of(request, ctx, None)
    if request.operations is None and request.trace_id is None:
        raise InvalidRequest("neither Operations nor TraceId is there; one of them is accepted, or both")
    spans: dict[KindOfSpan, list[str]] = {}
    for one in request.operations or ():
        spans.setdefault(KindOfSpan(one.name, one.type, one.operation, one.subsegment, one.subsegment_type), [])
    if request.trace_id is not None:
        for row in ctx.traces.segments(ctx.account, [request.trace_id]):
            for kind, id_ in _kinds_of(row):
                if kind in spans or len(spans) < _MOST_KINDS:
                    spans.setdefault(kind, []).append(f"{id_:016x}")
    kinds = list(spans)
    found = ctx.traces.kinds(ctx.account, window, kinds)
    rows = {row.number: row for row in found.rows}
    return TypicalResult(
        operations=[_population(kind, rows.get(n), spans[kind]) for n, kind in enumerate(kinds)],
        sampled_share=found.share,
    )


def _kinds_of(row: StoredSegment) -> Iterator[tuple[KindOfSpan, int]]:
    if not row.segment:
        return
    yield KindOfSpan(row.name, row.type), row.id
    for id_, name, type_ in zip(row.sub_id, row.sub_name, row.sub_type, strict=True):
        yield KindOfSpan(row.name, row.type, None, name, type_), id_


def _population(kind: KindOfSpan, row: KindRow | None, span_ids: list[str]) -> SpanPopulation:
    row = row or KindRow(0, 0, 0, 0, 0, 0, 0)
    return SpanPopulation(
        name=kind.name,
        type=kind.type or "",
        operation=kind.operation or "",
        subsegment=kind.subsegment or "",
        subsegment_type=kind.subsegment_type or "",
        count=row.count,
        median=row.median_us / 1e6,
        p90=row.p90_us / 1e6,
        p95=row.p95_us / 1e6,
        p99=row.p99_us / 1e6,
        fault_share=row.fault / row.count if row.count else 0.0,
        span_ids=span_ids,
    )


def operations(request: OperationsRequest, ctx: Context) -> OperationsResult:
    """Give what a service is asked for, by method and by the shape of the URL's path.

    Raises: InvalidRequestException.
    """
    window = window_of(request, ctx, None)
    name, type_ = request.service_name, request.type
    found = ctx.traces.operations(ctx.account, window, name, type_, request.most or _OPERATIONS)
    return OperationsResult(
        operations=[_statistics(row, NodePattern(name, type_)) for row in found.rows],
        distinct=found.rows[0].distinct if found.rows else 0,
        sampled_share=found.share,
    )


def _statistics(row: OperationRow, node: NodePattern) -> OperationStatistics:
    terms: list[Expression] = []
    if row.method:
        terms.append(Compare(Field("http.method"), "=", row.method))
    # What stands before the first identifier: the language has no pattern for the rest.
    literal = row.path.split("*")[0]
    if literal.strip("/"):
        terms.append(Compare(Field("http.url"), "CONTAINS", literal))
    block = None if not terms else terms[0] if len(terms) == 1 else And(tuple(terms))
    return OperationStatistics(
        operation=f"{row.method} {row.path}".strip(),
        method=row.method,
        path=row.path,
        count=row.count,
        fault_count=row.fault,
        error_count=row.error,
        throttle_count=row.throttle,
        median=row.median_us / 1e6,
        p95=row.p95_us / 1e6,
        share_of_time=row.total_us / row.all_us if row.all_us else 0.0,
        filter_expression=format_expression(Service(node, block)) if block is not None else "",
    )
