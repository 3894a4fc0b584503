"""Links between traces: noted as documents are written, followed to their origins when either end has come.

The sender of an event is in another trace, which may come later, or never, and is not of the receiver's time. So its
origin is looked for once, in the keeper's turn, and kept; edges are then a join of receivers' links with their origins.
ADR 9 has why.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from radiograph.model.document import SegmentDocument
from radiograph.model.rows import COMPLETE, Origin, StoredDocument
from radiograph.segments.flatten import read_document
from radiograph.segments.links import origins
from radiograph.segments.opened import sources_of

from .engine import Engine, load_query
from .graph_scope import Scope
from .times import NEARBY_S

__all__ = ["Found", "LinkedMinutes", "Links"]

_ROWS, _OF_MINUTES, _GIVEN = load_query("link_rows"), load_query("origins_of_minutes"), load_query("origins_given")
_ORIGINS = "/*origins*/ SELECT linked_trace, linked_id, name, type, source, sent_us FROM link_origins"
_AT_ONCE = 500

Documents = Callable[[str, Sequence[str], Sequence[int]], list[StoredDocument]]
"""From account, trace ids, and entities: all documents of these traces, or those that know one of the entities."""


class _Minute(msgspec.Struct):
    account: str
    minute: int


class _Last(msgspec.Struct):
    version: int


class _Sender(msgspec.Struct, frozen=True):
    """A segment or subsegment that has sent an event; the trace as 32 digits."""

    trace: str
    id: int


class _Known(msgspec.Struct):
    minute: int
    trace: str
    id: int
    name: str
    type: str
    source: str
    sent_us: int


class Found(msgspec.Struct, frozen=True):
    """Of a link, received in a minute: an origin that was not known, or was another."""

    minute: int
    sender: _Sender
    origin: Origin


_NOWHERE = Origin("", "", 0)


class LinkedMinutes:
    """In which minutes segments have links. Most stores have none, and are asked nothing. Safe with several threads."""

    def __init__(self, engine: Engine) -> None:
        self._lock = threading.Lock()
        self._minutes: dict[str, set[int]] = defaultdict(set)
        """By account."""
        sql = "SELECT DISTINCT account, toUnixTimestamp(minute) AS minute FROM segment_links"
        for one in engine.rows(_Minute, sql):
            self._minutes[one.account].add(one.minute)

    def written(self, account: str, minutes: frozenset[int]) -> None:
        """Note in which minutes segments begin that have links."""
        with self._lock:
            self._minutes[account] |= minutes

    def among(self, account: str, minutes: Iterable[int]) -> bool:
        """Whether a segment that begins in one of these minutes may have links."""
        with self._lock:
            return not self._minutes[account].isdisjoint(minutes)

    def any(self, account: str) -> bool:
        """Whether any segment may have links."""
        with self._lock:
            return bool(self._minutes[account])


class Links:
    """What events segments have received, and where they came from."""

    def __init__(self, engine: Engine, documents: Documents, minutes: LinkedMinutes, at_once: int = 20_000) -> None:
        """Links are followed so many ``at_once``: what is applied anew from the journal may have any number."""
        self._engine, self._documents, self._minutes, self._at_once = engine, documents, minutes, at_once

    def among(self, account: str, minutes: Iterable[int]) -> bool:
        """Whether a segment that begins in one of these minutes may have links."""
        return self._minutes.among(account, minutes)

    def sql(self, scope: Scope) -> str:
        """Give SQL for the link edges of a scope of minutes, by the origins that are known."""
        known = _OF_MINUTES.replace("/*when*/ true", scope.when)
        return _ROWS.replace(_ORIGINS, known).replace("/*scope*/ true", scope.documents)

    def sql_of_traces(self, scope: Scope, account: str, ids: Sequence[str]) -> tuple[str, dict[str, object]] | None:
        """Give SQL for the link edges of a scope of traces, and what to bind; None when there is none.

        Origins are looked for now: these traces are few, and may have come just now.
        """
        if not self._minutes.any(account):
            return None
        senders = self._engine.rows(_Sender, load_query("links_of_traces"), account=account, ids=ids)
        found = list(self._origins(account, senders).items())
        if not found:
            return None
        bound: dict[str, object] = {
            "origin_traces": [sender.trace for sender, _ in found],
            "origin_ids": [sender.id for sender, _ in found],
            "origin_names": [origin.name for _, origin in found],
            "origin_types": [origin.type for _, origin in found],
            "origin_sources": [origin.source for _, origin in found],
            "origin_times": [origin.sent_us for _, origin in found],
        }
        return _ROWS.replace(_ORIGINS, _GIVEN).replace("/*scope*/ true", scope.documents), bound

    def look(self, account: str, low: int, high: int, since: int) -> Iterator[list[Found]]:
        """Yield what is new of origins, by documents that have come since a journal sequence in minutes of a range.

        Raises: ServiceUnavailable.
        """
        known = [_Known(0, "0" * 32, 0, "", "", "", 0)] if self._minutes.any(account) else []
        while known:
            known = self._engine.rows(
                _Known,
                load_query("links_since"),
                account=account,
                low=low,
                high=high,
                received_from=low - NEARBY_S,
                since=since,
                complete_since=since + COMPLETE,
                after_minute=known[-1].minute,
                after_trace=known[-1].trace,
                after_id=known[-1].id,
                most=self._at_once,
            )
            found = self._origins(account, dict.fromkeys(_Sender(one.trace, one.id) for one in known))
            new = []
            for one in known:
                sender = _Sender(one.trace, one.id)
                origin = found.get(sender, _NOWHERE)
                if origin != Origin(one.name, one.type, one.sent_us, one.source):
                    new.append(Found(one.minute, sender, origin))
            if new:
                yield new
            if len(known) < self._at_once:
                return

    def keep(self, account: str, found: Sequence[Found]) -> None:
        """Keep what was found; for one thread alone.

        Raises: ServiceUnavailable.
        """
        (last,) = self._engine.rows(_Last, "SELECT max(version) AS version FROM link_origins")
        self._engine.insert(
            "link_origins",
            [
                ("account", "String", [account] * len(found)),
                ("minute", "DateTime", [one.minute for one in found]),
                ("linked_trace", "FixedString(16)", [bytes.fromhex(one.sender.trace) for one in found]),
                ("linked_id", "UInt64", [one.sender.id for one in found]),
                ("version", "UInt64", [last.version + 1] * len(found)),
                ("name", "String", [one.origin.name for one in found]),
                ("type", "String", [one.origin.type for one in found]),
                ("source", "String", [one.origin.source for one in found]),
                ("sent_us", "Int64", [one.origin.sent_us for one in found]),
            ],
        )

    def _origins(self, account: str, senders: Iterable[_Sender]) -> dict[_Sender, Origin]:
        ordered, result = list(senders), dict[_Sender, Origin]()
        for first in range(0, len(ordered), _AT_ONCE):
            some = ordered[first : first + _AT_ONCE]
            # Almost always two tell enough: the sender's document, and who says that it was called by the sender.
            found, unsure = self._told(account, some, [sender.id for sender in some])
            result |= found
            if unsure:
                result |= self._told(account, unsure, [])[0]
        return result

    def _told(
        self, account: str, senders: Sequence[_Sender], entities: Sequence[int]
    ) -> tuple[dict[_Sender, Origin], list[_Sender]]:
        """Origins, by the documents that know the entities, or by all; and of which senders others may tell more."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for sender in senders:
            wanted[f"1-{sender.trace[:8]}-{sender.trace[8:]}"].append(sender.id)
        documents: dict[str, list[SegmentDocument]] = defaultdict(list)
        sources: dict[str, dict[str, str]] = defaultdict(dict)
        for one in self._documents(account, list(wanted), entities):
            documents[one.trace_id].append(read_document(one.document))
            sources[one.trace_id] |= sources_of((one,))
        found, unsure = dict[_Sender, Origin](), list[_Sender]()
        for trace_id, told in documents.items():
            trace = trace_id[2:].replace("-", "")
            if entities and any(one.type == "subsegment" for one in told):
                unsure += [_Sender(trace, id_) for id_ in wanted[trace_id]]
                continue
            found |= {
                _Sender(trace, id_): origin
                for id_, origin in origins(told, wanted[trace_id], sources[trace_id]).items()
            }
        return found, unsure
