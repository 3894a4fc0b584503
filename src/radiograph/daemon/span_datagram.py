"""Spans in a datagram, as the AWS distributions of OpenTelemetry send them from Lambda. Pure.

Source: otlp_udp_exporter of aws-otel-python-instrumentation: behind the header line a prefix, then base64 of OTLP.
"""

from __future__ import annotations

import base64
import binascii

from radiograph.segments.otel import Decoded, UnreadableSpans
from radiograph.segments.otel.from_protobuf import protobuf_spans

from .datagram import BadDatagram

__all__ = ["holds_telemetry", "spans_in"]

_SAMPLED, _UNSAMPLED, _METRICS = b"T1S", b"T1U", b"M1"


def holds_telemetry(document: bytes) -> bool:
    """Whether what is behind the header line is OpenTelemetry's; documents begin with a brace."""
    return document[:1] in (b"T", b"M") and document.startswith((_SAMPLED, _UNSAMPLED, _METRICS))


def spans_in(document: bytes) -> Decoded:
    """Give the spans of a datagram.

    Raises: BadDatagram for what is no OTLP; for metrics; and for spans that nobody sampled, which their senders count
    and do not mean to be seen.
    """
    if document.startswith(_METRICS):
        raise BadDatagram("metrics", "metrics are not kept")
    if document.startswith(_UNSAMPLED):
        raise BadDatagram("unsampled", "spans that were not sampled are not kept")
    try:
        return protobuf_spans(base64.b64decode(document[len(_SAMPLED) :].strip(), validate=True))
    except (binascii.Error, UnreadableSpans) as error:
        raise BadDatagram("otlp", f"behind T1S is no OTLP in base64: {error}") from None
