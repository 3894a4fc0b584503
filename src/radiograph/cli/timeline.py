"""A trace as rows: its documents decoded, each segment under the call that caused it, in the order of time. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

__all__ = ["Cause", "Entity", "Row", "decode", "rows"]


class _Frame(msgspec.Struct):
    path: str = ""
    line: int = 0
    label: str = ""


class _ExceptionRecord(msgspec.Struct):
    id: str = ""
    type: str = ""
    message: str = ""
    stack: list[_Frame] = []


class Cause(msgspec.Struct):
    """The exceptions an entity recorded."""

    exceptions: list[_ExceptionRecord] = []


class _Response(msgspec.Struct):
    status: int | None = None


class _Http(msgspec.Struct):
    response: _Response | None = None


class Entity(msgspec.Struct):
    """A segment or subsegment, as far as the terminal shows it; times are epoch seconds."""

    id: str
    name: str
    start_time: float
    end_time: float | None = None
    in_progress: bool = False
    inferred: bool = False
    origin: str | None = None
    parent_id: str | None = None
    namespace: str | None = None
    http: _Http | None = None
    cause: Cause | str | None = None
    fault: bool = False
    error: bool = False
    throttle: bool = False
    subsegments: list[Entity] = []

    @property
    def status(self) -> str:
        """One word: fault, throttle, error, in progress or ok."""
        if self.fault:
            return "fault"
        if self.throttle:
            return "throttle"
        if self.error:
            return "error"
        return "in progress" if self.end_time is None else "ok"

    @property
    def http_status(self) -> int | None:
        """The status of the answer, when there was one."""
        return self.http.response.status if self.http and self.http.response else None


@dataclass(frozen=True, slots=True)
class Row:
    """An entity with its place in the tree: ``branch`` is the drawing before its name."""

    entity: Entity
    branch: str
    is_segment: bool


def decode(documents: Iterable[str]) -> list[Entity]:
    """Return the segments of compiled documents."""
    return [msgspec.json.decode(document, type=Entity, strict=False) for document in documents]


def rows(segments: list[Entity]) -> list[Row]:
    """Return every entity, callers before callees, earlier before later.

    A segment goes under the entity its ``parent_id`` names; without one, or when that is not here, it is a root.
    """
    known = {entity.id for segment in segments for entity in _all(segment)}
    beneath: defaultdict[str | None, list[Entity]] = defaultdict(list)
    for segment in segments:
        beneath[segment.parent_id if segment.parent_id in known and segment.parent_id != segment.id else None].append(
            segment
        )
    segment_ids = {segment.id for segment in segments}
    told: list[Row] = []
    seen: set[str] = set()
    # An explicit stack, last in first out: the depth of a trace is its sender's choice, the interpreter's is not.
    stack = [(root, "", "") for root in sorted(beneath[None], key=_start, reverse=True)]
    while stack:
        entity, branch, trunk = stack.pop()
        if entity.id in seen:
            continue
        seen.add(entity.id)
        told.append(Row(entity, branch, entity.id in segment_ids))
        children = sorted([*entity.subsegments, *beneath[entity.id]], key=_start)
        for place, child in reversed(list(enumerate(children))):
            last = place == len(children) - 1
            stack.append((child, trunk + ("└ " if last else "├ "), trunk + ("  " if last else "│ ")))
    return told


def _all(segment: Entity) -> Iterator[Entity]:
    stack = [segment]
    while stack:
        entity = stack.pop()
        yield entity
        stack.extend(entity.subsegments)


def _start(entity: Entity) -> float:
    return entity.start_time
