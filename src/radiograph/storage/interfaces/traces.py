"""What a store of traces promises: a writer, and whom questions are asked of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from radiograph.filters.tree import Expression
from radiograph.model.graph_rows import GraphRow, NodeKey
from radiograph.model.rows import EncodedSegments, StoredDocument, StoredSegment
from radiograph.model.windows import TraceWindow, WindowPage

from .explorer import TraceExplorer

__all__ = ["Reading", "SegmentWriter", "TraceGroup", "TraceReader"]

Reading = Callable[[str, list[StoredDocument]], list[StoredDocument]]
"""From an account and documents as they are kept, to those of them that can be read, as they were sent.

A store MUST have it look at every document before anything else does.
"""


class TraceGroup(msgspec.Struct, frozen=True):
    """A group as a store needs it: what it matches, from when on (epoch seconds). Groups in it are replaced already."""

    arn: str
    expression: Expression
    since_s: float


class SegmentWriter(Protocol):
    """Takes documents in the order of the journal."""

    def encode(
        self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]
    ) -> EncodedSegments:
        """Give both, which go in pairs, as bytes for :meth:`write`. Touches no storage; best for some hundred rows.

        Raises: any error when a row cannot be encoded.
        """

    def write(self, account: str, encoded: Sequence[EncodedSegments]) -> None:
        """Return once all of it is on stable storage.

        MUST keep, of rows with equal (trace id, id), the one with the highest version, so that writing the same
        batch twice changes nothing (in the graph, as long as both begin in the same minute). MAY keep the others for
        a while, as long as no answer shows them.

        Raises: ServiceUnavailable when this batch is not stored; StoreLost when earlier ones are no longer either.
        """


class TraceReader(TraceExplorer, Protocol):
    """Answers questions about what has been written; an answer sees every write that returned before it.

    Three things MAY take seconds longer: an edge between two documents of which one came long after the other, the
    client's edge to a segment whose caller is not known, and an edge along which an event came from another trace.
    """

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        """Give every document of these traces, one a (trace id, id), in no order. Unknown ids give nothing."""

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        """Give the columns of every document of these traces, one a (trace id, id), in no order."""

    def traces_in(
        self, account: str, window: TraceWindow, limit: int, expression: Expression | None = None
    ) -> WindowPage:
        """Give at most ``limit`` traces of a window that satisfy an expression, newest first, ties by descending id.

        MUST NOT give a trace at or after ``window.before``, so that pages do not overlap while traces arrive. MAY end
        a page early, and say what it ``reached``. Groups in the expression are replaced already. How many traces were
        looked at MAY be an estimate when they are many.
        """

    def graph(self, account: str, start_s: int, end_s: int, group: TraceGroup | None = None) -> list[GraphRow]:
        """Give nodes and edges of the minutes that ``[start, end)`` touches; several rows of one add up.

        An edge along which events came is of the minutes in which they were received, whenever they were sent.
        Of a group: of the traces that matched it when they came, or may have until their minute is counted.
        """

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        """Give nodes and edges of these traces alone, buckets exact to the millisecond; several rows of one add up.

        Events may have come from any trace.
        """

    def series(
        self,
        account: str,
        start_s: int,
        end_s: int,
        period_s: int,
        caller: NodeKey | None,
        callee: NodeKey | None,
        group: TraceGroup | None = None,
    ) -> list[GraphRow]:
        """Give a node's or an edge's rows by period; ``minute`` is the period's start.

        ``callee`` alone: the node. Both: the edge. Neither: every edge from a client. An empty name or type in a
        key matches any. Edges are those of calls.
        """

    def matched(self, account: str, group_arn: str, start_s: int, end_s: int) -> dict[int, int]:
        """Give how many traces that began in each counted minute of ``[start, end)`` matched a group."""
