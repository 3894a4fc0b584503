"""Traces out of a source into a server, oldest first: each once, whatever interrupts it, and later only what is new.

The oldest go first, because they are the first that the source will drop. A trace is written down as taken once the
target has acknowledged every document of it. The last minutes are taken too, but not for done: traces still grow then,
so the next pull looks at them again and takes those that have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

import msgspec

from . import documents
from .aws import Found, Source, Told
from .door import Door, Wait
from .lanes import in_lanes
from .state import PullState, Stretch
from .tally import Outcome, Tally

__all__ = ["Pulling", "Stopped", "pull"]

_AT_ONCE = 5
"""Traces a call: what BatchGetTraces takes."""
_GROWING_S = 900
"""How long after its start a trace may get segments without saying that it is incomplete."""
_PATIENCE_S = 7 * 86_400.0
"""AWS's quota "trace data modification period": what is incomplete after it stays so."""
_WITHHELD_ROUNDS, _WITHHELD_PAUSE_S = 3, 1.0
_FIRST_WIDTH_S, _LEAST_WIDTH_S, _MOST_WIDTH_S = 3600, 60, 6 * 3600
_FEW, _MANY = 1000, 20_000


class Pulling(msgspec.Struct):
    """A pull under way: what became of everything so far."""

    source: Source
    door: Door
    state: PullState
    tally: Tally
    wait: Wait
    traces: int = 0
    at_s: int = 0
    """The moment up to which everything is taken."""


class Stopped(Exception):
    """Whoever waits asked to stop; what was under way has been finished."""


class _Moved(msgspec.Struct):
    traces: int = 0
    inferred: int = 0
    outcomes: list[Outcome] = []


def pull(pulling: Pulling, whole: Stretch, now: float, expression: str | None, progress: Callable[[], None]) -> None:
    """Take every trace that begins in a stretch of time and is not taken yet; ``progress`` is called now and then.

    Raises: SourceFailed, Unanswered, NotTaken, Stopped. Whatever was acknowledged until then is in the state.
    """
    _ask_again(pulling, now, progress)
    settled_s = min(whole.end_s, max(int(now) - _GROWING_S, whole.start_s))
    width_s = _FIRST_WIDTH_S
    for gap in pulling.state.missing(Stretch(whole.start_s, settled_s)):
        at = gap.start_s
        while at < gap.end_s:
            part = Stretch(at, min(at + width_s, gap.end_s))
            seen = _take(pulling, part, expression, now, progress)
            pulling.state.finish(part, seen)
            at = part.end_s
            if len(seen) < _FEW:
                width_s = min(width_s * 2, _MOST_WIDTH_S)
            elif len(seen) > _MANY:
                width_s = max(width_s // 2, _LEAST_WIDTH_S)
    for part in _cut(Stretch(settled_s, whole.end_s)):
        _take(pulling, part, expression, now, progress)


def _cut(stretch: Stretch) -> Iterator[Stretch]:
    for start_s in range(stretch.start_s, stretch.end_s, _MOST_WIDTH_S):
        yield Stretch(start_s, min(start_s + _MOST_WIDTH_S, stretch.end_s))


def _take(
    pulling: Pulling, part: Stretch, expression: str | None, now: float, progress: Callable[[], None]
) -> list[str]:
    """Take what is new of a stretch; returns the ids of everything that is in it."""
    state, seen = pulling.state, list[str]()

    def wanted() -> Iterator[Found]:
        for page in pulling.source.found(part.start_s, part.end_s, expression):
            seen.extend(one.trace_id for one in page)
            yield from [one for one in page if state.taken.get(one.trace_id) != one.look]

    _move_all(pulling, wanted(), now, progress)
    pulling.at_s = max(pulling.at_s, part.end_s)
    progress()
    return seen


def _ask_again(pulling: Pulling, now: float, progress: Callable[[], None]) -> None:
    """Take the traces once more that were incomplete, or were not given, the last time."""
    state = pulling.state
    state.settle([trace for trace, since in state.again.items() if now - since > _PATIENCE_S])
    _move_all(pulling, [Found(trace, "", is_partial=False) for trace in list(state.again)], now, progress)


def _move_all(pulling: Pulling, found: Iterable[Found], now: float, progress: Callable[[], None]) -> None:
    ids = iter(found)

    def jobs() -> Iterator[Callable[[], _Moved]]:
        while not pulling.wait(0.0) and (some := list(islice(ids, _AT_ONCE))):
            yield partial(_move, pulling, some, now)

    for moved in in_lanes(jobs()):
        pulling.traces += moved.traces
        if moved.inferred:
            pulling.tally.left_out["inferred segments"] += moved.inferred
        for outcome in moved.outcomes:
            pulling.tally.add(outcome)
        progress()
    if pulling.wait(0.0):
        raise Stopped


def _move(pulling: Pulling, found: list[Found], now: float) -> _Moved:
    """Bring some traces over; runs in a lane, and what it has done is in the state when it returns."""
    moved = _Moved()
    told = _told(pulling, [one.trace_id for one in found])
    texts: list[str] = []
    for document in (one for some in told.documents.values() for one in some):
        found_in = documents.prepared(document)
        moved.inferred += found_in.is_inferred
        texts += found_in.documents
    for batch in documents.batches(texts):
        moved.outcomes.append(documents.send(pulling.door, batch))
    moved.traces = len(told.documents)
    growing = [id_ for id_, some in told.documents.items() if any(map(documents.is_growing, some))]
    growing += [one.trace_id for one in found if one.is_partial]
    unfinished = {*growing, *told.withheld}
    pulling.state.ask_again(sorted(unfinished), now)
    pulling.state.settle([one.trace_id for one in found if one.trace_id not in unfinished])
    pulling.state.took({one.trace_id: one.look for one in found if one.look and one.trace_id in told.documents})
    return moved


def _told(pulling: Pulling, trace_ids: list[str]) -> Told:
    """Give traces, asking again for those that are withheld."""
    told = pulling.source.traces(trace_ids)
    for number in range(_WITHHELD_ROUNDS):
        if not told.withheld or pulling.wait(_WITHHELD_PAUSE_S * 2**number):
            break
        more = pulling.source.traces(told.withheld)
        told = Told(told.documents | more.documents, more.withheld)
    return told
