"""Spans out of OTLP's JSON. Each span is read by itself: a bad one spoils no other.

Source: OTLP 1.x, "JSON Protobuf Encoding": ids are hexadecimal, 64-bit integers are strings or numbers, enumerations
numbers, unknown members are ignored.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from typing import Any

import msgspec

from .decoded import Decoded, Refused, UnreadableSpans
from .span import Attributes, AttributeValue, OtelEvent, OtelLink, OtelSpan, SpanKind

__all__ = ["json_spans"]

_KINDS: dict[int | str, SpanKind] = {
    **{2: "SERVER", 3: "CLIENT", 4: "PRODUCER", 5: "CONSUMER"},
    **{f"SPAN_KIND_{kind}": kind for kind in ("SERVER", "CLIENT", "PRODUCER", "CONSUMER")},
}
_ERRORS = (2, "STATUS_CODE_ERROR")
_TRACE_ID, _SPAN_ID = re.compile("(?!0{32})[0-9a-fA-F]{32}"), re.compile("(?!0{16})[0-9a-fA-F]{16}")
_MOST_DEEP = 50
_INT64 = range(-(2**63), 2**63)


class _Value(msgspec.Struct, rename="camel", gc=False):
    string_value: str | None = None
    bool_value: bool | None = None
    int_value: int | str | None = None
    double_value: float | str | None = None
    bytes_value: str | None = None
    array_value: _Values | None = None
    kvlist_value: _Pairs | None = None


class _Values(msgspec.Struct):
    values: list[_Value] = []


class _Pair(msgspec.Struct):
    key: str = ""
    value: _Value | None = None


class _Pairs(msgspec.Struct):
    values: list[_Pair] = []


class _Event(msgspec.Struct, rename="camel"):
    time_unix_nano: int | str = 0
    name: str = ""
    attributes: list[_Pair] = []


class _Link(msgspec.Struct, rename="camel"):
    trace_id: str = ""
    span_id: str = ""
    attributes: list[_Pair] = []


class _Status(msgspec.Struct):
    code: int | str = 0
    message: str = ""


class _Span(msgspec.Struct, rename="camel"):
    trace_id: str = ""
    span_id: str = ""
    parent_span_id: str | None = ""
    trace_state: str | None = ""
    flags: int = 0
    name: str = ""
    kind: int | str = 0
    start_time_unix_nano: int | str = 0
    end_time_unix_nano: int | str = 0
    attributes: list[_Pair] | None = None
    events: list[_Event] | None = None
    links: list[_Link] | None = None
    status: _Status | None = None


class _Scope(msgspec.Struct):
    name: str | None = ""
    version: str | None = ""
    attributes: list[_Pair] | None = None


class _ScopeSpans(msgspec.Struct, rename="camel"):
    scope: _Scope | None = None
    spans: list[msgspec.Raw] | None = None


class _Resource(msgspec.Struct):
    attributes: list[_Pair] | None = None


class _ResourceSpans(msgspec.Struct, rename="camel"):
    resource: _Resource | None = None
    scope_spans: list[_ScopeSpans] | None = None


class _Request(msgspec.Struct, rename="camel"):
    resource_spans: list[_ResourceSpans] | None = None


_decode_request = msgspec.json.Decoder(_Request).decode
_decode_span = msgspec.json.Decoder(_Span).decode
_decode_any = msgspec.json.Decoder().decode


def json_spans(body: bytes) -> Decoded:
    """Give the spans of a request in JSON, and those that cannot be read.

    Raises: UnreadableSpans when the body is not one.
    """
    try:
        request = _decode_request(body)
    except UnicodeDecodeError:
        return json_spans(body.decode("utf-8", "replace").encode())
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UnreadableSpans(f"the body is no ExportTraceServiceRequest in JSON: {error}") from None
    found = Decoded([], [])
    for resource_spans in request.resource_spans or ():
        resource = _attributes(resource_spans.resource.attributes if resource_spans.resource is not None else None)
        for scope_spans in resource_spans.scope_spans or ():
            scope = scope_spans.scope or _Scope()
            for raw in scope_spans.spans or ():
                try:
                    found.spans.append(_span(_decode_span(raw), resource, scope))
                except (msgspec.MsgspecError, ValueError, RecursionError) as error:
                    found.refused.append(Refused(_shown(raw), str(error)))
    return found


def _span(span: _Span, resource: Attributes, scope: _Scope) -> OtelSpan:
    if _TRACE_ID.fullmatch(span.trace_id) is None:
        raise ValueError(f"traceId is {span.trace_id[:40]!r}; 32 hexadecimal digits that are not all 0 are accepted")
    if _SPAN_ID.fullmatch(span.span_id) is None:
        raise ValueError(f"spanId is {span.span_id[:40]!r}; 16 hexadecimal digits that are not all 0 are accepted")
    status = span.status or _Status()
    ended = _integer("endTimeUnixNano", span.end_time_unix_nano)
    attributes = _attributes(span.attributes)
    for name, value in _attributes(scope.attributes).items():
        attributes.setdefault(f"otel.scope.{name}", value)
    return OtelSpan(
        resource=resource,
        scope=scope.name or "",
        scope_version=scope.version or "",
        trace_id=span.trace_id.lower(),
        span_id=span.span_id.lower(),
        parent_span_id=(span.parent_span_id or "").lower(),
        flags=span.flags,
        name=span.name,
        kind=_KINDS.get(span.kind, "INTERNAL"),
        start_unix_nano=_integer("startTimeUnixNano", span.start_time_unix_nano),
        end_unix_nano=ended or None,
        failed=status.code in _ERRORS,
        status_message=status.message,
        attributes=attributes,
        events=[
            OtelEvent(_integer("timeUnixNano", one.time_unix_nano), one.name, _attributes(one.attributes))
            for one in span.events or ()
        ],
        links=[
            OtelLink(one.trace_id.lower(), one.span_id.lower(), _attributes(one.attributes)) for one in span.links or ()
        ],
        trace_state=span.trace_state or "",
    )


def _attributes(pairs: list[_Pair] | None) -> Attributes:
    return {pair.key: _value(pair.value) for pair in pairs or ()}


def _value(value: _Value | None, depth: int = 0) -> AttributeValue:
    if depth > _MOST_DEEP:
        raise ValueError(f"an attribute is nested more than {_MOST_DEEP} levels deep")
    if value is None:
        return ""
    if value.string_value is not None:
        return value.string_value
    if value.bool_value is not None:
        return value.bool_value
    if value.int_value is not None:
        number = _integer("intValue", value.int_value)
        return number if number in _INT64 else str(number)
    if value.double_value is not None:
        return _double(value.double_value)
    if value.array_value is not None:
        return [_value(item, depth + 1) for item in value.array_value.values]
    if value.kvlist_value is not None:
        return {item.key: _value(item.value, depth + 1) for item in value.kvlist_value.values}
    return _bytes(value.bytes_value or "")


def _integer(name: str, value: int | str) -> int:
    if isinstance(value, int):
        return value
    if len(value) > 20 or not value.lstrip("-").isdecimal():
        raise ValueError(f"{name} is {value[:40]!r}; a whole number of 64 bits is accepted")
    return int(value)


def _double(value: float | str) -> float | str:
    try:
        number = float(value)
    except ValueError:
        raise ValueError(f"doubleValue is {str(value)[:40]!r}; a number is accepted") from None
    return number if math.isfinite(number) else str(number)


def _bytes(text: str) -> str:
    try:
        return base64.b64encode(base64.b64decode(text, validate=True)).decode()
    except (binascii.Error, ValueError):
        raise ValueError(f"bytesValue is {text[:40]!r}; base64 is accepted") from None


def _shown(raw: msgspec.Raw) -> str:
    try:
        members: Any = _decode_any(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    return str(members.get("spanId", ""))[:40] if type(members) is dict else ""
