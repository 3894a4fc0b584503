"""Requests of OTLP, cut into what a server takes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from .door import Door, NotTaken
from .tally import Outcome, Refusal

__all__ = ["JSON", "MOST_BYTES", "PROTOBUF", "Parcel", "json_parcels", "protobuf_parcels", "send"]

JSON, PROTOBUF = "application/json", "application/x-protobuf"
MOST_BYTES = 4 << 20
_PATH = "/v1/traces"
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
T = TypeVar("T")


class Parcel(msgspec.Struct, frozen=True):
    """A request and how many spans it has."""

    body: bytes
    content_type: str
    spans: int


class _Partial(msgspec.Struct):
    rejected_spans: int = msgspec.field(default=0, name="rejectedSpans")
    error_message: str = msgspec.field(default="", name="errorMessage")


class _Response(msgspec.Struct):
    partial_success: _Partial | None = msgspec.field(default=None, name="partialSuccess")


_decode_response = msgspec.json.Decoder(_Response, strict=False).decode


def json_parcels(body: bytes, most_bytes: int = MOST_BYTES) -> Iterator[Parcel]:
    """Yield a request in JSON as it is, or in parts when it is larger than ``most_bytes``.

    Raises: ValueError when it is no JSON object.
    """
    request = _decode(body)
    if type(request) is not dict:
        raise ValueError("an ExportTraceServiceRequest is a JSON object")
    units = [
        (resource, scope, span)
        for resource in _objects(request, "resourceSpans")
        for scope in _objects(resource, "scopeSpans")
        for span in _list(scope, "spans")
    ]
    if len(body) <= most_bytes:
        yield Parcel(body, JSON, len(units))
        return

    def build(units: list[tuple[dict[str, Any], dict[str, Any], Any]]) -> bytes:
        resources: dict[int, dict[str, Any]] = {}
        scopes: dict[int, dict[str, Any]] = {}
        for resource, scope, span in units:
            if id(scope) not in scopes:
                scopes[id(scope)] = scope | {"spans": []}
                around = resources.setdefault(id(resource), resource | {"scopeSpans": []})
                around["scopeSpans"].append(scopes[id(scope)])
            scopes[id(scope)]["spans"].append(span)
        return _encode({"resourceSpans": list(resources.values())})

    for part, count in _parts(units, build, most_bytes):
        yield Parcel(part, JSON, count)


def protobuf_parcels(body: bytes, most_bytes: int = MOST_BYTES) -> Iterator[Parcel]:
    """Yield a message as it is, or in parts when it is larger than ``most_bytes``.

    Raises: ValueError when it is none.
    """
    try:
        request = ExportTraceServiceRequest.FromString(body)
    except DecodeError as error:
        raise ValueError(f"no ExportTraceServiceRequest: {error}") from None
    units = [
        (place, inner, span)
        for place, resource in enumerate(request.resource_spans)
        for inner, scope in enumerate(resource.scope_spans)
        for span in scope.spans
    ]
    if not units:
        raise ValueError("an ExportTraceServiceRequest without a span")
    if len(body) <= most_bytes:
        yield Parcel(body, PROTOBUF, len(units))
        return

    def build(units: list[tuple[int, int, Any]]) -> bytes:
        built = ExportTraceServiceRequest()
        last: tuple[int, int] | None = None
        for place, inner, span in units:
            resource = request.resource_spans[place]
            if last is None or last[0] != place:
                made = built.resource_spans.add(schema_url=resource.schema_url)
                made.resource.CopyFrom(resource.resource)
            if last != (place, inner):
                scope = resource.scope_spans[inner]
                built.resource_spans[-1].scope_spans.add(schema_url=scope.schema_url).scope.CopyFrom(scope.scope)
            last = (place, inner)
            built.resource_spans[-1].scope_spans[-1].spans.append(span)
        return built.SerializeToString()

    for part, count in _parts(units, build, most_bytes):
        yield Parcel(part, PROTOBUF, count)


def send(door: Door, parcel: Parcel) -> Outcome:
    """Send a parcel; returns what became of it.

    Raises: Unanswered, NotTaken when the server knows no OTLP.
    """
    try:
        answer = door.post(_PATH, parcel.body, parcel.content_type)
    except NotTaken as error:
        if error.status in (404, 405, 501):
            raise
        return Outcome("spans", 0, [Refusal(f"{_PATH} {error.status}", "a request", error.message, parcel.spans)])
    rejected, message = _partial(answer.body, parcel.content_type)
    rejected = min(rejected, parcel.spans)
    refused = [Refusal(_PATH, "spans", message, rejected)] if rejected else []
    return Outcome("spans", parcel.spans - rejected, refused)


def _partial(body: bytes, content_type: str) -> tuple[int, str]:
    """Give how many spans an answer says were rejected, and why."""
    try:
        if content_type == JSON:
            told = _decode_response(body or b"{}").partial_success or _Partial()
            return told.rejected_spans, told.error_message
        partial = ExportTraceServiceResponse.FromString(body).partial_success
    except (msgspec.MsgspecError, UnicodeError, DecodeError):
        return 0, ""
    return partial.rejected_spans, partial.error_message


def _parts(units: list[T], build: Callable[[list[T]], bytes], most_bytes: int) -> Iterator[tuple[bytes, int]]:
    """Yield halves, and halves of halves, until each is small enough or a single span."""
    waiting = [units]
    while waiting:
        some = waiting.pop()
        body = build(some)
        if len(body) <= most_bytes or len(some) <= 1:
            yield body, len(some)
        else:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]


def _objects(members: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in _list(members, name) if type(one) is dict]


def _list(members: dict[str, Any], name: str) -> list[Any]:
    value = members.get(name)
    return value if type(value) is list else []
