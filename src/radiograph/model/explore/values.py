"""Heatmap, Breakdown and Complete: what traces of a window have, and how much of it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from radiograph.model.base import Model, Moment, Request, Timestamp

__all__ = [
    "AttributeKind",
    "BreakdownAttribute",
    "BreakdownRequest",
    "BreakdownResult",
    "BreakdownValue",
    "CompleteRequest",
    "CompleteResult",
    "CompletedValue",
    "HeatmapCell",
    "HeatmapRequest",
    "HeatmapResult",
    "ValueKind",
]

AttributeKind: TypeAlias = Literal["Keyword", "Annotation"]
"""What an attribute is: something every trace may have, or a key of somebody's annotations."""

ValueKind: TypeAlias = Literal["String", "Number", "Boolean"]
"""What a value is in the filter language."""


class HeatmapRequest(Request, frozen=True, kw_only=True):
    """A window, what the traces in it must satisfy, and how fine the grid is."""

    start_time: Moment
    end_time: Moment
    filter_expression: str | None = None
    columns: Annotated[int, Meta(ge=1, le=240)] | None = None
    """60 when absent; not more than there are seconds."""
    rows: Annotated[int, Meta(ge=1, le=60)] | None = None
    """24 when absent."""


class HeatmapCell(Model, frozen=True, kw_only=True):
    """Traces that began in one column and took as long as one row; cells without any are left out."""

    column: int
    row: int
    count: int
    error_count: int
    """Of these, those whose summary has ``HasError``; the others alike. A trace may have several."""
    throttle_count: int
    fault_count: int


class HeatmapResult(Model, frozen=True, kw_only=True):
    """Traces by when they began and how long they took, from the first thing in them to the last."""

    columns: list[Timestamp]
    """When each begins; the last one ends with the window."""
    column_seconds: float
    row_edges: list[float]
    """Durations in seconds between the rows, one more than there are rows, each the same multiple of the one before.
    There are as many rows as asked for, or fewer. Empty when there are no traces."""
    cells: list[HeatmapCell]
    traces_processed_count: int
    sampled_share: float


class BreakdownRequest(Request, frozen=True, kw_only=True):
    """A window, what the traces in it must satisfy, and which of their attributes are asked for."""

    start_time: Moment
    end_time: Moment
    filter_expression: str | None = None
    attributes: Annotated[list[str], Meta(max_length=50)] | None = None
    """Names as the answer has them, such as ``service`` and ``annotation.tenant``; all when absent."""
    most_values: Annotated[int, Meta(ge=1, le=100)] | None = None
    """10 when absent."""


class BreakdownValue(Model, frozen=True, kw_only=True):
    """One value of an attribute, and the traces that have it: a trace may have several."""

    value: str
    kind: ValueKind
    count: int
    fault_count: int
    error_count: int
    throttle_count: int
    median: float
    """Of how long these traces took, in seconds."""
    p95: float
    filter_expression: str
    """The clause that these traces satisfy."""


class BreakdownAttribute(Model, frozen=True, kw_only=True):
    """An attribute and its most frequent values."""

    name: str
    """A keyword of the filter language (``service``, ``rootservice``: names of services) or ``annotation.key``."""
    kind: AttributeKind
    distinct: int
    """How many values there are, those left out too; about so many where there are very many."""
    count: int
    """How many traces have any."""
    values: list[BreakdownValue]


class BreakdownResult(Model, frozen=True, kw_only=True):
    """The attributes of a window's traces, keywords before annotations; those without a value are left out."""

    traces_processed_count: int
    sampled_share: float
    attributes: list[BreakdownAttribute]


class CompleteRequest(Request, frozen=True, kw_only=True):
    """Which values were observed: of a keyword, of an annotation, or (of neither) the keys of annotations."""

    start_time: Moment
    end_time: Moment
    keyword: str | None = None
    """A keyword of the filter language that has texts or numbers; or ``service``."""
    annotation_key: str | None = None
    prefix: str | None = None
    """What they must begin with, whatever its case."""
    most: Annotated[int, Meta(ge=1, le=200)] | None = None
    """20 when absent."""


class CompletedValue(Model, frozen=True, kw_only=True):
    """A value, and how many documents have it."""

    value: str
    kind: ValueKind
    literal: str
    """As it is written in an expression, quoted where it must be."""
    count: int


class CompleteResult(Model, frozen=True, kw_only=True):
    """Values, the most frequent first."""

    values: list[CompletedValue]
    sampled_share: float
