"""Where a document keeps what OpenTelemetry says and X-Ray has no word for: these keys of ``metadata.default``."""

from __future__ import annotations

from typing import Any

__all__ = [
    "ANNOTATIONS",
    "AROUND",
    "EVENTS",
    "METADATA",
    "OURS",
    "RESOURCE",
    "SCOPE_NAME",
    "SCOPE_VERSION",
    "SPAN_KIND",
    "SPAN_NAME",
    "TRACE_STATE",
    "is_of_spans",
    "kept",
    "kept_text",
]

RESOURCE = "otel.resource."
"""And the name of a resource's attribute. Source: the collector's ``awsxray`` exporter; the other keys are ours."""
SPAN_NAME, SPAN_KIND = "otel.span.name", "otel.span.kind"
SCOPE_NAME, SCOPE_VERSION = "otel.scope.name", "otel.scope.version"
TRACE_STATE, EVENTS = "otel.trace_state", "otel.events"
AROUND = "otel.around"
"""Of a segment that no span is: it is there for the one call inside it."""

OURS = "aws.xray."
"""How attributes begin that tell what a document says and OpenTelemetry has no word for."""
ANNOTATIONS, METADATA = f"{OURS}annotations", f"{OURS}metadata."


def is_of_spans(entity: dict[str, Any]) -> bool:
    """Whether a segment or subsegment was made of a span: then its other metadata are the span's attributes."""
    default = entity.get("metadata", {}).get("default")
    return type(default) is dict and any(key.startswith("otel.") for key in default)


def kept(entity: dict[str, Any], key: str) -> Any:
    """Give what a segment or subsegment keeps under a key, or None."""
    default = entity.get("metadata", {}).get("default")
    return default.get(key) if type(default) is dict else None


def kept_text(entity: dict[str, Any], key: str) -> str:
    """Give what a segment or subsegment keeps under a key; empty when it keeps no text there."""
    value = kept(entity, key)
    return value if type(value) is str else ""
