"""Heatmap · Breakdown · Complete."""

from __future__ import annotations

from collections import defaultdict
from math import ceil

from radiograph.api.context import Context
from radiograph.errors import InvalidRequest
from radiograph.model.explore import (
    BreakdownAttribute,
    BreakdownRequest,
    BreakdownResult,
    BreakdownValue,
    CompletedValue,
    CompleteRequest,
    CompleteResult,
    HeatmapCell,
    HeatmapRequest,
    HeatmapResult,
)
from radiograph.storage.interfaces.explorer import AttributeRow, CellRow

from .clauses import ANNOTATION, KEYWORDS, literal, told
from .windows import window_of

__all__ = ["breakdown", "complete", "heatmap"]

_COLUMNS, _ROWS, _VALUES, _COMPLETIONS = 60, 24, 10, 20
_COMPLETED = {*KEYWORDS, "name", "type"} - {"rootservice"}


def heatmap(request: HeatmapRequest, ctx: Context) -> HeatmapResult:
    """Give a window's traces by when they began and how long they took.

    Raises: InvalidRequestException.
    """
    window = window_of(request, ctx, request.filter_expression)
    columns = min(request.columns or _COLUMNS, window.end_s - window.start_s)
    found = ctx.traces.heatmap(ctx.account, window, columns)
    width = (window.end_s - window.start_s) / columns
    lowest = min((cell.row for cell in found.cells), default=0)
    steps = max((cell.row for cell in found.cells), default=-1) - lowest + 1
    step = ceil(steps / (request.rows or _ROWS)) or 1
    cells: dict[tuple[int, int], list[CellRow]] = defaultdict(list)
    for cell in found.cells:
        cells[cell.column, (cell.row - lowest) // step].append(cell)
    return HeatmapResult(
        columns=[window.start_s + n * width for n in range(columns)],
        column_seconds=width,
        row_edges=[2 ** ((lowest + n * step) / 16) / 1e6 for n in range(ceil(steps / step) + 1)] if steps else [],
        cells=[_cell(column, row, some) for (column, row), some in sorted(cells.items())],
        traces_processed_count=sum(cell.count for cell in found.cells),
        sampled_share=found.share,
    )


def _cell(column: int, row: int, some: list[CellRow]) -> HeatmapCell:
    return HeatmapCell(
        column=column,
        row=row,
        count=sum(one.count for one in some),
        error_count=sum(one.error for one in some),
        throttle_count=sum(one.throttle for one in some),
        fault_count=sum(one.fault for one in some),
    )


def breakdown(request: BreakdownRequest, ctx: Context) -> BreakdownResult:
    """Give the most frequent values of attributes of a window's traces.

    Raises: InvalidRequestException, for an attribute that is none with those that are.
    """
    window = window_of(request, ctx, request.filter_expression)
    for name in request.attributes or ():
        if name not in KEYWORDS and not name.startswith(ANNOTATION):
            raise InvalidRequest(f"Attributes has {name!r}; {', '.join(KEYWORDS)} and annotation.<key> are accepted")
    found = ctx.traces.breakdown(ctx.account, window, request.attributes, request.most_values or _VALUES)
    rows: dict[str, list[AttributeRow]] = defaultdict(list)
    for row in found.rows:
        rows[row.attribute].append(row)
    annotations = sorted(name for name in rows if name.startswith(ANNOTATION))
    return BreakdownResult(
        traces_processed_count=found.traces,
        sampled_share=found.share,
        attributes=[_attribute(name, rows[name]) for name in (*KEYWORDS, *annotations) if name in rows],
    )


def _attribute(name: str, rows: list[AttributeRow]) -> BreakdownAttribute:
    return BreakdownAttribute(
        name=name,
        kind="Annotation" if name.startswith(ANNOTATION) else "Keyword",
        distinct=rows[0].distinct,
        count=rows[0].having,
        values=[_value(row) for row in rows],
    )


def _value(row: AttributeRow) -> BreakdownValue:
    value, kind, clause = told(row.attribute, row.value)
    return BreakdownValue(
        value=value,
        kind=kind,
        count=row.count,
        fault_count=row.fault,
        error_count=row.error,
        throttle_count=row.throttle,
        median=row.median_us / 1e6,
        p95=row.p95_us / 1e6,
        filter_expression=clause,
    )


def complete(request: CompleteRequest, ctx: Context) -> CompleteResult:
    """Give observed values of a keyword or an annotation, or the keys of annotations.

    Raises: InvalidRequestException, for a keyword that has no values to give with those that have.
    """
    window = window_of(request, ctx, None)
    keyword = request.keyword.lower() if request.keyword is not None else None
    if keyword is not None and request.annotation_key is not None:
        raise InvalidRequest("Keyword and AnnotationKey are both there; one of them is accepted")
    if keyword is not None and keyword not in _COMPLETED:
        raise InvalidRequest(f"Keyword is {request.keyword!r}; {', '.join(sorted(_COMPLETED))} are accepted")
    attribute = "service" if keyword == "name" else keyword or ANNOTATION.rstrip(".")
    if request.annotation_key is not None:
        attribute = ANNOTATION
    most, key = request.most or _COMPLETIONS, request.annotation_key or ""
    found = ctx.traces.values(ctx.account, window, attribute, key, request.prefix or "", most)
    values = []
    for row in found.rows:
        value, kind, _ = told(attribute + key, row.value)
        count = row.count
        values.append(CompletedValue(value=value, kind=kind, literal=literal(value, kind), count=count))
    return CompleteResult(values=values, sampled_share=found.share)
