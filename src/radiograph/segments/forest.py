"""A trace's documents as trees: what calls what, from the segments where requests enter down to the last subsegment.

Only what root causes need is decoded, each document once, and a tree is grown only as far as somebody looks: a page of
summaries has hundreds of documents, and most of a trace is on no path.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

import msgspec
from msgspec import Struct

from radiograph.model.document import ApiCall, Http, Subsegment

from .clean import MAX_NAME, clean, is_entity_id
from .derive import Outcome, inferred_node, outcome, waits_for_callee

__all__ = ["Entity", "Forest", "RecordedException", "microseconds"]

_LATEST_S = 4_102_444_800.0  # 2100: an embedded subsegment's times are not checked at the door


class RecordedException(Struct, frozen=True, gc=False):
    """An exception of ``cause.exceptions``; ``cause`` is the id of the one that caused it."""

    id: str | None = None
    type: str | None = None
    message: str | None = None
    cause: str | None = None


class _Cause(Struct, frozen=True, gc=False):
    exceptions: list[RecordedException] | None = None


class _Part(Struct, frozen=True, gc=False):
    id: str
    name: str
    start_time: float
    end_time: float | None = None
    namespace: str | None = None
    http: Http | None = None
    aws: ApiCall | None = None
    sql: dict[str, msgspec.Raw] | None = None
    error: bool | None = None
    throttle: bool | None = None
    fault: bool | None = None
    traced: bool | None = None
    cause: str | _Cause | None = None
    subsegments: list[_Part] | None = None


class _Document(_Part, frozen=True, gc=False):
    type: str | None = None
    parent_id: str | None = None
    origin: str | None = None


_decode = msgspec.json.Decoder(_Document).decode
_decode_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_OUTSIDE = ("aws", "remote")
_NO_ID = "0" * 16
_NO_FLAGS: Outcome = (False, False, False)
_ORDER = attrgetter("start_time", "id")
_PART_ORDER = attrgetter("part.start_time", "id")


class Entity(Struct, gc=False):
    """A segment or subsegment of a forest."""

    part: _Part
    id: str
    name: str
    segment: bool
    call: bool
    """Whether this is a call to something outside."""
    children: list[Entity] | None = None
    """For :meth:`Forest.below`: None until somebody looks."""

    @property
    def origin(self) -> str:
        """What a segment runs on; empty when it does not say so."""
        return self.part.origin or "" if isinstance(self.part, _Document) else ""

    @property
    def flags(self) -> Outcome:
        """Whether it failed, and how."""
        return _flags(self.part) if _may_have_failed(self.part) else _NO_FLAGS

    @property
    def exceptions(self) -> str | list[RecordedException]:
        """What it recorded, the outermost first; or the id of an exception that another entity recorded."""
        cause = self.part.cause
        if isinstance(cause, _Cause):
            return cause.exceptions or []
        return cause or []

    @property
    def node(self) -> tuple[str, str] | None:
        """(name, type) of what it calls, as the call tells."""
        part = self.part
        return inferred_node(self.name, part.namespace, part.aws, bool(part.sql)) if self.call else None

    def times_us(self) -> tuple[int, int] | None:
        """When it ran; None while in progress."""
        if self.part.end_time is None:
            return None
        start_us = microseconds(self.part.start_time)
        return start_us, max(start_us, microseconds(self.part.end_time))


class Forest:
    """The trees of a trace; what hangs together with no entry (its parent never came, or is below itself) is in none.

    A document that is sent alone and also embedded is one entity: as it was sent, unless only its image is complete.
    """

    def __init__(self, documents: Iterable[bytes]) -> None:
        self._documents: dict[str, _Document] = {}
        """By id."""
        self._alone: dict[str, list[_Document]] = {}
        """Those with a parent, by its id, until they are put below it: that happens once."""
        self.failed = False
        """Whether there is a fault, error or throttle in any document."""
        embedded = set[str]()
        for document in sorted(map(_read, documents), key=attrgetter("id")):
            self._documents[document.id.lower()] = document
            parent = _parent(document)
            if parent:
                self._alone.setdefault(parent, []).append(document)
            self._scan(document, embedded)
        entries = [
            document
            for document in self._documents.values()
            if document.type != "subsegment"
            and not ((parent := _parent(document)) in self._documents or parent in embedded)
        ]
        entries.sort(key=_ORDER)
        self.entries = [_entity(document, segment=True) for document in entries]
        """The segments that nothing in the trace calls, the earliest first."""
        self.root = next(
            (one for one, document in zip(self.entries, entries, strict=True) if not _parent(document)), None
        )
        """The segment that a summary tells of: the first without a parent, else the first whose parent never came."""
        if self.root is None and self.entries:
            self.root = self.entries[0]

    def _scan(self, document: _Document, embedded: set[str]) -> None:
        failed = _may_have_failed(document)
        stack = [document.subsegments] if document.subsegments else []
        while stack:
            for part in stack.pop():
                embedded.add(part.id.lower())
                if not failed:
                    failed = _may_have_failed(part)
                if part.subsegments:
                    stack.append(part.subsegments)
        self.failed = self.failed or failed

    def below(self, entity: Entity) -> list[Entity]:
        """Give what an entity contains or calls, the earliest first."""
        if entity.children is not None:
            return entity.children
        documents = self._documents
        found = [
            _entity(part, segment=False)
            for part in entity.part.subsegments or ()
            if is_entity_id(part.id) and (part.id.lower() not in documents or self._is_better(part))
        ]
        found += [
            _entity(document, segment=document.type != "subsegment")
            for document in self._alone.pop(entity.id, ())
            if document.id.lower() in documents
        ]
        if len(found) > 1:
            found.sort(key=_PART_ORDER)
        entity.children = found
        return found

    def inferred(self, entity: Entity) -> tuple[str, str] | None:
        """Give (name, type) of the node inferred from a call to what sent no segment, and will not."""
        if not entity.call or waits_for_callee(entity.part.http, entity.part.traced):
            return None
        return None if any(child.segment for child in self.below(entity)) else entity.node

    def _is_better(self, image: _Part) -> bool:
        document = self._documents[image.id.lower()]
        if document.type != "subsegment" or document.end_time is not None or image.end_time is None:
            return False
        del self._documents[image.id.lower()]
        return True


def microseconds(seconds: float) -> int:
    """Give a moment in whole microseconds since the epoch."""
    return int(min(max(seconds, 0.0), _LATEST_S) * 1_000_000)


def _read(document: bytes) -> _Document:
    try:
        return _decode(document)
    except msgspec.ValidationError:
        # Some optional member has a wrong type: read the document without it.
        return _decode(_encode(clean(_decode_any(document))))


def _entity(part: _Part, segment: bool) -> Entity:
    name = part.name if len(part.name) <= MAX_NAME else part.name[:MAX_NAME]
    return Entity(part, part.id.lower(), name, segment, not segment and part.namespace in _OUTSIDE)


def _parent(document: _Document) -> str:
    """The id of what a document stands in or is called by; empty when there is none."""
    parent = document.parent_id
    return "" if not parent or parent == _NO_ID else parent.lower()


def _may_have_failed(part: _Part) -> bool:
    # Most entities tell of nothing.
    if part.error is None and part.fault is None and part.throttle is None:
        http = part.http
        if http is None or http.response is None or http.response.status is None:
            return False
        return http.response.status >= 400
    return True


def _flags(part: _Part) -> Outcome:
    return outcome(
        Subsegment(part.id, part.name, 0.0, http=part.http, error=part.error, throttle=part.throttle, fault=part.fault)
    )
