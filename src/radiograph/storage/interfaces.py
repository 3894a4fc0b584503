"""The seam between Radiograph and whatever stores its traces: what a store MUST and MAY do.

Everything is asked within one ``account`` (12 digits). Every method blocks, and may be called from any thread.
A store that cannot answer raises ``errors.ServiceUnavailable``; it MUST NOT answer with less than it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from radiograph.model.graph_rows import GraphRow, NodeKey
from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.model.sampling import SamplingRuleRecord
from radiograph.model.windows import TraceWindow, WindowPage

__all__ = ["SegmentWriter", "SettingsStore", "TraceReader"]


class SegmentWriter(Protocol):
    """Takes documents in the order of the journal."""

    def write(self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]) -> None:
        """Return once both, which go in pairs, are on stable storage.

        MUST keep, of rows with equal (trace id, id), the one with the highest version, so that writing the same
        batch twice changes nothing (in the graph, as long as both begin in the same minute). MAY keep the others for
        a while, as long as no answer shows them.

        Raises: ServiceUnavailable when this batch is not stored; StoreLost when earlier ones are no longer either.
        """


class TraceReader(Protocol):
    """Answers questions about what has been written; an answer sees every write that returned before it.

    Two things MAY take seconds longer: an edge between two documents of which one came long after the other, and the
    client's edge to a segment whose caller is not known.
    """

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        """Give every document of these traces, one a (trace id, id), in no order. Unknown ids give nothing."""

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        """Give the columns of every document of these traces, one a (trace id, id), in no order."""

    def traces_in(self, account: str, window: TraceWindow, limit: int) -> WindowPage:
        """Give at most ``limit`` traces of a window, newest first, ties by descending trace id.

        MUST NOT give a trace at or after ``window.before``, so that pages do not overlap while traces arrive.
        """

    def graph(self, account: str, start_s: int, end_s: int) -> list[GraphRow]:
        """Give nodes and edges of the minutes that ``[start, end)`` touches, summed over them."""

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        """Give nodes and edges of these traces alone, buckets exact to the millisecond."""

    def series(
        self, account: str, start_s: int, end_s: int, period_s: int, caller: NodeKey | None, callee: NodeKey | None
    ) -> list[GraphRow]:
        """Give a node's or an edge's rows by period; ``minute`` is the period's start.

        ``callee`` alone: the node. Both: the edge. Neither: every edge from a client. An empty name or type in a
        key matches any.
        """


class SettingsStore(Protocol):
    """Keeps small things that an operator sets."""

    def sampling_rules(self, account: str) -> list[SamplingRuleRecord]:
        """Give the account's rules, by (priority, name)."""

    def add_sampling_rule(self, account: str, record: SamplingRuleRecord) -> None:
        """Keep a rule, unless one of its name is there; return once it is on stable storage."""
