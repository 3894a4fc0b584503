"""Exceptions that a trace's documents recorded, and which of them are alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from radiograph.model.rows import StoredDocument

from .forest import Entity, Forest

__all__ = ["Thrown", "alike", "thrown"]

_IDENTIFIERS = re.compile(r"\b(?=[\w-]*\d)[0-9a-fA-F-]{8,}\b|\d+")
_MAX_MESSAGE = 2_000


class Thrown(Struct, frozen=True, gc=False):
    """One exception: what, where and when."""

    type: str
    message: str
    service: str
    at_s: float


def thrown(documents: Sequence[StoredDocument]) -> Iterator[Thrown]:
    """Give what the entities of a trace recorded; what one only names of another's is not told twice."""
    forest = Forest(one.document for one in documents)
    stack: list[tuple[Entity, str]] = [(entry, entry.name) for entry in forest.entries]
    while stack:
        entity, service = stack.pop()
        service = entity.name if entity.segment else service
        recorded = entity.exceptions
        for one in recorded if not isinstance(recorded, str) else ():
            if one.type is not None or one.message is not None:
                yield Thrown(one.type or "", (one.message or "")[:_MAX_MESSAGE], service, entity.part.start_time)
        stack += [(child, service) for child in forest.below(entity)]


def alike(one: Thrown) -> tuple[str, str]:
    """Give what is equal for exceptions of one kind: their type, and their message without numbers and identifiers."""
    return one.type, _IDENTIFIERS.sub("#", one.message)
