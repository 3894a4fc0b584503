"""Many traces laid over one another: one tree of what contains or calls what, and where the time goes in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from radiograph.model.rows import StoredDocument

from .forest import Entity, Forest

__all__ = ["Hop", "Path", "lay_over"]

Path: TypeAlias = tuple[tuple[str, str], ...]
"""Name and type of everything from the root to a place."""

_MAX_DEPTH, _MAX_ENTITIES = 60, 5_000


class Hop(Struct, gc=False):
    """One place in the tree: how long it took in each trace that has it, and its own time in all of them."""

    took_us: list[int]
    own_us: int = 0


def lay_over(traces: Iterable[Sequence[StoredDocument]]) -> dict[Path, Hop]:
    """Give the places that these traces have, by their paths, parents before what is below them.

    What stands several times at one place of a trace is taken together. Own time is that in which nothing runs of what
    an entity contains or calls. What is in progress has taken no time.
    """
    hops: dict[Path, Hop] = {}
    for documents in traces:
        here: dict[Path, list[int]] = {}
        forest = Forest(one.document for one in documents)
        stack: list[tuple[Entity, Path]] = [(entry, ()) for entry in reversed(forest.entries)]
        seen = 0
        while stack and seen < _MAX_ENTITIES:
            entity, above = stack.pop()
            seen += 1
            path = (*above, (entity.name, _type(entity)))
            below = forest.below(entity) if len(path) < _MAX_DEPTH else []
            took_us, own_us = _times(entity, below)
            counted = here.setdefault(path, [0, 0])
            counted[0] += took_us
            counted[1] += own_us
            stack += [(child, path) for child in reversed(below)]
        for path, (took_us, own_us) in here.items():
            hop = hops.setdefault(path, Hop([]))
            hop.took_us.append(took_us)
            hop.own_us += own_us
    return hops


def _type(entity: Entity) -> str:
    if entity.segment:
        return entity.origin
    node = entity.node
    return node[1] if node is not None else ""


def _times(entity: Entity, below: Sequence[Entity]) -> tuple[int, int]:
    times = entity.times_us()
    if times is None:
        return 0, 0
    start_us, end_us = times
    covered_us, until_us = 0, start_us
    for from_us, to_us in sorted(filter(None, (child.times_us() for child in below))):
        from_us, to_us = max(from_us, until_us), min(to_us, end_us)
        if to_us > from_us:
            covered_us += to_us - from_us
            until_us = to_us
    return end_us - start_us, end_us - start_us - covered_us
