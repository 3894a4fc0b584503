"""What an answer of the service means for the documents it was given. Pure.

::

    Taken       200, and it is X-Ray's            the documents in it that were refused are named
    Spoilt      400, 413, 422 of X-Ray's          something in it will never be taken: look for it by halves
    Failing     500                               the service breaks: on this, or on anything
    Away        429, 502-504, no answer           it will be back
    Misdirected everything else                   credentials, rights, a wrong address: somebody has to act

Only an answer about the documents gives documents up; whatever might be the way's fault keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .answer import Reply

__all__ = ["Away", "Failing", "Misdirected", "Refused", "Spoilt", "Taken", "Verdict", "judge"]

_SHOWN = 300
_OF_DOCUMENTS = (400, 413, 422)
_OF_SPANS = (404, 405, 415, 501)
"""Not every X-Ray takes spans, nor everybody's from everybody: they must not hold up the segments behind them."""
_OF_KEYS = re.compile(r"Signature|Token|Credential|Authenti|AccessDenied|Unrecognized|Expired|OptIn|NotAuthorized")
_OF_HASTE = re.compile(r"Throttl|TooManyRequests|RequestLimit|SlowDown|RequestTimeout")


class Refused(msgspec.Struct, frozen=True):
    """A document that the service does not take."""

    id: str | None = msgspec.field(default=None, name="Id")
    code: str | None = msgspec.field(default=None, name="ErrorCode")
    message: str | None = msgspec.field(default=None, name="Message")


class Taken(msgspec.Struct, frozen=True):
    """The documents are the service's now, but for those it refused."""

    refused: list[Refused] = []


class Spoilt(msgspec.Struct, frozen=True):
    """Something in it is not taken, now or later."""

    reason: str


class Failing(msgspec.Struct, frozen=True):
    """The service broke over it."""

    reason: str


class Away(msgspec.Struct, frozen=True):
    """The service does not take it now; ``after_s`` is when it wants to be asked again."""

    reason: str
    after_s: float = 0.0


class Misdirected(msgspec.Struct, frozen=True):
    """The service will take it once something has been set right; ``keys`` when that is our signature."""

    reason: str
    keys: bool


Verdict = Taken | Spoilt | Failing | Away | Misdirected


class _Result(msgspec.Struct):
    refused: list[Refused] | None = msgspec.field(default=None, name="UnprocessedTraceSegments")


class _Error(msgspec.Struct):
    type: str | None = msgspec.field(default=None, name="__type")
    code: str | None = None
    upper: str | None = msgspec.field(default=None, name="Message")
    lower: str | None = msgspec.field(default=None, name="message")


def judge(reply: Reply, spans: bool) -> Verdict:
    """Give what an answer to PutTraceSegments, or to spans, means."""
    if reply.status == 200:
        return _judge_spans(reply) if spans else _judge_segments(reply)
    code, message = _said(reply)
    reason = f"{reply.status} {code}: {message}" if code else f"{reply.status}: {message}"
    if reply.status in (429, 502, 503, 504) or _OF_HASTE.search(code):
        return Away(reason, _retry_after_s(reply))
    if reply.status == 500:
        return Failing(reason)
    if spans and (reply.status in _OF_SPANS or code == "AccessDeniedException"):
        return Spoilt(reason)
    keys = reply.status in (401, 403) or _OF_KEYS.search(code) is not None
    if not keys and (reply.status == 413 or (reply.status in _OF_DOCUMENTS and (code or spans))):
        return Spoilt(reason)
    return Misdirected(reason, keys)


def _judge_segments(reply: Reply) -> Verdict:
    try:
        return Taken(msgspec.json.decode(reply.body, type=_Result).refused or [])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Misdirected(f"what answers is not X-Ray: {_shown(reply.body)}", keys=False)


def _judge_spans(reply: Reply) -> Verdict:
    kind = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    if reply.body and kind not in ("application/x-protobuf", "application/json"):
        return Misdirected(f"what answers takes no spans: {_shown(reply.body)}", keys=False)
    rejected, message = _partial_success(reply.body) if kind == "application/x-protobuf" else (0, "")
    return Taken([Refused(None, "PartialSuccess", f"{rejected} spans are refused: {message}")] if rejected else [])


def _partial_success(body: bytes) -> tuple[int, str]:
    """Give how many spans an ``ExportTraceServiceResponse`` says are rejected, and why."""
    inner = next((value for number, value in _fields(body) if number == 1 and isinstance(value, bytes)), b"")
    said = dict(_fields(inner))
    rejected, message = said.get(1, 0), said.get(2, b"")
    if not isinstance(rejected, int) or not isinstance(message, bytes):
        return 0, ""
    return rejected, message[:_SHOWN].decode(errors="replace")


def _fields(body: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of a protobuf message's numbers and texts, up to what is neither."""
    at = 0
    while at < len(body):
        key, at = _varint(body, at)
        value, at = _varint(body, at)
        if key & 7 == 0:
            yield key >> 3, value
        elif key & 7 == 2:
            yield key >> 3, body[at : at + value]
            at += value
        else:
            return


def _varint(body: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(body):
        value |= (body[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if body[at - 1] < 0x80:
            break
    return value, at


def _said(reply: Reply) -> tuple[str, str]:
    """Give code and message of an error, each empty when it is not told as AWS tells them."""
    try:
        error = msgspec.json.decode(reply.body, type=_Error)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        error = _Error()
    code = reply.header("x-amzn-errortype") or error.type or error.code or ""
    return code.partition(":")[0].rpartition("#")[2], error.upper or error.lower or _shown(reply.body)


def _retry_after_s(reply: Reply) -> float:
    said = reply.header("retry-after") or ""
    return float(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0.0


def _shown(body: bytes) -> str:
    return body[:_SHOWN].decode(errors="replace").strip() or "no more is said"
