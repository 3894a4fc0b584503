"""Stored documents to whole traces: merged by id, subsegments nested, the nodes of calls inferred.

Works on open JSON objects, because every member that is not ours to understand must come out as it went in.

Source: "AWS X-Ray segment documents"; spec of BatchGetTraces, "Compilation"; AWS X-Ray quotas, "trace document size".
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec

from radiograph.model.document import ApiCall
from radiograph.model.rows import COMPLETE, StoredDocument
from radiograph.model.traces import Segment, Trace

from .clean import clean
from .derive import inferred_node

__all__ = ["compile_trace"]

Members: TypeAlias = dict[str, Any]
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_COPIED = ("http", "aws", "error", "throttle", "fault", "cause", "in_progress")
_DEEPEST = 200
"""Subsegments inside one another, over all documents: what readers of JSON can follow."""


def compile_trace(trace_id: str, documents: Sequence[StoredDocument], most_bytes: int = 0) -> Trace:
    """Give a trace of these documents, at least one, the newest of each id.

    Of one that is larger than ``most_bytes`` (0: any) it has the documents that came first, and says so.

    A subsegment sent alone stands inside its parent wherever that is; one whose parent never came, or is inside
    itself, stands at top level. A call to something that sent no segment of its own is followed by an inferred
    segment.
    """
    kept = _first(documents, most_bytes) if most_bytes else documents
    entities = _merged([clean(_decode(document.document)) for document in kept])
    top = _nest(trace_id, entities)
    called = {entity.members.get("parent_id", "").lower() for entity in top if entity.is_segment}
    everything = [entity.members for entity in sorted(entities.values(), key=_order)]
    inferred = [
        _inferred(trace_id, members)
        for members in everything
        if members.get("namespace") in ("aws", "remote")
        and not entities[members["id"].lower()].is_segment
        and members["id"].lower() not in called
        and not _waits(members)
    ]
    start = min(members["start_time"] for members in everything)
    end = max(members["end_time"] if "end_time" in members else members["start_time"] for members in everything)
    segments = [*(entity.members for entity in sorted(top, key=_order)), *inferred]
    return Trace(
        id=trace_id,
        duration=round(end - start, 6),
        limit_exceeded=len(kept) < len(documents),
        segments=[Segment(id=members["id"], document=_encode(members).decode()) for members in segments],
    )


def _first(documents: Sequence[StoredDocument], most_bytes: int) -> Sequence[StoredDocument]:
    """The documents that came before one was too many; the very first in any case."""
    size, kept = 0, list[StoredDocument]()
    for document in sorted(documents, key=lambda one: one.version & ~COMPLETE):
        size += len(document.document)
        if kept and size > most_bytes:
            break
        kept.append(document)
    return kept


class _Entity:
    """A segment or subsegment of a trace, wherever and however often it was sent."""

    __slots__ = ("embedded", "is_segment", "members", "parent")

    def __init__(self, members: Members, is_segment: bool, parent: str, embedded: bool) -> None:
        self.members, self.is_segment = members, is_segment
        self.parent, self.embedded = parent, embedded
        """The id, in lower case, of what the entity stands in."""

    def meet(self, other: _Entity) -> None:
        """Take in another telling of the same entity; what is complete counts."""
        if self.is_segment and other.embedded:
            return
        if "end_time" in other.members and "end_time" not in self.members:
            self.members.pop("in_progress", None)
            self.members.update(other.members)
        else:
            for name, value in other.members.items():
                self.members.setdefault(name, value)
        if other.is_segment or (other.embedded and not self.embedded):
            self.is_segment, self.parent, self.embedded = other.is_segment, other.parent, other.embedded


def _merged(documents: list[Members]) -> dict[str, _Entity]:
    """Give every entity by id, in lower case; children are known by their parents only."""
    entities: dict[str, _Entity] = {}
    stack = [(document, "") for document in sorted(documents, key=lambda document: document["id"], reverse=True)]
    while stack:
        members, holder = stack.pop()
        id_ = members["id"].lower()
        stack += [(child, id_) for child in reversed(members.get("subsegments", ()))]
        if "subsegments" in members:
            members["subsegments"] = []
        is_segment = not holder and members.get("type") != "subsegment"
        parent = holder or ("" if is_segment else members["parent_id"].lower())
        entity = _Entity(members, is_segment, parent, embedded=bool(holder))
        if id_ in entities:
            entities[id_].meet(entity)
        else:
            entities[id_] = entity
    return entities


def _nest(trace_id: str, entities: dict[str, _Entity]) -> list[_Entity]:
    """Put every subsegment into its parent; give what stands alone."""
    inside: dict[str, list[_Entity]] = defaultdict(list)
    for entity in sorted(entities.values(), key=_order):
        if not entity.is_segment and entity.parent in entities:
            inside[entity.parent].append(entity)
    top: list[_Entity] = []
    placed = set[int]()

    def place(root: _Entity) -> None:
        top.append(root)
        placed.add(id(root))
        stack = [(root, 1)]
        while stack:
            entity, depth = stack.pop()
            for child in inside.get(entity.members["id"].lower(), ()):
                if id(child) in placed or depth >= _DEEPEST:
                    continue
                placed.add(id(child))
                entity.members.setdefault("subsegments", []).append(child.members)
                stack.append((child, depth + 1))

    for entity in entities.values():
        if entity.is_segment or entity.parent not in entities:
            place(entity)
    for entity in entities.values():
        # What is left goes in circles, or too deep: it stands alone too, and says whose it is.
        if id(entity) not in placed:
            alone = {"trace_id": trace_id, "type": "subsegment", "parent_id": entity.parent}
            entity.members |= {name: value for name, value in alone.items() if name not in entity.members}
            place(entity)
    return top


def _order(entity: _Entity) -> tuple[float, str]:
    return entity.members["start_time"], entity.members["id"]


def _waits(members: Members) -> bool:
    request = members.get("http", {}).get("request", {})
    return members.get("traced") is True or request.get("traced") is True


def _inferred(trace_id: str, call: Members) -> Members:
    """The segment that the called node would have sent, with an id that is always the same."""
    aws = call.get("aws")
    node = inferred_node(
        call["name"],
        call.get("namespace"),
        msgspec.convert(aws, ApiCall) if isinstance(aws, dict) else None,
        bool(call.get("sql")),
    )
    name, origin = node or (call["name"], "remote")
    segment: Members = {
        "id": hashlib.sha256(f"{trace_id}/{call['id']}".lower().encode()).hexdigest()[:16],
        "trace_id": trace_id,
        "parent_id": call["id"],
        "name": name,
        "start_time": call["start_time"],
        "inferred": True,
        "origin": origin,
    }
    if "end_time" in call:
        segment["end_time"] = call["end_time"]
    return segment | {key: call[key] for key in _COPIED if key in call}
