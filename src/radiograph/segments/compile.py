"""Stored documents to whole traces: merged by id, subsegments nested, the nodes of calls inferred.

Works on open JSON objects, because every member that is not ours to understand must come out as it went in.

Source: "AWS X-Ray segment documents" and spec of BatchGetTraces, "Compilation".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec

from radiograph.model.document import ApiCall
from radiograph.model.rows import StoredDocument
from radiograph.model.traces import Segment, Trace

from .clean import clean
from .derive import inferred_node

__all__ = ["compile_trace"]

Entity: TypeAlias = dict[str, Any]
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_COPIED = ("http", "aws", "error", "throttle", "fault", "cause", "in_progress")


def compile_trace(trace_id: str, documents: Sequence[StoredDocument]) -> Trace:
    """Give a trace of these documents, at least one, the newest of each id.

    A subsegment sent alone stands inside its parent wherever that is; one whose parent never came stands at top
    level. A call to something that sent no segment of its own is followed by an inferred segment.
    """
    top, inside = _nest([clean(_decode(document.document)) for document in documents])
    called = {entity.get("parent_id") for entity in top}
    segments = sorted(top, key=lambda entity: (entity["start_time"], entity["id"]))
    inferred = [
        _inferred(trace_id, entity)
        for entity in inside
        if entity["id"] not in called and not _waits(entity) and entity.get("namespace") in ("aws", "remote")
    ]
    everything = [*top, *inside]
    start = min(entity["start_time"] for entity in everything)
    end = max(entity.get("end_time", entity["start_time"]) for entity in everything)
    return Trace(
        id=trace_id,
        duration=round(end - start, 6),
        segments=[Segment(id=entity["id"], document=_encode(entity).decode()) for entity in (*segments, *inferred)],
    )


def _nest(documents: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """Give the entities that stand alone, and every subsegment wherever it stands."""
    by_id: dict[str, Entity] = {}
    for document in documents:
        _index(document, by_id)
    top: list[Entity] = []
    for document in documents:
        if document.get("type") != "subsegment":
            top.append(document)
            continue
        entity = by_id[document["id"]]
        parent = by_id.get(document["parent_id"])
        if parent is None or _contains(entity, parent):
            top.append(entity)
        elif all(child["id"] != entity["id"] for child in parent.get("subsegments", ())):
            parent.setdefault("subsegments", []).append(entity)
    return top, _settle(top)


def _settle(top: list[Entity]) -> list[Entity]:
    """Sort every entity's children and leave each entity in one place; give those that are subsegments."""
    seen = {id(entity) for entity in top}
    inside = [entity for entity in top if entity.get("type") == "subsegment"]
    stack = list(top)
    while stack:
        entity = stack.pop()
        children = []
        for child in entity.get("subsegments", ()):
            if id(child) not in seen:
                seen.add(id(child))
                children.append(child)
        if "subsegments" in entity:
            children.sort(key=lambda child: (child["start_time"], child["id"]))
            entity["subsegments"] = children
        inside += children
        stack += children
    return inside


def _index(document: Entity, by_id: dict[str, Entity]) -> None:
    """Note every entity of a document; one that came both embedded and alone becomes one, the complete version."""
    stack: list[tuple[Entity, list[Entity] | None]] = [(document, None)]
    while stack:
        entity, siblings = stack.pop()
        known = by_id.get(entity["id"])
        if known is not None and known is not entity:
            _merge(known, entity)
            if siblings is not None:
                siblings[:] = [known if child is entity else child for child in siblings]
            entity = known
        else:
            by_id[entity["id"]] = entity
        children = entity.get("subsegments", [])
        stack.extend((child, children) for child in list(children) if by_id.get(child["id"]) is not child)


def _merge(known: Entity, other: Entity) -> None:
    children = {child["id"]: child for child in (*known.get("subsegments", ()), *other.get("subsegments", ()))}
    if "end_time" in other and "end_time" not in known:
        known.pop("in_progress", None)
        known.update(other)
    else:
        for key, value in other.items():
            known.setdefault(key, value)
    if children:
        known["subsegments"] = list(children.values())


def _contains(entity: Entity, other: Entity) -> bool:
    stack = [entity]
    while stack:
        current = stack.pop()
        if current is other:
            return True
        stack.extend(current.get("subsegments", ()))
    return False


def _waits(entity: Entity) -> bool:
    request = entity.get("http", {}).get("request", {})
    return entity.get("traced") is True or request.get("traced") is True


def _inferred(trace_id: str, call: Entity) -> Entity:
    """The segment that the called node would have sent, with an id that is always the same."""
    aws = call.get("aws")
    node = inferred_node(
        call["name"],
        call.get("namespace"),
        msgspec.convert(aws, ApiCall) if isinstance(aws, dict) else None,
        bool(call.get("sql")),
    )
    name, origin = node or (call["name"], "remote")
    segment: Entity = {
        "id": hashlib.sha256(f"{trace_id}/{call['id']}".encode()).hexdigest()[:16],
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
