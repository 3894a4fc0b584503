"""Nodes and edges as the store counts them, before they become Services and Edges."""

from __future__ import annotations

import msgspec

__all__ = ["DURATION", "EDGE", "LINK", "RESPONSE", "GraphRow", "NodeKey"]

RESPONSE, DURATION, EDGE, LINK = 1, 2, 3, 4
"""Kinds of row: a node's response times, a node's durations, an edge, a link along which events came."""


class NodeKey(msgspec.Struct, frozen=True):
    """What makes a node one: its name and type (empty when unknown), and whose it is."""

    name: str
    type: str = ""
    account: str = ""
    """The account that shares it, or empty; of a node that is asked for, any account's number, or empty for all."""


class GraphRow(msgspec.Struct, frozen=True, gc=False):
    """A node or an edge, counted over a period. Times are microseconds."""

    minute: int
    """Epoch seconds of the period's start; 0 when periods are summed."""
    kind: int
    caller_name: str
    caller_type: str
    """``client`` for the edge that enters a root node."""
    name: str
    type: str
    active: bool
    """The node sent segments itself."""
    ok: int
    error: int
    throttle: int
    fault: int
    total_us: int
    first_us: int
    last_us: int
    buckets: list[int]
    """⌊8·log₂ µs⌋ each, or whole milliseconds where the question asks for exact values."""
    counts: list[int]
    """Completed requests in each bucket. Of a link: events, by their age when they were received."""
    aliases: list[str] = []
    """Of an edge: what its callers call the node, where it calls itself something else; at most 8, ascending."""
    source: str = ""
    """The account that shares the node; empty for the account's own, and for nodes that only their callers know."""
    caller_source: str = ""
