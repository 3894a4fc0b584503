"""Whether a document can be taken: a :class:`Accepted`, or a :class:`Rejection` with AWS's code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

__all__ = ["MAX_DOCUMENT_BYTES", "Accepted", "Limits", "Rejection", "decode"]

MAX_DOCUMENT_BYTES = 65_536
"""AWS's quota L-D781C0FD: a segment document has at most 64 KB."""

_MAX_DEPTH = 400
"""Levels of objects and arrays: what the applier and every reader of a compiled trace can follow."""

# All zeros is how SDKs write "not sampled": it stands for nothing.
_TRACE_ID = re.compile(r"1-(?!0{8}-0{24})[0-9a-fA-F]{8}-[0-9a-fA-F]{24}")
_ENTITY_ID = re.compile(r"(?!0{16})[0-9a-fA-F]{16}")
_PARENT_ID = re.compile(r"[0-9a-fA-F]{16}")
_NAME = re.compile(r"[\w\s.:/%&#=+\\\-@]{1,200}")
_Reject = Callable[[str, str], "Rejection"]
_decode_json = msgspec.json.Decoder().decode
_encode_msgpack = msgspec.msgpack.Encoder().encode


class Limits(msgspec.Struct, frozen=True):
    """How far a document's times may be from now, in seconds."""

    max_age_s: float = 30 * 86_400
    max_future_s: float = 300.0


class Accepted(msgspec.Struct, frozen=True, gc=False):
    """A document that will be kept: its bytes, as sent."""

    document: bytes


class Rejection(msgspec.Struct, frozen=True):
    """A document that will not be kept, and why."""

    id: str | None
    code: str
    reason: str
    subsegment: bool = False

    @property
    def message(self) -> str:
        """AWS's wording, then ours: which member, which value, what is accepted."""
        if self.subsegment:
            return f"Invalid subsegment. ErrorCode: {self.code}, Cause: {self.reason}"
        return f"Invalid segment. ErrorCode: {self.code}. {self.reason}"


def decode(document: str | bytes, now: float, limits: Limits = Limits()) -> list[Accepted | Rejection]:  # noqa: B008
    """Give one verdict for a document, or one for each element when it is an array of documents.

    ``now`` is in epoch seconds. Never raises, whatever the bytes.

    Source: spec of PutTraceSegments; codes observed in the service's answers and in its exporters.
    """
    try:
        raw = document.encode() if isinstance(document, str) else document
    except UnicodeEncodeError as error:
        return [Rejection(None, "ParseError", f"the document is not valid Unicode: {error.reason}")]
    if len(raw) > MAX_DOCUMENT_BYTES:
        reason = f"the document has {len(raw)} bytes; at most {MAX_DOCUMENT_BYTES} are accepted"
        return [Rejection(None, "SegmentTooLarge", reason)]
    try:
        value = _decode_json(raw)
        # What cannot be written back (integers beyond 64 bits) could never be read back either.
        _encode_msgpack(value)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError, ValueError) as error:
        return [Rejection(None, "ParseError", f"the document is not acceptable JSON: {error}")]
    if _is_too_deep(raw, value):
        return [Rejection(None, "ParseError", f"the document is nested more than {_MAX_DEPTH} levels deep")]
    if type(value) is dict:
        rejection = _check(value, now, limits)
        return [rejection or Accepted(raw)]
    if type(value) is list:
        if not value:
            return [Rejection(None, "MissingId", "the document is an empty array; an object is accepted")]
        return [_element(element, now, limits) for element in value]
    return [Rejection(None, "ParseError", f"the document is a JSON {type(value).__name__}; an object is accepted")]


def _element(value: Any, now: float, limits: Limits) -> Accepted | Rejection:
    if type(value) is not dict:
        return Rejection(None, "ParseError", f"an element is a JSON {type(value).__name__}; an object is accepted")
    return _check(value, now, limits) or Accepted(msgspec.json.encode(value))


def _check(value: dict[str, Any], now: float, limits: Limits) -> Rejection | None:
    entity_id = value.get("id")
    subsegment = value.get("type") == "subsegment"

    def reject(code: str, reason: str) -> Rejection:
        return Rejection(entity_id if isinstance(entity_id, str) else None, code, reason, subsegment)

    if entity_id is None:
        return reject("MissingId", "id is absent; 16 hexadecimal digits are accepted")
    if type(entity_id) is not str or _ENTITY_ID.fullmatch(entity_id) is None:
        return reject("InvalidId", f"id is {_show(entity_id)}; 16 hexadecimal digits are accepted")
    trace_id = value.get("trace_id")
    if trace_id is None:
        return reject("MissingTraceId", "trace_id is absent; 1-8hex-24hex is accepted")
    if type(trace_id) is not str or _TRACE_ID.fullmatch(trace_id) is None:
        return reject("InvalidTraceId", f"trace_id is {_show(trace_id)}; 1-8hex-24hex is accepted")
    name = value.get("name")
    if name is None:
        return reject("MissingName", "name is absent; 1 to 200 characters are accepted")
    if type(name) is not str or _NAME.fullmatch(name) is None:
        accepted = r"1 to 200 letters, digits, white space and _ . : / % & # = + \ - @ are accepted"
        return reject("InvalidName", f"name is {_show(name)}; {accepted}")
    parent_id = value.get("parent_id")
    if parent_id is None:
        if subsegment:
            return reject("MissingParentId", "parent_id is absent; a subsegment sent alone names its parent")
    elif type(parent_id) is not str or _PARENT_ID.fullmatch(parent_id) is None:
        return reject("InvalidParentId", f"parent_id is {_show(parent_id)}; 16 hexadecimal digits are accepted")
    return _check_times(value, now, limits, reject)


def _check_times(value: dict[str, Any], now: float, limits: Limits, reject: _Reject) -> Rejection | None:
    start = value.get("start_time")
    if start is None:
        return reject("MissingStartTime", "start_time is absent; epoch seconds are accepted")
    if type(start) not in (float, int):
        return reject("InvalidStartTime", f"start_time is {_show(start)}; epoch seconds are accepted")
    if not now - limits.max_age_s <= start <= now + limits.max_future_s:
        accepted = f"from {limits.max_age_s / 86_400:g} days ago to {limits.max_future_s:g} s ahead is accepted"
        return reject("InvalidStartTime", f"start_time is {_show(start)}, {start - now:+.0f} s from now; {accepted}")
    end = value.get("end_time")
    if end is None:
        if value.get("in_progress") is True:
            return None
        return reject("MissingEndTime", "end_time is absent and in_progress is not true; one of them is needed")
    if type(end) not in (float, int):
        return reject("InvalidEndTime", f"end_time is {_show(end)}; epoch seconds are accepted")
    if not start <= end <= now + limits.max_future_s:
        accepted = f"from start_time to {limits.max_future_s:g} s ahead is accepted"
        return reject("InvalidEndTime", f"end_time is {_show(end)}, start_time is {start}; {accepted}")
    return None


def _is_too_deep(raw: bytes, value: Any) -> bool:
    if raw.count(b"{") + raw.count(b"[") <= _MAX_DEPTH:
        return False
    level, depth = [value], 0
    while level and depth <= _MAX_DEPTH:
        depth += 1
        level = [
            child
            for parent in level
            for child in (parent.values() if type(parent) is dict else parent)
            if type(child) in (dict, list)
        ]
    return depth > _MAX_DEPTH


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
