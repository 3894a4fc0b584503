"""What a JSON value tells of: X-Ray's, OTLP's, Zipkin's or Jaeger's traces; by its members, whatever file it is in."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec

__all__ = [
    "Documents",
    "Format",
    "JaegerAnswer",
    "JaegerSpans",
    "Otlp",
    "Portion",
    "Unreadable",
    "ZipkinSpans",
    "portions",
]

_MOST_NESTED = 4
_ACCEPTED = (
    "accepted are segment documents, answers of BatchGetTraces, ExportTraceServiceRequests of OTLP, spans of Zipkin v2 "
    "and answers of Jaeger's query API"
)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Format(StrEnum):
    """How traces can be told."""

    AUTO = "auto"
    XRAY = "xray"
    OTLP = "otlp"
    ZIPKIN = "zipkin"
    JAEGER = "jaeger"


class Documents(msgspec.Struct, frozen=True):
    """Segment documents, each a JSON text."""

    documents: list[str]


class Otlp(msgspec.Struct, frozen=True):
    """A request of OTLP."""

    body: bytes
    is_json: bool
    where: str


class ZipkinSpans(msgspec.Struct, frozen=True):
    """Spans of Zipkin, decoded."""

    spans: list[Any]


class JaegerSpans(msgspec.Struct, frozen=True):
    """Spans of Jaeger outside any trace, decoded."""

    spans: list[Any]


class JaegerAnswer(msgspec.Struct, frozen=True):
    """An answer of Jaeger's query API, or a trace of one."""

    body: bytes
    where: str


class Unreadable(msgspec.Struct, frozen=True):
    """Something that is no telling of traces."""

    where: str
    reason: str


Portion: TypeAlias = Documents | Otlp | ZipkinSpans | JaegerSpans | JaegerAnswer | Unreadable


def portions(value: Any, raw: bytes, where: str, wanted: Format, nested: int = 0) -> Iterator[Portion]:
    """Yield what a JSON value tells; ``raw`` is the value as it was written, ``where`` names its place to people."""
    if type(value) is list and nested < _MOST_NESTED:
        for number, element in enumerate(value):
            yield from portions(element, _encode(element), f"{where}[{number}]", wanted, nested + 1)
    elif type(value) is dict:
        yield from _of_object(value, raw, where, wanted)
    elif type(value) is str and nested < _MOST_NESTED and wanted in (Format.AUTO, Format.XRAY):
        yield from _of_text(value, where, nested)
    else:
        yield Unreadable(where, f"it is {_shown(value)}; {_ACCEPTED}")


def _of_object(members: dict[str, Any], raw: bytes, where: str, wanted: Format) -> Iterator[Portion]:
    told = _told(members)
    if told is None and wanted is Format.AUTO:
        if members.keys() != {"format", "version"}:  # the line before each document on its way to an X-Ray daemon
            names = ", ".join(list(members)[:5])
            yield Unreadable(where, f"it is an object with {names[:80] or 'no members'}; {_ACCEPTED}")
        return
    if wanted is not Format.AUTO and told not in (None, wanted):
        yield Unreadable(where, f"it is of {told}, and --format says {wanted}")
        return
    match told or wanted:
        case Format.XRAY:
            yield from _of_xray(members, raw, where)
        case Format.OTLP:
            result = members.get("result")
            yield Otlp(_encode(result) if type(result) is dict else raw, is_json=True, where=where)
        case Format.ZIPKIN:
            yield ZipkinSpans([members])
        case Format.JAEGER:
            yield JaegerSpans([members]) if "spanID" in members else JaegerAnswer(raw, where)


def _told(members: dict[str, Any]) -> Format | None:
    result = members.get("result")
    if "resourceSpans" in members or (type(result) is dict and "resourceSpans" in result):
        return Format.OTLP
    if "Traces" in members or "TraceSegmentDocuments" in members:
        return Format.XRAY
    if "trace_id" in members and ("id" in members or "start_time" in members):
        return Format.XRAY
    if "spanID" in members or type(members.get("data")) is list or {"traceID", "spans"} <= members.keys():
        return Format.JAEGER
    return Format.ZIPKIN if "traceId" in members and "id" in members else None


def _of_xray(members: dict[str, Any], raw: bytes, where: str) -> Iterator[Portion]:
    if "TraceSegmentDocuments" in members:
        yield from _documents(members["TraceSegmentDocuments"], f"{where}.TraceSegmentDocuments")
    elif "Traces" in members:
        traces = members["Traces"]
        for number, trace in enumerate(traces if type(traces) is list else ()):
            name = "Segments" if type(trace) is dict and "Segments" in trace else "Spans"
            segments = trace.get(name) if type(trace) is dict else None
            place = f"{where}.Traces[{number}].{name}"
            if type(segments) is not list:
                yield Unreadable(place, "it is no list")
                continue
            told = [one.get("Document") if type(one) is dict else one for one in segments]
            yield from _documents(told, place)
    else:
        yield Documents([raw.decode(errors="replace")])


def _documents(told: Any, where: str) -> Iterator[Portion]:
    """Yield documents that are texts, or that some tool has decoded for its reader."""
    found: list[str] = []
    for number, one in enumerate(told if type(told) is list else ()):
        if type(one) is str:
            found.append(one)
        elif type(one) is dict:
            found.append(_encode(one).decode())
        else:
            yield Unreadable(f"{where}[{number}]", f"it is {_shown(one)}; a segment document is accepted")
    if found:
        yield Documents(found)


def _of_text(text: str, where: str, nested: int) -> Iterator[Portion]:
    """Yield what a text holds: ``jq`` gives documents as JSON texts inside JSON."""
    try:
        value = _decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        yield Unreadable(where, f"it is {_shown(text)}; {_ACCEPTED}")
        return
    yield from portions(value, text.encode(), where, Format.XRAY, nested + 1)


def _shown(value: Any) -> str:
    kind = {list: "an array", str: "a text", bool: "a boolean", type(None): "null"}.get(type(value), "a number")
    return f"{kind} ({str(value)[:30]!r})" if type(value) is str else kind
