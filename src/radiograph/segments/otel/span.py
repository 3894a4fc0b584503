"""A span of OpenTelemetry, whatever it came in (OTLP, Zipkin, Jaeger, a segment document) and whatever it leaves in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

__all__ = ["AttributeValue", "Attributes", "OtelEvent", "OtelLink", "OtelSpan", "SpanKind"]

SpanKind: TypeAlias = Literal["INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]
AttributeValue: TypeAlias = str | bool | int | float | Sequence["AttributeValue"] | Mapping[str, "AttributeValue"]
"""Bytes are told as base64."""
Attributes: TypeAlias = dict[str, AttributeValue]


class OtelEvent(msgspec.Struct, frozen=True):
    """Something that happened during a span, an exception for one."""

    time_unix_nano: int
    name: str
    attributes: Attributes


class OtelLink(msgspec.Struct, frozen=True):
    """A span, of another trace or of this one, that this one comes from; ids are lower-case hexadecimal digits."""

    trace_id: str
    span_id: str
    attributes: Attributes


class OtelSpan(msgspec.Struct, frozen=True):
    """A span and whose it is. Ids are lower-case hexadecimal digits, 32 and 16 of them."""

    resource: Attributes
    """Of the service; the same object for every span of a document, or of a batch."""
    scope: str
    """Who recorded it; empty when unknown."""
    scope_version: str
    trace_id: str
    span_id: str
    parent_span_id: str
    """Empty when there is none."""
    flags: int
    """Bit 0: sampled. Bit 8: it is known whether the parent is in another process. Bit 9: it is."""
    name: str
    kind: SpanKind
    start_unix_nano: int
    end_unix_nano: int | None
    """None while in progress."""
    failed: bool
    """Status ``ERROR``; otherwise ``UNSET`` or ``OK``: X-Ray knows no third."""
    status_message: str
    attributes: Attributes
    events: list[OtelEvent]
    links: list[OtelLink]
    trace_state: str = ""
