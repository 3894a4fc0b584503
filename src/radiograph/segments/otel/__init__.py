"""Segment documents and OpenTelemetry's spans, each made of the other; and the formats that spans come in."""

from .decoded import Decoded, Refused, UnreadableSpans
from .from_json import json_spans
from .from_span import Annotated
from .from_spans import Translated, to_documents
from .span import Attributes, AttributeValue, OtelEvent, OtelLink, OtelSpan, SpanKind
from .to_json import log_event, resource_spans
from .to_spans import to_spans

__all__ = [
    "Annotated",
    "AttributeValue",
    "Attributes",
    "Decoded",
    "OtelEvent",
    "OtelLink",
    "OtelSpan",
    "Refused",
    "SpanKind",
    "Translated",
    "UnreadableSpans",
    "json_spans",
    "log_event",
    "resource_spans",
    "to_documents",
    "to_spans",
]
