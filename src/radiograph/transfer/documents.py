"""Segment documents on their way from one server to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from radiograph.segments.decode import MAX_DOCUMENT_BYTES

from .door import Door, NotTaken
from .tally import Outcome, Refusal

__all__ = ["BATCH_DOCUMENTS", "Prepared", "batches", "is_growing", "prepared", "send"]

BATCH_DOCUMENTS = 50
_BATCH_BYTES = 1 << 20
_TOO_LARGE = 413
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Prepared(msgspec.Struct, frozen=True):
    """What is to be sent of a document."""

    documents: list[str]
    is_inferred: bool = False
    """It stands for something that sent nothing itself: every server makes it from the call, so nothing is sent."""


def prepared(document: str) -> Prepared:
    """Give a document as it can be sent: a whole segment may have outgrown what is taken in one document.

    One that cannot be read is given as it is: the server's refusal says best what is wrong with it.
    """
    is_large = len(document) * 4 > MAX_DOCUMENT_BYTES and len(document.encode(errors="replace")) > MAX_DOCUMENT_BYTES
    if not is_large and '"inferred"' not in document:
        return Prepared([document])
    try:
        members = _decode(document)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Prepared([document])
    if type(members) is not dict:
        return Prepared([document])
    if members.get("inferred") is True:
        return Prepared([], is_inferred=True)
    return Prepared([one.decode() for one in _pieces(members)] if is_large else [document])


def is_growing(document: str) -> bool:
    """Whether a segment, or anything in it, is still in progress."""
    if '"in_progress"' not in document:
        return False
    try:
        waiting = [_decode(document)]
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    while waiting:
        members = waiting.pop()
        if type(members) is dict:
            if members.get("in_progress") is True and "end_time" not in members:
                return True
            inside = members.get("subsegments")
            waiting += inside if type(inside) is list else ()
    return False


def _pieces(document: dict[str, Any]) -> Iterator[bytes]:
    """Yield a document without the subsegments it has no room for, and those as documents of their own.

    Source: "independent subsegments", as SDKs stream them.
    """
    waiting = [document]
    while waiting:
        members = waiting.pop()
        inside = members.get("subsegments")
        if type(inside) is not list or len(_encode(members)) <= MAX_DOCUMENT_BYTES:
            yield _encode(members)
            continue
        kept: list[Any] = []
        own = members | {"subsegments": kept}
        room = MAX_DOCUMENT_BYTES - len(_encode(own))
        for child in inside:
            size = len(_encode(child)) + 1
            if size <= room:
                kept.append(child)
                room -= size
            elif type(child) is dict:
                alone = {"type": "subsegment", "trace_id": members.get("trace_id"), "parent_id": members.get("id")}
                waiting.append(child | alone)
        yield _encode(own)


def batches(documents: Iterable[str]) -> Iterator[list[str]]:
    """Yield the documents at most 50, and about a megabyte, at a time."""
    batch: list[str] = []
    size = 0
    for document in documents:
        if batch and (len(batch) == BATCH_DOCUMENTS or size + len(document) > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document)
    if batch:
        yield batch


def send(door: Door, documents: list[str]) -> Outcome:
    """Send a batch; returns what became of it.

    Raises: Unanswered, NotTaken.
    """
    try:
        refused = [
            Refusal(one.error_code, one.id or "a document without an id", one.message) for one in door.put(documents)
        ]
    except NotTaken as error:
        if error.status != _TOO_LARGE:
            raise
        if len(documents) == 1:
            return Outcome("documents", 0, [Refusal("TooLarge", documents[0][:60], error.message)])
        half = len(documents) // 2
        first, second = send(door, documents[:half]), send(door, documents[half:])
        return Outcome("documents", first.taken + second.taken, [*first.refused, *second.refused])
    # A document may be an array of documents, each of which can be refused.
    return Outcome("documents", max(len(documents) - len(refused), 0), refused)
