"""Root causes of a trace: where its faults, its errors and its slowness come from.

A path leads from an entry service to what is responsible: its services in order, and in each the entities on the way,
first the segment, then the subsegments down to the one that failed, or that calls the next service.

Source: spec of trace summaries, "Root causes"; the shapes are those of GetTraceSummaries. Where these are silent:

- **Responsible for a fault** is a faulty entity that has no faulty one below it. Work inside a service (a subsegment
  that calls nothing outside) that is not faulty itself hides nothing: a fault below it explains one above it. A call or
  a segment that is not faulty has handled what is below it, which then explains nothing above.
- **ClientImpacting**: the fault went all the way up; every entity on the path is faulty, but for work inside. A fault
  that was handled on the way is a root cause too, one that did not impact the client.
- **Errors** alike, by the error flag: a 429 is one. An error below a fault explains no fault, nor a fault an error.
- **Remote** is a subsegment that calls something outside, whether what it calls sent a segment or not.
- **Inferred**: when a path ends with a call to what sent no segment, a service is inferred from it, whose one entity
  has the call's name and neither exceptions nor Remote. Only services that sent segments have an AccountId.
- **Exceptions** are those recorded on the entity, in the order they were; where it names one of another entity, that
  one and those it was caused by.
- **Several**: equal paths are told once; those that impact the client first, then in the order of the trace.
- **Slowness** is told in :mod:`radiograph.segments.slowness`.
- **Left out** is what hangs together with no entry: its service is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import UNSET, Struct, UnsetType, field

from radiograph.model.causes import (
    ErrorRootCause,
    ErrorRootCauseEntity,
    ErrorRootCauseService,
    FaultRootCause,
    FaultRootCauseEntity,
    FaultRootCauseService,
    ResponseTimeRootCause,
    RootCauseException,
)
from radiograph.model.rows import StoredDocument

from .derive import Outcome
from .forest import Entity, Forest, RecordedException
from .opened import sources_of
from .slowness import Whose, slowness

__all__ = ["MAX_CAUSES", "MAX_DEPTH", "RootCauses", "root_causes"]

MAX_CAUSES = 20
"""Root causes of one kind in a summary: as many as anyone reads."""

MAX_DEPTH = 200
"""Entities of one path: what is deeper is not looked at."""

_MAX_EXCEPTIONS = 20
_MAX_MESSAGE = 2_000
_ERROR, _FAULT = 0, 2
"""Places in an :data:`~radiograph.segments.derive.Outcome`."""

_Key: TypeAlias = tuple[object, ...]


class RootCauses(Struct, frozen=True):
    """The three lists of a trace's summary."""

    fault_root_causes: list[FaultRootCause] = field(default_factory=list)
    error_root_causes: list[ErrorRootCause] = field(default_factory=list)
    response_time_root_causes: list[ResponseTimeRootCause] = field(default_factory=list)


def root_causes(documents: Sequence[StoredDocument], account: str) -> RootCauses:
    """Give the root causes of the trace these documents are of; never fails on what the door took."""
    forest = Forest(one.document for one in documents)
    sources = sources_of(documents)

    def whose(id_: str) -> str:
        return sources.get(id_, account)

    slow = slowness(forest, whose, MAX_DEPTH)
    if not forest.failed:
        return RootCauses(response_time_root_causes=slow)
    walk = _Walk(forest, whose)
    return RootCauses(
        [
            FaultRootCause(services=[_fault_service(stop) for stop in stops], client_impacting=impacting)
            for stops, impacting in walk.paths(_FAULT)
        ],
        [
            ErrorRootCause(services=[_error_service(stop) for stop in stops], client_impacting=impacting)
            for stops, impacting in walk.paths(_ERROR)
        ],
        slow,
    )


class _Stop(Struct, frozen=True):
    """A service on the way, and the (name, whether it is a call, exceptions) of each entity in it."""

    name: str
    type: str | UnsetType
    account: str | UnsetType
    inferred: bool
    entities: list[tuple[str, bool, list[RootCauseException]]]


