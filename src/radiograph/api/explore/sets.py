"""Explain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt
from statistics import median

from radiograph.api.context import Context
from radiograph.api.expressions import expression_of
from radiograph.errors import InvalidRequest
from radiograph.filters.tree import Everything
from radiograph.model.base import epoch
from radiograph.model.explore import (
    AttributeDifference,
    ExplainRequest,
    ExplainResult,
    StructureHop,
    TraceSet,
    TraceSetStatistics,
)
from radiograph.model.rows import StoredDocument
from radiograph.segments.structure import Hop, Path, lay_over
from radiograph.storage.interfaces.explorer import ComparedRow, SetRow, TraceSelection

from .clauses import told
from .windows import window_of

__all__ = ["explain"]

_DIFFERENCES, _HOPS, _TRACES = 30, 200, 100
_FEW_TRACES, _FEW_HAVING = 30, 10
_Z = 1.96
_NOBODY = SetRow(0, 0, 0, 0.0, 0, 0, [])


def explain(request: ExplainRequest, ctx: Context) -> ExplainResult:
    """Give what tells one set of traces from another: values by whose shares they differ, and where time goes.

    What goes along with a difference need not be its reason: nothing here says so.

    Raises: InvalidRequestException.
    """
    window = window_of(request, ctx, request.filter_expression)
    a = _selection("SetA", request.set_a, ctx)
    b = None if request.set_b is None else _selection("SetB", request.set_b, ctx)
    found = ctx.traces.compare(ctx.account, window, a, b)
    sets = {row.number: row for row in found.sets}
    of_a, of_b = sets.get(1, _NOBODY), sets.get(2, _NOBODY)
    differences = [_difference(row, of_a.count, of_b.count) for row in found.rows]
    differences = [one for one in differences if one.divergence > 0 or one.is_small]
    differences.sort(key=lambda one: (-one.divergence, -abs(one.share_a - one.share_b), one.attribute, one.value))
    laid_a, laid_b = (_laid(ctx, row.some[:_TRACES]) for row in (of_a, of_b))
    count_a, count_b = min(len(of_a.some), _TRACES), min(len(of_b.some), _TRACES)
    return ExplainResult(
        set_a=_statistics(of_a),
        set_b=_statistics(of_b),
        sampled_share=found.share,
        differences=differences[: request.most or _DIFFERENCES],
        structure=_structure(laid_a, laid_b, count_a, count_b),
        structure_count_a=count_a,
        structure_count_b=count_b,
    )


def _selection(name: str, asked: TraceSet, ctx: Context) -> TraceSelection:
    low, high = asked.min_duration, asked.max_duration
    if low is not None and high is not None and low >= high:
        raise InvalidRequest(f"{name} has MinDuration {low:g} and MaxDuration {high:g}; the smaller first is accepted")
    return TraceSelection(
        expression_of(asked.filter_expression, ctx) or Everything(),
        None if asked.start_time is None else epoch(asked.start_time),
        None if asked.end_time is None else epoch(asked.end_time),
        low,
        high,
    )


def _statistics(row: SetRow) -> TraceSetStatistics:
    return TraceSetStatistics(
        count=row.count,
        mean=row.mean_us / 1e6,
        median=row.median_us / 1e6,
        p95=row.p95_us / 1e6,
        fault_count=row.fault,
        is_small=row.count < _FEW_TRACES,
    )


def _difference(row: ComparedRow, all_a: int, all_b: int) -> AttributeDifference:
    value, _, clause = told(row.attribute, row.value)
    share_a, share_b = row.count_a / max(all_a, 1), row.count_b / max(all_b, 1)
    # Adding one that has it and one that has not keeps the spread honest where shares are 0 or 1.
    p, q = (row.count_a + 1) / (all_a + 2), (row.count_b + 1) / (all_b + 2)
    spread = _Z * sqrt(p * (1 - p) / (all_a + 2) + q * (1 - q) / (all_b + 2))
    return AttributeDifference(
        attribute=row.attribute,
        value=value,
        count_a=row.count_a,
        count_b=row.count_b,
        share_a=share_a,
        share_b=share_b,
        divergence=max(abs(share_a - share_b) - spread, 0.0),
        is_small=row.count_a + row.count_b < _FEW_HAVING or min(all_a, all_b) < _FEW_TRACES,
        filter_expression=clause,
    )


def _laid(ctx: Context, digits: Sequence[str]) -> dict[Path, Hop]:
    traces: dict[str, list[StoredDocument]] = defaultdict(list)
    ids = [f"1-{one[:8]}-{one[8:]}" for one in digits]
    for document in ctx.traces.documents(ctx.account, ids) if ids else ():
        traces[document.trace_id].append(document)
    return lay_over(traces.values())


def _structure(a: dict[Path, Hop], b: dict[Path, Hop], count_a: int, count_b: int) -> list[StructureHop]:
    """Give the places that matter most, whichever way, with all that is above them."""
    hops = {path: _hop(path, a.get(path), b.get(path), count_a, count_b) for path in {**a, **b}}
    ranked = sorted(hops, key=lambda path: (-abs(hops[path].contribution), path))
    kept: dict[Path, None] = {}
    for path in ranked:
        if len(kept) >= _HOPS:
            break
        kept |= {path[:n]: None for n in range(1, len(path) + 1) if path[:n] in hops}
    return [hops[path] for path in sorted(kept)]


def _hop(path: Path, a: Hop | None, b: Hop | None, count_a: int, count_b: int) -> StructureHop:
    self_a = a.own_us / count_a / 1e6 if a is not None else 0.0
    self_b = b.own_us / count_b / 1e6 if b is not None else 0.0
    return StructureHop(
        path=[name for name, _ in path],
        name=path[-1][0],
        type=path[-1][1],
        count_a=len(a.took_us) if a is not None else 0,
        count_b=len(b.took_us) if b is not None else 0,
        median_a=median(a.took_us) / 1e6 if a is not None else 0.0,
        median_b=median(b.took_us) / 1e6 if b is not None else 0.0,
        self_a=self_a,
        self_b=self_b,
        contribution=self_a - self_b,
    )
