"""Spans out of Jaeger's JSON: what its query API answers and its UI downloads. Each span is read by itself.

Source: Jaeger's ``uimodel`` and its conversion; OpenTelemetry's specification of the way to Jaeger, read backwards;
OpenTracing's semantic conventions for logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from .decoded import Decoded, Refused, UnreadableSpans
from .lenient_json import read_json
from .relations import SAMPLED, related
from .span import Attributes, OtelEvent, OtelLink, OtelSpan
from .tags import attribute, nanoseconds, padded, told

__all__ = ["jaeger_spans"]

_EXCEPTION = {"error.kind": "exception.type", "message": "exception.message", "stack": "exception.stacktrace"}
_PROCESS = {"hostname": "host.name", "ip": "host.ip"}
_SOME_LOG = "log"
_encode = msgspec.json.Encoder().encode


class _Tag(msgspec.Struct):
    key: str
    type: str = ""
    value: Any = None


class _Log(msgspec.Struct):
    timestamp: int = 0
    fields: list[_Tag] | None = None


class _Reference(msgspec.Struct):
    ref_type: str = msgspec.field(default="CHILD_OF", name="refType")
    trace_id: str | None = msgspec.field(default=None, name="traceID")
    span_id: str = msgspec.field(default="", name="spanID")


class _Process(msgspec.Struct):
    service_name: str | None = msgspec.field(default=None, name="serviceName")
    tags: list[_Tag] | None = None


class _Span(msgspec.Struct):
    span_id: str = msgspec.field(name="spanID")
    start_time: int = msgspec.field(name="startTime")
    trace_id: str | None = msgspec.field(default=None, name="traceID")
    parent_span_id: str | None = msgspec.field(default=None, name="parentSpanID")
    flags: int | None = None
    name: str | None = msgspec.field(default=None, name="operationName")
    references: list[_Reference] | None = None
    duration: int | None = None
    tags: list[_Tag] | None = None
    logs: list[_Log] | None = None
    process_id: str | None = msgspec.field(default=None, name="processID")
    process: _Process | None = None
    warnings: list[str] | None = None


class _Family(msgspec.Struct):
    """What the spans of a trace have in common."""

    trace_id: str
    resources: dict[str, Attributes]
    """Of each process."""


def jaeger_spans(body: bytes) -> Decoded:
    """Give the spans of an answer of Jaeger's query API, of one of its traces or of several, and those unreadable.

    Raises: UnreadableSpans when the body is none of these.
    """
    refused: list[Refused] = []
    spans: list[OtelSpan] = []
    for trace in _traces(read_json(body)):
        family = _family(trace)
        for element in trace["spans"]:
            try:
                span = msgspec.convert(element, _Span, strict=False)
                spans.append(_span(span, family))
            except (ValueError, RecursionError) as error:
                refused.append(Refused(_id(element), str(error)))
    return Decoded(related(spans, [False] * len(spans)), refused)


def _traces(value: Any) -> Iterator[dict[str, Any]]:
    data = value.get("data", value) if type(value) is dict else value
    for trace in data if type(data) is list else [data]:
        if type(trace) is not dict or type(trace.get("spans")) is not list:
            raise UnreadableSpans('the body is no answer of Jaeger; {"data":[{"traceID":…,"spans":[…]}]} is accepted')
        yield trace


def _family(trace: dict[str, Any]) -> _Family:
    trace_id, processes = trace.get("traceID"), trace.get("processes")
    resources: dict[str, Attributes] = {}
    for key, process in processes.items() if type(processes) is dict else ():
        try:
            resources[key] = _resource(msgspec.convert(process, _Process, strict=False))
        except (msgspec.ValidationError, RecursionError):
            resources[key] = {}  # its spans are good even so
    return _Family(trace_id if type(trace_id) is str else "", resources)


def _resource(process: _Process) -> Attributes:
    found: Attributes = {"service.name": process.service_name} if process.service_name else {}
    for tag in process.tags or ():
        value = _value(tag)
        if value is not None:
            found.setdefault(_PROCESS.get(tag.key, tag.key), attribute(value))
    return found


def _span(span: _Span, family: _Family) -> OtelSpan:
    trace_id = padded("traceID", span.trace_id or family.trace_id, 32)
    span_id = padded("spanID", span.span_id, 16)
    parent_id, links = _references(span, trace_id)
    if span.process is not None:
        resource = family.resources.setdefault(_encode(span.process).decode(), _resource(span.process))
    else:
        resource = family.resources.setdefault(span.process_id or "", {})
    said = told((tag.key, _value(tag)) for tag in span.tags or ())
    if span.warnings:
        said.attributes["jaeger.warnings"] = span.warnings
    begun = nanoseconds("startTime", span.start_time)
    nanoseconds("duration", span.duration or 0)
    return OtelSpan(
        resource=resource,
        scope=said.scope,
        scope_version=said.scope_version,
        trace_id=trace_id,
        span_id=span_id,
        parent_span_id=parent_id if parent_id != span_id else "",
        # What Jaeger kept was sampled, unless it says otherwise: 2 is "debug", which is more than sampled.
        flags=SAMPLED if span.flags is None or span.flags & 3 else 0,
        name=span.name or "",
        kind=said.kind or "INTERNAL",
        start_unix_nano=begun,
        end_unix_nano=nanoseconds("startTime + duration", span.start_time + (span.duration or 0)),
        failed=said.failed,
        status_message=said.message,
        attributes=said.attributes,
        events=[_event(log) for log in span.logs or ()],
        links=links,
        trace_state=said.trace_state,
    )


def _references(span: _Span, trace_id: str) -> tuple[str, list[OtelLink]]:
    """Give the parent, the first child-of reference or else the first other one inside the trace, and the rest."""
    inside: list[tuple[str, str]] = []
    links: list[OtelLink] = []
    for one in span.references or ():
        if not one.span_id.strip("0"):
            continue
        kind = one.ref_type.lower()
        there, id_ = (
            padded("a reference's traceID", one.trace_id or trace_id, 32),
            padded("a reference's spanID", one.span_id, 16),
        )
        if there == trace_id:
            inside.append((kind, id_))
        else:
            links.append(_link(there, id_, kind))
    if not inside:
        legacy = span.parent_span_id or ""
        return padded("parentSpanID", legacy, 16) if legacy.strip("0") else "", links
    parent = next((one for one in inside if one[0] == "child_of"), inside[0])
    inside.remove(parent)
    return parent[1], [*(_link(trace_id, id_, kind) for kind, id_ in inside), *links]


def _link(trace_id: str, span_id: str, kind: str) -> OtelLink:
    return OtelLink(trace_id, span_id, {"opentracing.ref_type": kind})


def _event(log: _Log) -> OtelEvent:
    fields = {tag.key: attribute(value) for tag in log.fields or () if (value := _value(tag)) is not None}
    name = fields.pop("event", None)
    if name == "error" and any(key in fields for key in _EXCEPTION):
        fields = {_EXCEPTION.get(key, key): value for key, value in fields.items()}
        name = "exception"
    at = nanoseconds("a log's timestamp", log.timestamp)
    return OtelEvent(at, name if type(name) is str and name else _SOME_LOG, fields)


def _value(tag: _Tag) -> Any:
    """Give a tag's value by its type: whole numbers too large for a browser, and those of Elasticsearch, are texts."""
    if type(tag.value) is str:
        try:
            if tag.type == "int64":
                return int(tag.value) if len(tag.value) <= 20 else tag.value
            if tag.type == "float64":
                return float(tag.value)
        except ValueError:
            return tag.value
        if tag.type == "bool":
            return tag.value.lower() == "true"
    return tag.value


def _id(element: Any) -> str:
    id_ = element.get("spanID") if type(element) is dict else None
    return id_[:40] if type(id_) is str else ""
