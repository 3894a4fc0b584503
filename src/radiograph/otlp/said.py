"""What OTLP answers, in protobuf or JSON: how much was taken, or why nothing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceResponse,
)

from radiograph.segments.otel import Refused

__all__ = ["in_words", "status", "taken"]

_MOST_NAMED = 10
_GRPC_CODES = {400: 3, 403: 7, 404: 12, 405: 12, 408: 4, 413: 8, 415: 3, 429: 14, 503: 14}
"""HTTP's statuses in gRPC's numbers."""
_INTERNAL = 13


def taken(refused: Sequence[Refused], as_json: bool) -> bytes:
    """Give an ``ExportTraceServiceResponse``: nothing is said when nothing is wrong."""
    if as_json:
        said = {"partialSuccess": {"rejectedSpans": str(len(refused)), "errorMessage": in_words(refused)}}
        return msgspec.json.encode(said if refused else {"partialSuccess": {}})
    if not refused:
        return b""
    partial = ExportTracePartialSuccess(rejected_spans=len(refused), error_message=in_words(refused))
    return ExportTraceServiceResponse(partial_success=partial).SerializeToString()


def in_words(refused: Sequence[Refused]) -> str:
    """Give a sentence for each of the first refused spans."""
    named = [f"span {one.span}: {one.reason}" if one.span else one.reason for one in refused[:_MOST_NAMED]]
    more = len(refused) - len(named)
    return "; ".join(named) + (f"; and {more} more" if more else "")


def status(http_status: int, message: str, as_json: bool) -> bytes:
    """Give a ``google.rpc.Status``.

    Source: OTLP/HTTP, "Failures": the body of every error is one.
    """
    code = _GRPC_CODES.get(http_status, _INTERNAL)
    if as_json:
        return msgspec.json.encode({"code": code, "message": message})
    text = message.encode()
    return bytes([0x08, code, 0x12]) + _varint(len(text)) + text


def _varint(number: int) -> bytes:
    found = bytearray()
    while number >= 0x80:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)
