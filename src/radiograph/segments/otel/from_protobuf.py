"""Spans out of OTLP's protobuf: ``ExportTraceServiceRequest`` and ``TracesData``, which are the same on the wire."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, InstrumentationScope, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from .decoded import Decoded, Refused, UnreadableSpans
from .mend_protobuf import mend
from .span import Attributes, AttributeValue, OtelEvent, OtelLink, OtelSpan, SpanKind

__all__ = ["protobuf_spans"]

_KINDS: tuple[SpanKind, ...] = ("INTERNAL", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER")
_ERROR = 2
_NO_TRACE, _NO_SPAN = bytes(16), bytes(8)


def protobuf_spans(body: bytes) -> Decoded:
    """Give the spans of a message, and those that cannot be read.

    A text that is not UTF-8 is kept with U+FFFD where it is not; of a message that breaks off, whatever is whole is
    kept.

    Raises: UnreadableSpans when there is nothing of OTLP in it.
    """
    message, refused = _message(body)
    spans: list[OtelSpan] = []
    for resource_spans in message.resource_spans:
        resource = _attributes(resource_spans.resource.attributes)
        for scope_spans in resource_spans.scope_spans:
            scope = scope_spans.scope
            version = scope.version
            name, common = scope.name, _scope_attributes(scope)
            for span in scope_spans.spans:
                trace_id, span_id = span.trace_id, span.span_id
                if len(trace_id) != 16 or len(span_id) != 8 or trace_id == _NO_TRACE or span_id == _NO_SPAN:
                    refused.append(_refused(span))
                    continue
                status, kind = span.status, span.kind
                spans.append(
                    OtelSpan(
                        resource,
                        name,
                        version,
                        trace_id.hex(),
                        span_id.hex(),
                        span.parent_span_id.hex(),
                        span.flags,
                        span.name,
                        _KINDS[kind] if 0 <= kind < len(_KINDS) else "INTERNAL",
                        span.start_time_unix_nano,
                        span.end_time_unix_nano or None,
                        status.code == _ERROR,
                        status.message,
                        {**common, **_attributes(span.attributes)} if common else _attributes(span.attributes),
                        [OtelEvent(one.time_unix_nano, one.name, _attributes(one.attributes)) for one in span.events],
                        [
                            OtelLink(one.trace_id.hex(), one.span_id.hex(), _attributes(one.attributes))
                            for one in span.links
                        ],
                        span.trace_state,
                    )
                )
    return Decoded(spans, refused)


def _message(body: bytes) -> tuple[ExportTraceServiceRequest, list[Refused]]:
    try:
        return ExportTraceServiceRequest.FromString(body), []
    except DecodeError:
        whole, broken = mend(body)
    try:
        message = ExportTraceServiceRequest.FromString(whole)
    except DecodeError as error:  # not even its pieces are what they should be
        raise UnreadableSpans(f"the body is no ExportTraceServiceRequest: {error}") from None
    if broken is None:
        return message, []
    if not message.resource_spans:
        raise UnreadableSpans(f"the body is no ExportTraceServiceRequest: {broken}")
    return message, [Refused("", broken)]


def _attributes(pairs: Iterable[KeyValue]) -> Attributes:
    found: Attributes = {}
    for pair in pairs:
        value = pair.value
        # Most values are texts: asking which one it is costs as much as all the rest.
        text = value.string_value
        found[pair.key] = text or _value(value)
    return found


def _value(value: AnyValue) -> AttributeValue:
    match value.WhichOneof("value"):
        case "int_value":
            return value.int_value
        case "bool_value":
            return value.bool_value
        case "double_value":
            # JSON has no word for what is no number.
            return value.double_value if math.isfinite(value.double_value) else str(value.double_value)
        case "array_value":
            return [_value(item) for item in value.array_value.values]
        case "kvlist_value":
            return {item.key: _value(item.value) for item in value.kvlist_value.values}
        case "bytes_value":
            return base64.b64encode(value.bytes_value).decode()
        case "string_value":
            return value.string_value
        case _:
            return ""


def _scope_attributes(scope: InstrumentationScope) -> Attributes:
    return {f"otel.scope.{name}": value for name, value in _attributes(scope.attributes).items()}


def _refused(span: Span) -> Refused:
    shown = f"{span.span_id.hex()} ({span.name[:60]!r})"
    if len(span.trace_id) != 16 or span.trace_id == _NO_TRACE:
        return Refused(shown, f"trace_id is {span.trace_id[:32].hex()!r}; 16 bytes that are not all zero are accepted")
    return Refused(shown, f"span_id is {span.span_id[:32].hex()!r}; 8 bytes that are not all zero are accepted")
