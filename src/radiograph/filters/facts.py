"""What a trace's documents say that a filter expression can ask for; each fact is found when it is first asked for.

Calls are from segment to segment. A segment whose parent is not in the trace is called by the client; a call to what
sent no segment, and will not, has an inferred segment, which is a :class:`Visit` like those that were sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from radiograph.model.causes import ErrorRootCause, FaultRootCause, ResponseTimeRootCause

from .entity import latest_us, microseconds, waits

__all__ = ["Call", "Causes", "Members", "TraceFacts", "Visit"]

Members: TypeAlias = Mapping[str, Any]
"""A segment or subsegment as decoded JSON."""

_NO_ID = "0" * 16


class Visit:
    """A segment, sent or inferred: one visit of a node; ``entity`` is the segment, or the call it is inferred from."""

    __slots__ = ("caller", "entity", "inferred", "name", "root", "source", "type")

    def __init__(self, entity: Members, name: str, type_: str, inferred: bool, source: str = "") -> None:
        self.entity, self.name, self.type, self.inferred, self.source = entity, name, type_, inferred, source
        self.root = False
        self.caller: Visit | None = None


class Call:
    """One call: ``entity`` is what its caller saw; the client is no caller."""

    __slots__ = ("callee", "caller", "entity")

    def __init__(self, caller: Visit | None, callee: Visit, entity: Members) -> None:
        self.caller, self.callee, self.entity = caller, callee, entity


class Causes(Protocol):
    """The root causes of a trace, as its summary has them."""

    @property
    def fault_root_causes(self) -> Sequence[FaultRootCause]:
        """Of faults."""

    @property
    def error_root_causes(self) -> Sequence[ErrorRootCause]:
        """Of errors."""

    @property
    def response_time_root_causes(self) -> Sequence[ResponseTimeRootCause]:
        """Of slowness."""


class TraceFacts:
    """One trace: its documents, at least one and one an id, decoded and clean.

    ``callees`` gives the (name, type) of the node that a call to something outside leads to, by the call's id in lower
    case. Without ``causes`` the trace has no root causes. ``sources`` gives the account that shares a document, by the
    document's id in lower case; the others are the account's own.
    """

    def __init__(
        self,
        documents: Sequence[Members],
        callees: Mapping[str, tuple[str, str]],
        causes: Causes | None = None,
        sources: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.documents, self._nodes, self.causes, self._sources = documents, callees, causes, sources
        self.segments = [one for one in documents if one.get("type") != "subsegment"]
        self.subsegments: list[tuple[Members, Members]] = []
        """Every subsegment, and the document it is in."""
        for document in documents:
            stack = [document]
            if document.get("type") == "subsegment":
                self.subsegments.append((document, document))
            while stack:
                for child in stack.pop().get("subsegments", ()):
                    self.subsegments.append((child, document))
                    stack.append(child)
        self.document_of = {_id(one): one for one in documents}
        for one, document in self.subsegments:
            self.document_of[_id(one)] = document
        self.called = {_parent(one) for one in self.segments}

    @cached_property
    def entities(self) -> list[Members]:
        """Every segment and subsegment."""
        return [*self.segments, *(one for one, _ in self.subsegments)]

    @cached_property
    def root(self) -> Members | None:
        """The segment that a summary tells of: the first without a parent, else the first whose parent is not here."""
        entries = [one for one in self.segments if _parent(one) not in self.document_of]
        entries.sort(key=lambda one: microseconds(one["start_time"]))
        return next((one for one in entries if not _parent(one)), entries[0] if entries else None)

    @cached_property
    def visits(self) -> list[Visit]:
        """Every segment, sent or inferred."""
        return self._told[0]

    @cached_property
    def calls(self) -> list[Call]:
        """Every call, the client's too."""
        return self._told[1]

    @cached_property
    def callees(self) -> dict[Visit, list[Visit]]:
        """Whom each visit calls; those that call nobody are not in it."""
        found: dict[Visit, list[Visit]] = {}
        for visit in self.visits:
            if visit.caller is not None:
                found.setdefault(visit.caller, []).append(visit)
        return found

    @cached_property
    def _told(self) -> tuple[list[Visit], list[Call]]:
        sent = {
            id_: Visit(one, one["name"], one.get("origin", ""), False, self._sources.get(id_, ""))
            for id_, one in zip(map(_id, self.segments), self.segments, strict=True)
        }
        inferred: list[Visit] = []
        calls: list[Call] = []
        by_id = {_id(one): one for one, _ in self.subsegments}
        for id_, visit in sent.items():
            parent = _parent(visit.entity)
            document = self.document_of.get(parent)
            if document is None:
                visit.root = True
                calls.append(Call(None, visit, visit.entity))
            elif (owner := self.owner(document)) is not None:
                visit.caller = sent[_id(owner)]
                calls.append(Call(visit.caller, sent[id_], by_id.get(parent, visit.entity)))
        for one, document in self.subsegments:
            node = self._nodes.get(_id(one))
            if node is None or _id(one) in self.called or waits(one):
                continue
            visit = Visit(one, *node, inferred=True)
            inferred.append(visit)
            if (owner := self.owner(document)) is not None:
                visit.caller = sent[_id(owner)]
                calls.append(Call(visit.caller, visit, one))
        return [*sent.values(), *inferred], calls

    def owner(self, document: Members) -> Members | None:
        """Give the segment whose work a document is, wherever its parents lead; None when they lead nowhere."""
        if document.get("type") != "subsegment":
            return document
        way: list[str] = []
        here: Members | None = document
        owner: Members | None = None
        while here is not None:
            id_ = _id(here)
            if here.get("type") != "subsegment":
                owner = here
                break
            if id_ in self._owners:
                owner = self._owners[id_]
                break
            # Until it is known: a way that comes back here leads nowhere.
            self._owners[id_] = None
            way.append(id_)
            here = self.document_of.get(_parent(here))
        self._owners.update(dict.fromkeys(way, owner))
        return owner

    @cached_property
    def _owners(self) -> dict[str, Members | None]:
        return {}

    @cached_property
    def _parts(self) -> dict[str, list[Members]]:
        found: dict[str, list[Members]] = {_id(one): [one] for one in self.segments}
        for one, document in self.subsegments:
            owner = self.owner(document)
            if owner is not None:
                found[_id(owner)].append(one)
        return found

    def parts(self, visit: Visit) -> list[Members]:
        """Give the segment and all its subsegments; of an inferred one, the call."""
        return [visit.entity] if visit.inferred else self._parts[_id(visit.entity)]

    @cached_property
    def annotated(self) -> list[str]:
        """The keys of all annotations, in the order in which documents begin and annotations stand in them."""
        keys: dict[str, None] = {}
        for document in sorted(self.documents, key=lambda one: (microseconds(one["start_time"]), _id(one))):
            stack = [document]
            while stack:
                entity = stack.pop()
                keys |= dict.fromkeys(entity.get("annotations", ()))
                stack += reversed(entity.get("subsegments", ()))
        return list(keys)

    @cached_property
    def duration_s(self) -> float:
        """From the earliest start to the latest end of anything."""
        starts = [microseconds(one["start_time"]) for one in self.documents]
        return (max(map(latest_us, self.documents)) - min(starts)) / 1e6

    @cached_property
    def partial(self) -> bool:
        """Whether something is in progress, or has not come."""
        if any("end_time" not in one for one in self.entities):
            return True
        if any(one.get("type") == "subsegment" and _parent(one) not in self.document_of for one in self.documents):
            return True
        return any(waits(one) and _id(one) not in self.called for one, _ in self.subsegments)


def _id(entity: Members) -> str:
    id_: str = entity["id"]
    return id_.lower()


def _parent(document: Members) -> str:
    """The id of what it stands in or is called by; empty when there is none."""
    parent: str = document.get("parent_id", "").lower()
    return "" if parent == _NO_ID else parent
