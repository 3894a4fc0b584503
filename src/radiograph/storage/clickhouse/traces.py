"""Questions about traces: which are in a window, and everything of some."""

from __future__ import annotations

from binascii import a2b_base64
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

import msgspec

from radiograph.filters.evaluate import TraceFacts, matches
from radiograph.filters.tree import And, Everything, Expression, Not, Or, RootCause, RootCauseJson
from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.model.windows import TraceWindow, WindowPage
from radiograph.segments.causes import root_causes
from radiograph.segments.opened import opened, sources_of
from radiograph.storage.interfaces import Reading

from .engine import Engine, load_query
from .predicates import compile_condition
from .times import ID_TIME
from .walk import Walk

__all__ = ["ClickHouseTraces", "as_they_are", "hex_id"]

_FIRST_TIME = f"if(countIf(trace_time = {ID_TIME}) > 0, {ID_TIME}, min(trace_time))"
"""When a trace began: as its id tells, as long as one of its documents agrees."""
_Versioned = TypeVar("_Versioned", StoredDocument, StoredSegment)


class _Began(msgspec.Struct):
    id: str
    time: int


class _Document(msgspec.Struct):
    trace_id: str
    id: int
    version: int
    start_us: int
    document: str
    """JSON; or, of what is sealed, base64."""
    source: str

    def stored(self) -> StoredDocument:
        # An object begins with a brace or with white space, base64 of what is sealed with an A.
        document = a2b_base64(self.document) if self.document.startswith("A") else self.document.encode()
        return StoredDocument(self.trace_id, self.id, self.version, self.start_us, document, source=self.source)


def as_they_are(_account: str, documents: list[StoredDocument]) -> list[StoredDocument]:
    """Give all of them: of a store in which nothing is sealed."""
    return documents


class ClickHouseTraces:
    """The part of a :class:`~radiograph.storage.interfaces.TraceReader` that knows single traces."""

    def __init__(self, engine: Engine, reading: Reading = as_they_are) -> None:
        self._engine, self._reading = engine, reading
        self._documents_sql, self._knowing_sql = load_query("documents"), load_query("documents_knowing")
        self._segments_sql = load_query("segments")
        self._true_times_sql = load_query("true_times").replace("{time}", _FIRST_TIME)

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        """Give every document of these traces; see the Protocol."""
        return self.knowing(account, trace_ids, ())

    def knowing(self, account: str, trace_ids: Sequence[str], entities: Sequence[int]) -> list[StoredDocument]:
        """Give the documents of these traces that are, contain or are called by one of the entities; or every one."""
        asked = _asked(account, trace_ids)
        if entities:
            rows = self._engine.rows(_Document, self._knowing_sql, **asked, entities=entities)
        else:
            rows = self._engine.rows(_Document, self._documents_sql, **asked)
        return self._reading(account, _newest([row.stored() for row in rows]))

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        """Give the columns of every document of these traces; see the Protocol."""
        return _newest(self._engine.rows(StoredSegment, self._segments_sql, **_asked(account, trace_ids)))

    def traces_in(
        self, account: str, window: TraceWindow, limit: int, expression: Expression | None = None
    ) -> WindowPage:
        """Give a page of a window, newest first, reading it backwards in slices that grow; see the Protocol."""
        asked = Everything() if expression is None else expression
        walk = Walk(
            self._engine,
            account,
            window,
            compile_condition(asked),
            lambda ids: self.satisfying(account, ids, asked),
            lambda ids: self.true_times(account, ids),
        )
        return walk.page(limit)

    def satisfying(self, account: str, trace_ids: Sequence[str], expression: Expression) -> set[str]:
        """Give those of some traces that satisfy an expression by all their documents tell."""
        documents: dict[str, list[StoredDocument]] = defaultdict(list)
        for one in self.documents(account, trace_ids):
            documents[one.trace_id].append(one)
        causes, found = _has_causes(expression), set()
        for trace_id, stored in documents.items():
            stored.sort(key=attrgetter("id"))
            told = root_causes(stored, account) if causes else None
            facts = TraceFacts(*opened(stored), told, sources_of(stored))
            if matches(expression, facts, account):
                found.add(trace_id)
        return found

    def true_times(self, account: str, ids: Sequence[str]) -> dict[str, int]:
        """Give when each of some traces (their 32 digits) began."""
        rows = self._engine.rows(_Began, self._true_times_sql, account=account, ids=ids)
        return {row.id: row.time for row in rows}


def _asked(account: str, trace_ids: Sequence[str]) -> dict[str, object]:
    """What to bind for the documents of some traces: their digits, and which times these tell."""
    ids = [hex_id(trace_id) for trace_id in trace_ids]
    times = [int(id_[:8], 16) for id_ in ids]
    return {"account": account, "ids": ids, "first": min(times, default=0), "last": max(times, default=0)}


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
