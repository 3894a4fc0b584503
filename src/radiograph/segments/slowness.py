"""Where a request spent its time: the path of response-time root causes, from the root segment to the slowest part.

Source: spec of trace summaries, "Root causes". What is silent there is read so:

- **Coverage** of an entity is the share of the root's response time in which it ran, 0 to 1, in thousandths as AWS
  writes it. It counts only while everything above it on the path ran: what goes on after the answer has not slowed it.
- **One path**: at each level to what covers most, as long as that is a tenth or more. Calls of the same kind (same
  name, same callee) beside each other are one step, their time taken together: ten queries of 9 % each in a row are
  90 %, ten at once 9 %.
- **Clocks differ**: a callee that would fit into its call but lies beside it is moved into it. A segment begins no
  later than the first subsegment in it, since a Lambda function's initialization precedes it.
- **In progress**: what has not ended has no time, and nothing below it is looked at; a root in progress has no causes.
- **ClientImpacting** is always true: the client waited.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import UNSET, Struct

from radiograph.model.causes import ResponseTimeRootCause, ResponseTimeRootCauseEntity, ResponseTimeRootCauseService

from .forest import Entity, Forest, microseconds

__all__ = ["Whose", "slowness"]

_SMALLEST = 10
"""A step covers at least one part in this many."""

Whose: TypeAlias = Callable[[str], str]
"""From the id of a segment to the account it is of."""
_Kind: TypeAlias = tuple[bool, str, str | tuple[str, str] | None]


class _Run(Struct, gc=False):
    """The time an entity is counted for, in the root's clock; ``shift_us`` is added to the times it tells."""

    entity: Entity
    start_us: int
    end_us: int
    shift_us: int = 0


def slowness(forest: Forest, whose: Whose, deepest: int) -> list[ResponseTimeRootCause]:
    """Give the path of at most so many entities along which the trace's root spent its time, or nothing."""
    root = forest.root
    times = root.times_us() if root is not None else None
    if root is None or times is None or times[0] == times[1]:
        return []
    total_us = times[1] - times[0]
    services: list[ResponseTimeRootCauseService] = []
    step, covered_us, depth = [_Run(root, *times)], total_us, 1
    while True:
        first, coverage = step[0].entity, round(covered_us / total_us, 3)
        if first.segment:
            services.append(
                ResponseTimeRootCauseService(
                    name=first.name, names=[first.name], type=first.origin or UNSET, account_id=whose(first.id)
                )
            )
        services[-1].entity_path.append(
            ResponseTimeRootCauseEntity(name=first.name, remote=first.call, coverage=coverage)
        )
        following, covered_us = _longest(step, forest)
        if covered_us * _SMALLEST < total_us or depth == deepest:
            break
        step, depth = following, depth + 1
    nodes = [forest.inferred(run.entity) for run in step]
    if nodes[0] is not None and all(node == nodes[0] for node in nodes):
        name, type_ = nodes[0]
        entity = ResponseTimeRootCauseEntity(name=first.name, coverage=coverage)
        services.append(
            ResponseTimeRootCauseService(
                name=name, names=[name], type=type_ or UNSET, inferred=True, entity_path=[entity]
            )
        )
    return [ResponseTimeRootCause(services=services, client_impacting=True)]


def _longest(step: list[_Run], forest: Forest) -> tuple[list[_Run], int]:
    """Give what runs of one kind below these cover most time, and how much; the first of those that cover the same."""
    kinds: dict[_Kind, list[_Run]] = {}
    for above in step:
        for child in forest.below(above.entity):
            run = _within(child, above)
            if run is not None:
                kind = (child.segment, child.name, child.origin if child.segment else child.node)
                kinds.setdefault(kind, []).append(run)
    best, most_us = list[_Run](), 0
    for runs in kinds.values():
        covered_us = runs[0].end_us - runs[0].start_us if len(runs) == 1 else _union_us(runs)
        if covered_us > most_us:
            best, most_us = runs, covered_us
    return best, most_us


def _within(child: Entity, above: _Run) -> _Run | None:
    """Give the part of a child's time that lies within its parent's, or None."""
    times = child.times_us()
    if times is None:
        return None
    start_us, end_us = times
    shift_us = 0 if child.segment else above.shift_us
    if child.segment:
        for inside in child.part.subsegments or ():
            if inside.start_time < child.part.start_time:
                start_us = min(start_us, microseconds(inside.start_time))
        if end_us - start_us <= above.end_us - above.start_us:
            shift_us = max(above.start_us - start_us, 0) + min(above.end_us - end_us, 0)
    start_us = max(start_us + shift_us, above.start_us)
    end_us = min(end_us + shift_us, above.end_us)
    return _Run(child, start_us, end_us, shift_us) if start_us < end_us else None


def _union_us(runs: list[_Run]) -> int:
    """Give the time in which any of them ran."""
    covered_us = until_us = 0
    for start_us, end_us in sorted((run.start_us, run.end_us) for run in runs):
        if end_us > until_us:
            covered_us += end_us - max(start_us, until_us)
            until_us = end_us
    return covered_us
