"""Segment documents and OpenTelemetry's spans, each made of the other."""

from .span import Attributes, AttributeValue, OtelEvent, OtelLink, OtelSpan, SpanKind
from .to_json import log_event, resource_spans
from .to_spans import to_spans

__all__ = [
    "AttributeValue",
    "Attributes",
    "OtelEvent",
    "OtelLink",
    "OtelSpan",
    "SpanKind",
    "log_event",
    "resource_spans",
    "to_spans",
]
