"""A page of the traces that satisfy an expression: the window read backwards in slices, until the page is full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from radiograph.model.windows import FoundTrace, TraceWindow, WindowPage

from .engine import Engine
from .predicates import Condition
from .slices import (
    COUNT_DOCUMENTS,
    COUNT_TRACES,
    EARLY_S,
    FIND_NEWEST,
    FIND_OWN_TIMES,
    Slice,
    slice_parameters,
    slice_query,
)
from .times import NEARBY_S

__all__ = ["Refine", "Walk"]

Refine: TypeAlias = Callable[[Sequence[str]], set[str]]
"""Which of these traces satisfy the expression by their documents."""
TrueTimes: TypeAlias = Callable[[Sequence[str]], dict[str, int]]
"""When each of these traces (their 32 digits) began."""

_FIRST_S, _WIDER = 30, 8
_FIRST_DOCUMENTS = 8_000
_GROWTH, _GROWTH_INDEXED = 6, 32
_MOST_GROUPED, _MOST_CHOSEN = 500_000, 4_000_000
"""Documents of a slice, of which all are grouped, or those of traces that single rows have chosen."""
_MOST_STEPS = 8
_MOST_COUNTED = 50_000
_MOST_REFINED = 5_000
_CHUNK = 200


class _Candidate(msgspec.Struct):
    id: str
    time: int
    sure: int

    @property
    def found(self) -> FoundTrace:
        return FoundTrace(self.time, f"1-{self.id[:8]}-{self.id[8:]}")


class _One(msgspec.Struct):
    one: int


class _Counts(msgspec.Struct):
    documents: int
    traces: int


class Walk:
    """One question, being answered."""

    def __init__(
        self,
        engine: Engine,
        account: str,
        window: TraceWindow,
        condition: Condition,
        refine: Refine,
        true_times: TrueTimes,
    ) -> None:
        self._engine, self._account, self._window = engine, account, window
        self._condition, self._refine, self._true_times = condition, refine, true_times
        self._found: list[FoundTrace] = []
        self._refined = 0
        self._counts = _Counts(0, 0)

    def page(self, limit: int) -> WindowPage:
        """Give the newest traces found, at most ``limit``; fewer with ``more`` where many had to be read in full."""
        window, needs = self._window, self._condition.truth.needs
        end = window.end_s if window.before is None else min(window.end_s, window.before.time_s + 1)
        indexed = bool(needs) and needs[0].rank == 0
        growth = _GROWTH_INDEXED if indexed else _GROWTH
        own_times = False
        if window.kind == "TraceId":
            # Nothing is newer than the newest document; a trace's id may tell a time a little after it.
            end = min(end, self._ask(FIND_NEWEST, 0, 0) + 60 + EARLY_S)
            own_times = end > window.start_s and self._own_times(window.start_s, end)
        width, aim = EARLY_S + 2 * _FIRST_S, _FIRST_DOCUMENTS
        while end > window.start_s:
            start, documents = self._begin(end, width, aim)
            # None may begin here and still some traces be of this time: their other documents come later.
            part = Slice(start, end, own_times)
            reached = self._read(part, limit)
            self._count(part, documents)
            if reached is not None or len(self._found) > limit:
                return WindowPage(self._found[:limit], self._counts.traces, more=True, reached=reached)
            aim = aim * growth if indexed else min(aim * growth, _MOST_CHOSEN if needs else _MOST_GROUPED)
            end, width = start, (end - start) * (growth if documents else 1)
        return WindowPage(self._found, self._counts.traces, more=False)

    def _begin(self, end: int, width: int, aim: int) -> tuple[int, int]:
        """Give where a slice before ``end`` begins that has about so many documents, and how many it has."""
        first, few, many = self._window.start_s, 0, 0
        for _ in range(_MOST_STEPS):
            start = max(first, end - width)
            documents = self._documents(start, end)
            if documents > 3 * aim and width > _FIRST_S:
                many = width
                width = max(_FIRST_S, width * aim // documents) if not few else (few + many) // 2
            elif documents < aim // 6 and start > first:
                few = width
                wider = width * min(_WIDER, max(2, aim // max(documents, 1)))
                width = (few + many) // 2 if many else wider
            else:
                return start, documents
            if width <= few:
                break
        start = max(first, end - max(few, _FIRST_S))
        return start, self._documents(start, end)

    def _read(self, part: Slice, limit: int) -> FoundTrace | None:
        """Find what is in a slice, until there is one more than asked for; give where it was given up, if it was."""
        window, size = self._window, limit + 1
        while True:
            told = self._candidates(window, part, size)
            candidates = self._of_slice(told, part)
            unsure = [one.found.trace_id for one in candidates if not one.sure]
            true = set[str]()
            for first in range(0, len(unsure), _CHUNK):
                true |= self._refine(unsure[first : first + _CHUNK])
            self._refined += len(unsure)
            self._found += [one.found for one in candidates if one.sure or one.found.trace_id in true]
            if len(told) < size or len(self._found) > limit:
                return None
            if self._refined >= _MOST_REFINED:
                return told[-1].found
            window = msgspec.structs.replace(window, before=told[-1].found)
            size = min(size * 2, _CHUNK * 5)

    def _of_slice(self, candidates: list[_Candidate], part: Slice) -> list[_Candidate]:
        """Leave out the traces that another slice has by a document that is not near this one."""
        asked = [one.id for one in candidates if part.own_times and int(one.id[:8], 16) != one.time]
        times = self._true_times(asked) if asked else {}
        return [one for one in candidates if part.start_s <= times.get(one.id, one.time) < part.end_s]

    def _candidates(self, window: TraceWindow, part: Slice, most: int) -> list[_Candidate]:
        return self._engine.rows(
            _Candidate,
            slice_query(self._condition, window, part),
            **slice_parameters(self._account, window, part),
            **self._condition.parameters,
            most=most,
        )

    def _own_times(self, start_s: int, end_s: int) -> bool:
        return bool(self._ask(FIND_OWN_TIMES, start_s - NEARBY_S, end_s + NEARBY_S))

    def _documents(self, start_s: int, end_s: int) -> int:
        return self._ask(COUNT_DOCUMENTS, start_s, end_s)

    def _count(self, part: Slice, documents: int) -> None:
        """Count the traces looked at; where they are many, tell it by their documents."""
        known = self._counts
        if known.documents and known.documents + documents > _MOST_COUNTED:
            known.traces += documents * known.traces // known.documents
            known.documents += documents
            return
        asked = {"account": self._account, "start": part.start_s, "end": part.end_s}
        (counts,) = self._engine.rows(_Counts, COUNT_TRACES, **asked)
        known.traces += counts.traces
        known.documents += counts.documents

    def _ask(self, sql: str, start_s: int, end_s: int) -> int:
        rows = self._engine.rows(_One, sql, account=self._account, start=start_s, end=end_s)
        return rows[0].one if rows else 0
