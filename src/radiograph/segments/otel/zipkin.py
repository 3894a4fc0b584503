"""Spans out of Zipkin's JSON, version 2. Each span is read by itself: a bad one spoils no other.

A span without ``duration`` goes on, as Zipkin has it, and is in progress here until it is told again; but a message
sent or received is a moment, which most tracers tell without a duration. One without ``timestamp`` began with its first
annotation; one that has neither is refused, since no trace could show it.

Source: Zipkin's API (``ListOfSpans``) and the comments of ``zipkinCore.thrift``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from .decoded import Decoded, Refused, UnreadableSpans
from .lenient_json import read_json
from .relations import SAMPLED, related
from .span import Attributes, OtelEvent, OtelSpan
from .tags import KINDS, attribute, nanoseconds, padded, told

__all__ = ["zipkin_spans"]

_OF_RESOURCE = (
    *("telemetry.", "cloud.", "service.", "host.", "k8s.", "container.", "process.", "os.", "deployment."),
    *("aws.ecs.", "aws.log."),
)
_MOMENTS = ("PRODUCER", "CONSUMER")
_DATABASES = ("mysql", "postgresql", "postgres", "mariadb", "oracle", "mssql", "sqlite", "db2", "derby", "hive")


class _Endpoint(msgspec.Struct, rename="camel"):
    service_name: str | None = None
    ipv4: str | None = None
    ipv6: str | None = None
    port: int | None = None


class _Annotation(msgspec.Struct):
    timestamp: int | None = None
    value: str | None = None


class _Span(msgspec.Struct, rename="camel"):
    trace_id: str
    id: str
    parent_id: str | None = None
    kind: str | None = None
    name: str | None = None
    timestamp: int | None = None
    duration: int | None = None
    local_endpoint: _Endpoint | None = None
    remote_endpoint: _Endpoint | None = None
    annotations: list[_Annotation] | None = None
    tags: dict[str, Any] | None = None
    debug: bool | None = None
    shared: bool | None = None


_decode = msgspec.json.Decoder(list[_Span], strict=False).decode
_decode_any = msgspec.json.Decoder().decode


def zipkin_spans(body: bytes) -> Decoded:
    """Give the spans of a list, and those that cannot be read.

    Raises: UnreadableSpans when the body is no JSON array.
    """
    refused: list[Refused] = []
    resources: dict[str, Attributes] = {}
    spans: list[OtelSpan] = []
    shared: list[bool] = []
    for span in _each(body, refused):
        try:
            spans.append(_span(span, resources))
        except ValueError as error:
            refused.append(Refused(span.id[:40], str(error)))
        else:
            shared.append(bool(span.shared))
    return Decoded(related(spans, shared), refused)


def _each(body: bytes, refused: list[Refused]) -> Iterator[_Span]:
    try:
        yield from _decode(body)
        return
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        pass  # one of them, at least, is none
    value = read_json(body)
    if type(value) is not list:
        raise UnreadableSpans(f"the body is a JSON {_kind(value)}; an array of spans is accepted")
    for element in value:
        try:
            yield msgspec.convert(element, _Span, strict=False)
        except (msgspec.ValidationError, RecursionError) as error:
            id_ = element.get("id") if type(element) is dict else None
            refused.append(Refused(id_[:40] if type(id_) is str else "", f"the span is not as Zipkin has it: {error}"))


def _span(span: _Span, resources: dict[str, Attributes]) -> OtelSpan:
    trace_id, span_id = padded("traceId", span.trace_id, 32), padded("id", span.id, 16)
    parent = (span.parent_id or "").strip("0")
    parent_id = padded("parentId", span.parent_id or "", 16) if parent else ""
    said = told((span.tags or {}).items())
    kind = KINDS.get((span.kind or "").upper()) or said.kind or "INTERNAL"
    attributes = said.attributes
    if span.debug:
        attributes["zipkin.debug"] = True
    _add_endpoints(span, attributes)
    events = [
        _event(nanoseconds("an annotation's timestamp", one.timestamp), one.value or "")
        for one in span.annotations or ()
        if one.timestamp
    ]
    begun = nanoseconds("timestamp", span.timestamp or 0) or min((one.time_unix_nano for one in events), default=0)
    if not begun:
        raise ValueError("timestamp is absent, and so are annotations that would tell when it was; one is needed")
    ended: int | None = None
    if span.duration is not None:
        ended = nanoseconds("timestamp + duration", begun // 1000 + nanoseconds("duration", span.duration) // 1000)
    elif kind in _MOMENTS:
        ended = begun
    return OtelSpan(
        resource=_resource(span, attributes, resources),
        scope=said.scope,
        scope_version=said.scope_version,
        trace_id=trace_id,
        span_id=span_id,
        parent_span_id=parent_id if parent_id != span_id else "",
        flags=SAMPLED,
        name=span.name or kind.lower(),
        kind=kind,
        start_unix_nano=begun,
        end_unix_nano=ended,
        failed=said.failed,
        status_message=said.message,
        attributes=attributes,
        events=events,
        links=[],
        trace_state=said.trace_state,
    )


def _resource(span: _Span, attributes: Attributes, resources: dict[str, Attributes]) -> Attributes:
    """Give whose the span is; the same object for all that say the same.

    OpenTelemetry's exporters tell the resource among the tags: there it is taken out.
    """
    service = (span.local_endpoint and span.local_endpoint.service_name) or ""
    resource: Attributes = {"service.name": service} if service else {}
    if "telemetry.sdk.name" in attributes:
        resource |= {name: attributes.pop(name) for name in list(attributes) if name.startswith(_OF_RESOURCE)}
    return resources.setdefault(repr(resource), resource)


def _add_endpoints(span: _Span, attributes: Attributes) -> None:
    remote, local = span.remote_endpoint, span.local_endpoint
    if remote is not None:
        if remote.service_name:
            attributes.setdefault("peer.service", remote.service_name)
            if attributes.get("db.system") == "other_sql" and remote.service_name.lower() in _DATABASES:
                attributes["db.system"] = remote.service_name.lower()
        _add_address(remote, attributes, "network.peer")
    if local is not None:
        _add_address(local, attributes, "network.local")


def _add_address(endpoint: _Endpoint, attributes: Attributes, prefix: str) -> None:
    if endpoint.ipv4 or endpoint.ipv6:
        attributes.setdefault(f"{prefix}.address", endpoint.ipv4 or endpoint.ipv6 or "")
    if endpoint.port:
        attributes.setdefault(f"{prefix}.port", endpoint.port)


def _event(at_unix_nano: int, value: str) -> OtelEvent:
    """Give an annotation as an event; OpenTelemetry's exporters put attributes into its text, in three ways."""
    name, _, rest = value.partition("|")
    if rest.startswith("{"):
        members = _object(rest.rpartition("|")[0])
        if members is not None:
            return _with(at_unix_nano, name, members)
    elif value.startswith("{") or value.startswith('"'):
        named = _object(value if value.startswith("{") else f"{{{value}}}")
        if named is not None and len(named) == 1:
            ((name, members),) = named.items()
            if type(members) is dict:
                return _with(at_unix_nano, name, members)
    return OtelEvent(at_unix_nano, value, {})


def _with(at_unix_nano: int, name: str, members: dict[str, Any]) -> OtelEvent:
    return OtelEvent(at_unix_nano, name, {key: attribute(one) for key, one in members.items() if one is not None})


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = _decode_any(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return value if type(value) is dict else None


def _kind(value: Any) -> str:
    return {dict: "object", str: "string", bool: "boolean", type(None): "null"}.get(type(value), "number")
