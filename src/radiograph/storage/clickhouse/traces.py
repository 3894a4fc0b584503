"""Questions about traces: which are in a window, and everything of some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

import msgspec

from radiograph.filters.evaluate import TraceFacts, matches
from radiograph.filters.tree import And, Everything, Expression, Not, Or, RootCause, RootCauseJson
from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.model.windows import FoundTrace, TraceWindow, WindowPage
from radiograph.segments.causes import root_causes
from radiograph.segments.opened import opened

from .engine import Engine, load_query
from .predicates import compile_condition
from .walk import Walk

__all__ = ["ClickHouseTraces", "hex_id"]

_FIRST_SLICE_S, _SLICE_GROWTH = 120, 8
_EARLY_S = 300
_TIME = {"TraceId": "trace_time", "Event": "ended_s", "Service": "ended_s"}
_ID_TIME = "reinterpretAsUInt32(reverse(substring(trace_id, 1, 4)))"
_FIRST_TIME = f"if(countIf(trace_time = {_ID_TIME}) > 0, {_ID_TIME}, min(trace_time))"
"""When a trace began: as its id tells, as long as one of its documents agrees."""
_Versioned = TypeVar("_Versioned", StoredDocument, StoredSegment)


class _Found(msgspec.Struct):
    id: str
    time: int


class _Document(msgspec.Struct):
    trace_id: str
    id: int
    version: int
    start_us: int
    document: str


class ClickHouseTraces:
    """The part of a :class:`~radiograph.storage.interfaces.TraceReader` that knows single traces."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._documents_sql = load_query("documents")
        self._segments_sql = load_query("segments")
        self._window_sql = load_query("traces_in_window")
        self._true_times_sql = load_query("true_times")

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        """Give every document of these traces; see the Protocol."""
        ids = [hex_id(trace_id) for trace_id in trace_ids]
        rows = self._engine.rows(_Document, self._documents_sql, account=account, ids=ids)
        return _newest(
            [StoredDocument(row.trace_id, row.id, row.version, row.start_us, row.document.encode()) for row in rows]
        )

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        """Give the columns of every document of these traces; see the Protocol."""
        ids = [hex_id(trace_id) for trace_id in trace_ids]
        times = [int(id_[:8], 16) for id_ in ids]
        asked = {"account": account, "ids": ids, "first": min(times, default=0), "last": max(times, default=0)}
        return _newest(self._engine.rows(StoredSegment, self._segments_sql, **asked))

    def traces_in(
        self, account: str, window: TraceWindow, limit: int, expression: Expression | None = None
    ) -> WindowPage:
        """Give a page of a window, newest first, reading it backwards in slices that grow; see the Protocol."""
        if expression is not None or window.share < 1.0 or window.kind == "TraceId":
            asked = Everything() if expression is None else expression
            walk = Walk(
                self._engine,
                account,
                window,
                compile_condition(asked),
                lambda ids: self._satisfying(account, ids, asked),
                lambda ids: self._true_time(account, window, ids),
            )
            return walk.page(limit)
        end = window.end_s if window.before is None else min(window.end_s, window.before.time_s + 1)
        width, found, processed = _FIRST_SLICE_S, list[FoundTrace](), 0
        while end > window.start_s:
            start = max(window.start_s, end - width)
            candidates = self._slice(account, window, start, end)
            processed += len(candidates)
            found += [one for one in candidates if window.before is None or one < window.before]
            if len(found) > limit:
                return WindowPage(found[:limit], processed, more=True)
            end, width = start, width * _SLICE_GROWTH
        return WindowPage(found, processed, more=False)

    def _slice(self, account: str, window: TraceWindow, start_s: int, end_s: int) -> list[FoundTrace]:
        rows = self._engine.rows(
            _Found,
            self._window_sql.replace("{time}", _TIME[window.kind]),
            account=account,
            start=start_s,
            end=end_s,
            earliest=start_s - _EARLY_S if window.kind == "TraceId" else start_s - 86_400,
        )
        # A trace whose id tells no time, or which is sought by its events, can reach into other slices: it belongs
        # to the one slice that holds its true time.
        unsure = [row.id for row in rows if window.kind != "TraceId" or int(row.id[:8], 16) != row.time]
        times = self._true_time(account, window, unsure) if unsure else {}
        found = [
            FoundTrace(times.get(row.id, row.time), f"1-{row.id[:8]}-{row.id[8:]}")
            for row in rows
            if start_s <= times.get(row.id, row.time) < end_s
        ]
        found.sort(reverse=True)
        return found

    def _satisfying(self, account: str, trace_ids: Sequence[str], expression: Expression) -> set[str]:
        """Give those of some traces that satisfy an expression by all their documents tell."""
        documents: dict[str, list[StoredDocument]] = defaultdict(list)
        for one in self.documents(account, trace_ids):
            documents[one.trace_id].append(one)
        causes, found = _has_causes(expression), set()
        for trace_id, stored in documents.items():
            stored.sort(key=attrgetter("id"))
            facts = TraceFacts(*opened(stored), root_causes(stored, account) if causes else None)
            if matches(expression, facts, account):
                found.add(trace_id)
        return found

    def _true_time(self, account: str, window: TraceWindow, ids: Sequence[str]) -> dict[str, int]:
        column = _TIME[window.kind]
        time = _FIRST_TIME if window.kind == "TraceId" else f"maxIf({column}, {column} < {{end:Int64}})"
        sql = self._true_times_sql.replace("{time}", time)
        return {row.id: row.time for row in self._engine.rows(_Found, sql, account=account, ids=ids, end=window.end_s)}


def _has_causes(expression: Expression) -> bool:
    match expression:
        case And(terms) | Or(terms):
            return any(map(_has_causes, terms))
        case Not(term):
            return _has_causes(term)
        case RootCause() | RootCauseJson():
            return True
    return False


def hex_id(trace_id: str) -> str:
    """Give the 32 hexadecimal digits of ``1-8hex-24hex``, or of what is no trace id, digits that match nothing."""
    digits = (trace_id[2:10] + trace_id[11:]).lower()
    return digits if len(digits) == 32 and set(digits) <= set("0123456789abcdef") else "0" * 32


def _newest(rows: list[_Versioned]) -> list[_Versioned]:
    newest: dict[tuple[str, int], _Versioned] = {}
    for row in rows:
        key = (row.trace_id, row.id)
        kept = newest.get(key)
        if kept is None or kept.version < row.version:
            newest[key] = row
    return list(newest.values())
