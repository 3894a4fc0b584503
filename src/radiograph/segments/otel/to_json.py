"""Spans as JSON, in both spellings: OTLP's, and the one of the log events that Transaction Search keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from .span import Attributes, AttributeValue, OtelEvent, OtelLink, OtelSpan

__all__ = ["log_event", "resource_spans"]

_KINDS = {"INTERNAL": 1, "SERVER": 2, "CLIENT": 3, "PRODUCER": 4, "CONSUMER": 5}
_ERROR = 2
_INT64 = range(-(2**63), 2**63)


def log_event(span: OtelSpan) -> dict[str, Any]:
    """Give a span as one self-contained object, its attributes as they are.

    Source: log events of ``aws/spans``, as the spec of Transaction Search lists their members.
    """
    event: dict[str, Any] = {
        "resource": {"attributes": span.resource},
        "scope": _scope(span),
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "parentSpanId": span.parent_span_id,
        "flags": span.flags,
        "name": span.name,
        "kind": span.kind,
        "startTimeUnixNano": span.start_unix_nano,
    }
    if span.end_unix_nano is not None:
        event["endTimeUnixNano"] = span.end_unix_nano
        event["durationNano"] = span.end_unix_nano - span.start_unix_nano
    event["attributes"] = span.attributes
    if span.events:
        event["events"] = [
            {"timeUnixNano": one.time_unix_nano, "name": one.name, "attributes": one.attributes} for one in span.events
        ]
    if span.links:
        event["links"] = [
            {"traceId": one.trace_id, "spanId": one.span_id, "attributes": one.attributes} for one in span.links
        ]
    event["status"] = {"code": "ERROR" if span.failed else "UNSET"}
    if span.failed and span.status_message:
        event["status"]["message"] = span.status_message
    return event


def resource_spans(spans: Sequence[OtelSpan]) -> list[dict[str, Any]]:
    """Give spans as ``resourceSpans`` of OTLP/JSON; those of one document, side by side, share a resource.

    Source: OTLP 1.x, "JSON Protobuf Encoding": 64-bit integers are strings, enumerations numbers, ids hexadecimal.
    """
    found = []
    for _, group in groupby(spans, lambda span: id(span.resource)):
        together = list(group)
        scopes: dict[tuple[str, str], list[OtelSpan]] = {}
        for one in together:
            scopes.setdefault((one.scope, one.scope_version), []).append(one)
        found.append(
            {
                "resource": {"attributes": _attributes(together[0].resource)},
                "scopeSpans": [
                    {"scope": _scope(those[0]), "spans": [_span(one) for one in those]} for those in scopes.values()
                ],
            }
        )
    return found


def _span(span: OtelSpan) -> dict[str, Any]:
    return {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "parentSpanId": span.parent_span_id,
        **({"traceState": span.trace_state} if span.trace_state else {}),
        "flags": span.flags,
        "name": span.name,
        "kind": _KINDS[span.kind],
        "startTimeUnixNano": str(span.start_unix_nano),
        "endTimeUnixNano": str(span.start_unix_nano if span.end_unix_nano is None else span.end_unix_nano),
        "attributes": _attributes(span.attributes),
        "events": [_event(one) for one in span.events],
        "links": [_link(one) for one in span.links],
        "status": {"code": _ERROR, "message": span.status_message} if span.failed else {},
    }


def _event(event: OtelEvent) -> dict[str, Any]:
    return {
        "timeUnixNano": str(event.time_unix_nano),
        "name": event.name,
        "attributes": _attributes(event.attributes),
    }


def _link(link: OtelLink) -> dict[str, Any]:
    return {"traceId": link.trace_id, "spanId": link.span_id, "attributes": _attributes(link.attributes)}


def _scope(span: OtelSpan) -> dict[str, str]:
    return {"name": span.scope, "version": span.scope_version}


def _attributes(attributes: Attributes) -> list[dict[str, Any]]:
    return [{"key": name, "value": _value(value)} for name, value in attributes.items()]


def _value(value: AttributeValue) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"kvlistValue": {"values": [{"key": name, "value": _value(item)} for name, item in value.items()]}}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int) and value in _INT64:
        return {"intValue": str(value)}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, Sequence):
        return {"arrayValue": {"values": [_value(item) for item in value]}}
    return {"doubleValue": float(value)} if isinstance(value, int | float) else {}
