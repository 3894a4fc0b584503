"""Batches of documents into the engine: one block a table, both synced before it returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from radiograph.model.rows import COMPLETE, StoredDocument, StoredSegment

from .engine import Engine
from .verify import PartChecker

__all__ = ["ClickHouseWriter"]

_PLAIN = (
    ("id", "UInt64"),
    ("version", "UInt64"),
    ("trace_time", "UInt32"),
    ("segment", "Bool"),
    ("parent_id", "UInt64"),
    ("name", "String"),
    ("type", "String"),
    ("start_us", "Int64"),
    ("duration_us", "UInt64"),
    ("span_us", "UInt64"),
    ("complete", "Bool"),
    ("partial", "Bool"),
    ("error", "Bool"),
    ("throttle", "Bool"),
    ("fault", "Bool"),
    ("http_method", "String"),
    ("http_url", "String"),
    ("http_status", "UInt16"),
    ("user_agent", "String"),
    ("client_ip", "String"),
    ("user", "String"),
    ("instance_id", "String"),
    ("availability_zone", "String"),
    ("resource_arns", "Array(String)"),
    ("sampling_rule", "String"),
    ("annotations", "String"),
    ("sub_id", "Array(UInt64)"),
    ("sub_name", "Array(String)"),
    ("sub_type", "Array(String)"),
    ("sub_duration_us", "Array(UInt64)"),
    ("sub_class", "Array(UInt8)"),
    ("sub_traced", "Array(Bool)"),
)
_VALUES = attrgetter(*(name for name, _ in _PLAIN))
_MINUTE_US, _DAY_US = 60_000_000, 86_400_000_000

Listener = Callable[[str, frozenset[int], int], None]
"""Told the account, the minutes (epoch seconds) and the lowest journal sequence of what was written."""


class ClickHouseWriter:
    """A :class:`~radiograph.storage.interfaces.SegmentWriter`; tells a listener which minutes it changed."""

    def __init__(self, engine: Engine, on_write: Listener) -> None:
        self._engine = engine
        self._on_write = on_write
        self._checkers = [PartChecker(engine, table) for table in ("documents", "segments")]

    def write(self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]) -> None:
        """Return once both, in the same order, are on stable storage; see the Protocol."""
        if not segments:
            return
        count = len(segments)
        trace_ids = [_trace_id(segment.trace_id) for segment in segments]
        minutes = [segment.start_us // _MINUTE_US * 60 for segment in segments]
        columns: list[tuple[str, str, Sequence[Any]]] = [
            ("account", "String", [account] * count),
            ("minute", "DateTime", minutes),
            ("trace_id", "FixedString(16)", trace_ids),
        ]
        values = list(zip(*map(_VALUES, segments), strict=True))
        columns += [(name, type_, values[n]) for n, (name, type_) in enumerate(_PLAIN)]
        # Documents first: a trace that a question finds can then always be opened.
        self._engine.insert(
            "documents",
            [
                ("account", "String", [account] * len(documents)),
                ("day", "Date", [document.start_us // _DAY_US for document in documents]),
                ("trace_id", "FixedString(16)", trace_ids),
                ("id", "UInt64", [document.id for document in documents]),
                ("version", "UInt64", [document.version for document in documents]),
                ("document", "Bytes", [document.document for document in documents]),
            ],
        )
        self._engine.insert("segments", columns)
        for checker in self._checkers:
            checker.check()
        self._on_write(account, frozenset(minutes), min(segment.version & ~COMPLETE for segment in segments))


def _trace_id(text: str) -> bytes:
    return bytes.fromhex(text[2:10] + text[11:])