class _Walk:
    """Every entity below the entries, parents first."""

    def __init__(self, forest: Forest, whose: Whose) -> None:
        self.forest, self.whose = forest, whose
        self.order: list[Entity] = []
        self.parents: list[int] = []
        self.flags: list[Outcome] = []
        self.recorded: dict[str, RecordedException] | None = None
        stack = [(entry, -1, 1) for entry in reversed(forest.entries)]
        while stack:
            entity, parent, depth = stack.pop()
            index = len(self.order)
            self.order.append(entity)
            self.parents.append(parent)
            self.flags.append(entity.flags)
            if depth < MAX_DEPTH:
                stack += [(child, index, depth + 1) for child in reversed(forest.below(entity))]

    def paths(self, flag: int) -> Iterator[tuple[list[_Stop], bool]]:
        """Give the services on the way to each entity responsible, and whether the client was impacted."""
        responsible = self.responsible(flag)
        if not responsible:
            return
        impacting = self.impacting(flag)
        keys = _Keys(self)
        distinct: dict[_Key, int] = {}
        for index in responsible:
            distinct.setdefault((impacting[index], keys.of(index), self.forest.inferred(self.order[index])), index)
        chosen = sorted(distinct.values(), key=lambda index: not impacting[index])
        for index in chosen[:MAX_CAUSES]:
            yield self.stops(index), impacting[index]

    def responsible(self, flag: int) -> list[int]:
        explained = [False] * len(self.order)
        found = []
        for index in range(len(self.order) - 1, -1, -1):
            parent, flagged = self.parents[index], self.flags[index][flag]
            if parent >= 0 and (flagged or (explained[index] and _is_inside(self.order[index]))):
                explained[parent] = True
            if flagged and not explained[index]:
                found.append(index)
        return found[::-1]

    def impacting(self, flag: int) -> list[bool]:
        reached: list[bool] = []
        for entity, parent, flags in zip(self.order, self.parents, self.flags, strict=True):
            reached.append((parent < 0 or reached[parent]) and (flags[flag] or _is_inside(entity)))
        return reached

    def stops(self, index: int) -> list[_Stop]:
        last = self.order[index]
        path: list[Entity] = []
        while index >= 0:
            path.append(self.order[index])
            index = self.parents[index]
        found: list[_Stop] = []
        for entity in reversed(path):
            if entity.segment:
                found.append(_Stop(entity.name, entity.origin or UNSET, self.whose(entity.id), False, []))
            found[-1].entities.append((entity.name, entity.call, self.exceptions(entity)))
        node = self.forest.inferred(last)
        if node is not None:
            name, type_ = node
            found.append(_Stop(name, type_ or UNSET, UNSET, True, [(last.name, False, [])]))
        return found

    def exceptions(self, entity: Entity) -> list[RootCauseException]:
        recorded = entity.exceptions
        if isinstance(recorded, str):
            recorded = self.chain(recorded)
        return [
            RootCauseException(
                name=one.type if one.type is not None else UNSET,
                message=one.message[:_MAX_MESSAGE] if one.message is not None else UNSET,
            )
            for one in recorded[:_MAX_EXCEPTIONS]
            if one.type is not None or one.message is not None
        ]

    def chain(self, id_: str) -> list[RecordedException]:
        """Give an exception of the trace by its id, then the one that caused it, and so on."""
        if self.recorded is None:
            self.recorded = {}
            for entity in self.order:
                if not isinstance(entity.exceptions, str):
                    for one in entity.exceptions:
                        self.recorded.setdefault((one.id or "").lower(), one)
        found: list[RecordedException] = []
        here = self.recorded.get(id_.lower()) if id_ else None
        while here is not None and here not in found and len(found) < _MAX_EXCEPTIONS:
            found.append(here)
            here = self.recorded.get(here.cause.lower()) if here.cause else None
        return found


class _Keys:
    """A number for every path, the same for paths that look the same."""

    def __init__(self, walk: _Walk) -> None:
        self.walk = walk
        self.numbers: dict[_Key, int] = {}
        self.known: dict[int, int] = {-1: -1}

    def of(self, index: int) -> int:
        fresh = []
        while index not in self.known:
            fresh.append(index)
            index = self.walk.parents[index]
        number = self.known[index]
        for index in reversed(fresh):
            entity = self.walk.order[index]
            exceptions = tuple((one.name, one.message) for one in self.walk.exceptions(entity))
            key = (number, entity.segment, entity.name, entity.origin, entity.call, exceptions)
            number = self.known[index] = self.numbers.setdefault(key, len(self.numbers))
        return number


def _is_inside(entity: Entity) -> bool:
    return not entity.segment and not entity.call


def _fault_service(stop: _Stop) -> FaultRootCauseService:
    entities = [FaultRootCauseEntity(name=name, remote=call, exceptions=told) for name, call, told in stop.entities]
    return FaultRootCauseService(
        name=stop.name,
        names=[stop.name],
        type=stop.type,
        account_id=stop.account,
        inferred=stop.inferred,
        entity_path=entities,
    )


def _error_service(stop: _Stop) -> ErrorRootCauseService:
    entities = [ErrorRootCauseEntity(name=name, remote=call, exceptions=told) for name, call, told in stop.entities]
    return ErrorRootCauseService(
        name=stop.name,
        names=[stop.name],
        type=stop.type,
        account_id=stop.account,
        inferred=stop.inferred,
        entity_path=entities,
    )
