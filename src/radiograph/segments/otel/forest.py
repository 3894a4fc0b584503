"""Which of a batch's spans are inside which, and which begin what a service does."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .span import OtelSpan

__all__ = ["Forest", "plant"]

_MOST_DEEP = 100
"""Levels of subsegments in a document; what is deeper is a document of its own."""
_REMOTE = 0x300
"""Of a span's flags: it is known, and so, that its parent is in another process."""
_LOCAL_ROOT = "LOCAL_ROOT"


class Forest(msgspec.Struct, frozen=True):
    """Places (indices of spans) and what they are to each other."""

    roots: set[int]
    """Of documents."""
    segments: set[int]
    """Those of the roots that are a service's segment; the others belong into a segment that came, or comes, apart."""
    children: list[list[int]]
    """Of each place, by time of their start."""
    order: list[int]
    """Every place once, parents first."""


def plant(spans: Sequence[OtelSpan]) -> Forest:
    """Give the forest of a batch, whatever its spans say of their parents: circles are cut."""
    places: dict[tuple[str, str], int] = {}
    for place, span in enumerate(spans):
        places.setdefault((span.trace_id, span.span_id), place)
    roots: set[int] = set()
    segments: set[int] = set()
    children: list[list[int]] = [[] for _ in spans]
    for place, span in enumerate(spans):
        parent = places.get((span.trace_id, span.parent_span_id)) if span.parent_span_id else None
        if begins_service(span, spans[parent] if parent is not None else None):
            segments.add(place)
            roots.add(place)
        elif parent is None:
            roots.add(place)
        else:
            children[parent].append(place)
    return Forest(roots, segments, children, _parents_first(spans, roots, children))


def begins_service(span: OtelSpan, parent: OtelSpan | None) -> bool:
    """Whether a span is the first of what its service does in the trace. ``parent`` is None when it did not come along.

    Beyond the exporter: a parent that is known to be in another process, or came along and is another service's.
    """
    return (
        span.kind == "SERVER"
        or not span.parent_span_id
        or span.parent_span_id == span.span_id
        or span.flags & _REMOTE == _REMOTE
        or span.attributes.get("aws.span.kind") == _LOCAL_ROOT
        or (parent is not None and parent.resource is not span.resource and parent.resource != span.resource)
    )


def _parents_first(spans: Sequence[OtelSpan], roots: set[int], children: list[list[int]]) -> list[int]:
    for those in children:
        if len(those) > 1:
            those.sort(key=lambda place: spans[place].start_unix_nano)
    order: list[int] = []
    level = sorted(roots)
    depth = 0
    seen = bytearray(len(spans))
    unseen = iter(range(len(spans)))
    while True:
        while level:
            order += level
            for place in level:
                seen[place] = 1
            depth += 1
            below = [child for place in level for child in children[place]]
            if depth % _MOST_DEEP == 0:
                roots.update(below)
                for place in level:
                    children[place] = []
            level = below
        # What no root leads to goes in a circle.
        start = next((place for place in unseen if not seen[place]), None)
        if start is None:
            return order
        _cut(start, spans, children)
        roots.add(start)
        level, depth = [start], 0


def _cut(place: int, spans: Sequence[OtelSpan], children: list[list[int]]) -> None:
    parent = (spans[place].trace_id, spans[place].parent_span_id)
    for other, span in enumerate(spans):
        if (span.trace_id, span.span_id) == parent and place in children[other]:
            children[other].remove(place)
