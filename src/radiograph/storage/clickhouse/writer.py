"""Batches of documents into the engine: one part a table and day, all synced before it returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from radiograph.model.rows import COMPLETE, EncodedSegments, StoredDocument, StoredSegment

from .engine import Engine
from .native import block
from .verify import PartChecker

__all__ = ["ClickHouseWriter"]

# The members of a StoredSegment behind its trace id, in their order.
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
    ("http_url", "Text"),
    ("http_status", "UInt16"),
    ("user_agent", "String"),
    ("client_ip", "Text"),
    ("user", "Text"),
    ("instance_id", "String"),
    ("availability_zone", "String"),
    ("resource_arns", "Array(String)"),
    ("sampling_rule", "String"),
    ("annotations", "Text"),
    ("sub_id", "Array(UInt64)"),
    ("sub_name", "Array(String)"),
    ("sub_type", "Array(String)"),
    ("sub_duration_us", "Array(UInt64)"),
    ("sub_class", "Array(UInt8)"),
    ("sub_traced", "Array(Bool)"),
    ("sub_flags", "Array(UInt8)"),
    ("sub_status", "Array(UInt16)"),
    ("source", "String"),
)
_SEGMENT_COLUMNS = ("account", "minute", "trace_id", *(name for name, _ in _PLAIN))
_DOCUMENT_COLUMNS = ("account", "day", "trace_id", "id", "version", "document", "source")
_LINK_COLUMNS = ("account", "minute", "trace_id", "id", "version", "linked_trace", "linked_id")
_MINUTE_US, _DAY_US = 60_000_000, 86_400_000_000

Listener = Callable[[str, frozenset[int], int], None]
"""Told the account, the minutes (epoch seconds) and the lowest journal sequence of what was written."""
LinkListener = Callable[[str, frozenset[int]], None]
"""Told the account, and the minutes (epoch seconds) of documents with links that are being written."""


class ClickHouseWriter:
    """A :class:`~radiograph.storage.interfaces.SegmentWriter`; tells listeners which minutes it changed."""

    def __init__(self, engine: Engine, on_write: Listener, on_links: LinkListener) -> None:
        self._engine = engine
        self._on_write, self._on_links = on_write, on_links
        # Whatever is asked meanwhile, a write must not wait for it.
        own = engine.aside()
        self._checkers = [PartChecker(own, table) for table in ("documents", "segments")]
        self._link_checker = PartChecker(own, "segment_links")

    def encode(
        self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]
    ) -> EncodedSegments:
        """Give Native blocks; see the Protocol."""
        count = len(segments)
        trace_ids = [_trace_id(segment.trace_id) for segment in segments]
        minutes = [segment.start_us // _MINUTE_US * 60 for segment in segments]
        values = list(zip(*map(msgspec.structs.astuple, segments), strict=True))
        columns: list[tuple[str, str, Sequence[Any]]] = [
            ("account", "String", [account] * count),
            ("minute", "DateTime", minutes),
            ("trace_id", "FixedString(16)", trace_ids),
            *((name, type_, values[n]) for n, (name, type_) in enumerate(_PLAIN, 1)),
        ]
        of_documents: list[tuple[str, str, Sequence[Any]]] = [
            ("account", "String", [account] * count),
            ("day", "Date", [segment.start_us // _DAY_US for segment in segments]),
            ("trace_id", "FixedString(16)", trace_ids),
            ("id", "UInt64", [document.id for document in documents]),
            ("version", "UInt64", [document.version for document in documents]),
            ("document", "Bytes", [document.document for document in documents]),
            ("source", "String", [document.source for document in documents]),
        ]
        first = min(segment.version & ~COMPLETE for segment in segments)
        encoded = EncodedSegments(count, block(columns), block(of_documents), frozenset(minutes), first)
        linked = [segment for segment in segments if segment.links]
        return _with_links(encoded, account, linked) if linked else encoded

    def write(self, account: str, encoded: Sequence[EncodedSegments]) -> None:
        """Return once all of it is on stable storage; see the Protocol."""
        if not encoded:
            return
        # Documents first: a trace that a question finds can then always be opened.
        self._engine.insert_blocks("documents", _DOCUMENT_COLUMNS, [one.documents for one in encoded])
        links = [one.links for one in encoded if one.links]
        if links:
            self._engine.insert_blocks("segment_links", _LINK_COLUMNS, links)
            self._on_links(account, frozenset[int]().union(*(one.linked for one in encoded)))
        self._engine.insert_blocks("segments", _SEGMENT_COLUMNS, [one.segments for one in encoded])
        for checker in [self._link_checker, *self._checkers] if links else self._checkers:
            checker.check()
        minutes = frozenset[int]().union(*(one.minutes for one in encoded))
        self._on_write(account, minutes, min(one.first for one in encoded))


def _with_links(encoded: EncodedSegments, account: str, segments: Sequence[StoredSegment]) -> EncodedSegments:
    pairs = [(segment, link) for segment in segments for link in segment.links]
    minutes = [segment.start_us // _MINUTE_US * 60 for segment, _ in pairs]
    links = block(
        [
            ("account", "String", [account] * len(pairs)),
            ("minute", "DateTime", minutes),
            ("trace_id", "FixedString(16)", [_trace_id(segment.trace_id) for segment, _ in pairs]),
            ("id", "UInt64", [segment.id for segment, _ in pairs]),
            ("version", "UInt64", [segment.version for segment, _ in pairs]),
            ("linked_trace", "FixedString(16)", [_trace_id(link.trace_id) for _, link in pairs]),
            ("linked_id", "UInt64", [link.id for _, link in pairs]),
        ]
    )
    return msgspec.structs.replace(encoded, links=links, linked=frozenset(minutes))


def _trace_id(text: str) -> bytes:
    return bytes.fromhex(text[2:10] + text[11:])
