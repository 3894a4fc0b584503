"""The seam for the console's own questions: what a store gives of many traces at once.

Where a window has too many documents to read them all in good time, a store reads a share of the traces (which ones,
their ids decide, always the same) and says how large it was: ``share`` 1 means every one. Counts are of what was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from radiograph.filters.tree import Expression
from radiograph.model.rows import StoredDocument

__all__ = [
    "Arrived",
    "AttributeRow",
    "CellRow",
    "Cells",
    "Compared",
    "ComparedRow",
    "FailedDocuments",
    "KindOfSpan",
    "KindRow",
    "Kinds",
    "OperationRow",
    "OperationRows",
    "SetRow",
    "Tally",
    "TraceExplorer",
    "TraceSelection",
    "ValueRow",
    "Values",
    "Window",
]


class Window(msgspec.Struct, frozen=True):
    """``[start, end)`` in epoch seconds, and what traces in it must satisfy; groups in it are replaced already."""

    start_s: int
    end_s: int
    expression: Expression | None = None


class CellRow(msgspec.Struct, frozen=True, gc=False):
    """Traces of one cell; ``fault`` and ``error`` are their roots', ``throttle`` is of any document."""

    column: int
    row: int
    """⌊16·log₂ µs⌋."""
    count: int
    error: int
    throttle: int
    fault: int


class Cells(msgspec.Struct, frozen=True):
    """A heatmap; cells without traces are left out."""

    cells: list[CellRow]
    share: float


class AttributeRow(msgspec.Struct, frozen=True, gc=False):
    """A value of an attribute over traces; ``value`` is JSON where it is an annotation's."""

    attribute: str
    value: str
    distinct: int
    having: int
    """How many traces have any value of the attribute."""
    count: int
    error: int
    throttle: int
    fault: int
    median_us: int
    p95_us: int


class Tally(msgspec.Struct, frozen=True):
    """Attributes of the traces of a window."""

    rows: list[AttributeRow]
    traces: int
    share: float


class TraceSelection(msgspec.Struct, frozen=True):
    """Traces of a window that satisfy all of it."""

    expression: Expression
    start_s: float | None = None
    end_s: float | None = None
    min_s: float | None = None
    max_s: float | None = None


class SetRow(msgspec.Struct, frozen=True, gc=False):
    """A set of traces; ``number`` is 1 for A, 2 for B."""

    number: int
    count: int
    fault: int
    mean_us: float
    median_us: int
    p95_us: int
    some: list[str]
    """The 32 digits of some traces, chosen at random: 200 at most."""


class ComparedRow(msgspec.Struct, frozen=True, gc=False):
    """How many traces of each set have a value."""

    attribute: str
    value: str
    count_a: int
    count_b: int


class Compared(msgspec.Struct, frozen=True):
    """Two sets, and the values that one has more often than the other."""

    sets: list[SetRow]
    rows: list[ComparedRow]
    share: float


class KindOfSpan(msgspec.Struct, frozen=True):
    """What spans are counted together; None is any, and a ``subsegment`` of None means segments."""

    name: str
    type: str | None = None
    operation: str | None = None
    subsegment: str | None = None
    subsegment_type: str | None = None


class KindRow(msgspec.Struct, frozen=True, gc=False):
    """Spans of one kind: how many, how many failed, and of the completed ones how long they took."""

    number: int
    """Which of the kinds asked for."""
    count: int
    fault: int
    median_us: int
    p90_us: int
    p95_us: int
    p99_us: int


class Kinds(msgspec.Struct, frozen=True):
    """Kinds of span; those without any are left out."""

    rows: list[KindRow]
    share: float


class OperationRow(msgspec.Struct, frozen=True, gc=False):
    """Segments of a service by method and shape of the URL's path."""

    method: str
    path: str
    count: int
    error: int
    throttle: int
    fault: int
    total_us: int
    median_us: int
    p95_us: int
    distinct: int
    all_us: int
    """The time of all operations together."""


class OperationRows(msgspec.Struct, frozen=True):
    """Operations, the most frequent first."""

    rows: list[OperationRow]
    share: float


class ValueRow(msgspec.Struct, frozen=True, gc=False):
    """An observed value and the documents that have it; JSON where it is an annotation's."""

    value: str
    count: int


class Values(msgspec.Struct, frozen=True):
    """Observed values, the most frequent first."""

    rows: list[ValueRow]
    share: float


class FailedDocuments(msgspec.Struct, frozen=True):
    """Documents with an error or a fault in them, of some traces that have any, chosen at random."""

    documents: list[StoredDocument]
    traces: int
    """How many traces these are of."""
    share: float
    """Of all such traces."""


class Arrived(msgspec.Struct, frozen=True):
    """Traces of which something has come, the newest first, and the place in the order of arrival up to which."""

    trace_ids: list[str]
    dropped: int
    sequence: int


class TraceExplorer(Protocol):
    """Answers questions about many traces at once; an answer sees every write that returned before it."""

    def heatmap(self, account: str, window: Window, columns: int) -> Cells:
        """Give a window's traces by when they began (``columns`` of equal length) and how long they took."""

    def breakdown(self, account: str, window: Window, attributes: Sequence[str] | None, most: int) -> Tally:
        """Give the most frequent values of attributes (None: of all), in no order of attributes."""

    def compare(self, account: str, window: Window, a: TraceSelection, b: TraceSelection | None) -> Compared:
        """Give how two sets differ; ``b`` of None is all that is not in A. A trace in both is in A."""

    def kinds(self, account: str, window: Window, kinds: Sequence[KindOfSpan]) -> Kinds:
        """Give how long spans of each kind take; the window's expression is not asked."""

    def operations(self, account: str, window: Window, name: str, type_: str | None, most: int) -> OperationRows:
        """Give what a service is asked for; the window's expression is not asked."""

    def values(self, account: str, window: Window, keyword: str, key: str, prefix: str, most: int) -> Values:
        """Give observed values of a keyword, or of an annotation's ``key``, or (keyword ``annotation``) keys."""

    def failed(self, account: str, window: Window, service: str | None, most_traces: int) -> FailedDocuments:
        """Give the documents of at most so many traces with an error or a fault, of a service or of any."""

    def arrived(self, account: str, after: int | None, expression: Expression | None, most: int) -> Arrived:
        """Give which traces have come after a place in the order of arrival; of None, nothing but the place now."""
