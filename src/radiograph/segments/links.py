"""Linked traces: what events a segment says it has received, and where in its trace each of them was sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from radiograph.model.document import SegmentDocument, Subsegment
from radiograph.model.rows import Link, Origin

from .clean import MAX_NAME, is_entity_id
from .derive import inferred_node, waits_for_callee
from .forest import microseconds

__all__ = ["origins", "received"]

_TRACE_ID = re.compile(r"(?:1-)?([0-9a-f]{8})-?([0-9a-f]{24})")


def received(links: Any) -> tuple[Link, ...]:
    """Give the links in the member of that name, which may be any JSON, once each; what names no entity goes.

    A trace may be spelled as X-Ray or as W3C spells it.

    Source: "Tracing event-driven applications" (developer guide).
    """
    given = links if isinstance(links, list) else ()
    return tuple(dict.fromkeys(one for one in map(_link, given) if one is not None))


def _link(given: object) -> Link | None:
    if not isinstance(given, dict):
        return None
    trace_id, id_ = given.get("trace_id"), given.get("id")
    if not isinstance(trace_id, str) or not isinstance(id_, str) or not is_entity_id(id_):
        return None
    spelled = _TRACE_ID.fullmatch(trace_id.lower())
    return Link(f"1-{spelled[1]}-{spelled[2]}", int(id_, 16)) if spelled else None


def origins(
    documents: Iterable[SegmentDocument], wanted: Collection[int], sources: Mapping[str, str] = MappingProxyType({})
) -> dict[int, Origin]:
    """Give where each wanted segment or subsegment of a trace sent an event from, as far as its documents tell.

    A call that nobody answers has put the event into what it calls: a queue, a topic. Otherwise the event came from
    the segment whose work the sender is. ``sources`` gives which account shares a document, by the document's id.

    Source: spec of the service graph, "Linked traces"; the developer guide's edge is the one from queue to consumer.
    """
    trace = _Trace(documents, sources)
    found = {id_: trace.origin(id_) for id_ in wanted}
    return {id_: origin for id_, origin in found.items() if origin is not None}


class _Trace:
    def __init__(self, documents: Iterable[SegmentDocument], sources: Mapping[str, str]) -> None:
        self.sources = sources
        self.holders: dict[int, SegmentDocument] = {}
        """By the id of a segment or subsegment: the document it is in."""
        self.calls: dict[int, Subsegment] = {}
        """Every subsegment."""
        self.called: set[int] = set()
        """What a segment says has called it."""
        ordered = sorted(documents, key=lambda one: one.id)
        for document in ordered:
            stack = [document.subsegments] if document.subsegments else []
            while stack:
                for part in stack.pop():
                    if is_entity_id(part.id):
                        self.holders[int(part.id, 16)] = document
                        self.calls[int(part.id, 16)] = part
                    if part.subsegments:
                        stack.append(part.subsegments)
        for document in ordered:
            id_ = int(document.id, 16)
            self.holders[id_] = document
            if document.type == "subsegment":
                self.calls[id_] = document
            elif document.parent_id:
                self.called.add(int(document.parent_id, 16))

    def origin(self, id_: int) -> Origin | None:
        document = self.holders.get(id_)
        if document is None:
            return None
        call = self.calls.get(id_)
        sent_us = microseconds((call or document).start_time)
        if call is not None and id_ not in self.called and not waits_for_callee(call.http, call.traced):
            node = inferred_node(call.name[:MAX_NAME], call.namespace, call.aws, bool(call.sql))
            if node is not None:
                return Origin(*node, sent_us)
        owner = self.owner(document)
        if owner is None:
            return None
        return Origin(owner.name, owner.origin or "", sent_us, self.sources.get(owner.id.lower(), ""))

    def owner(self, document: SegmentDocument) -> SegmentDocument | None:
        """The segment whose work a document is; None when its parents lead nowhere, or in a circle."""
        seen: set[str] = set()
        here: SegmentDocument | None = document
        while here is not None and here.type == "subsegment":
            if here.id in seen or not here.parent_id:
                return None
            seen.add(here.id)
            here = self.holders.get(int(here.parent_id, 16))
        return here
