"""What OTLP and Zipkin differ in over HTTP: how bodies are read, and how it is told what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from radiograph.segments.otel import Decoded, Refused, json_spans
from radiograph.segments.otel.from_protobuf import protobuf_spans
from radiograph.segments.otel.zipkin import zipkin_spans

from .said import in_words, status, taken

__all__ = ["JSON", "OTLP", "PROTOBUF", "ZIPKIN", "Dialect"]

PROTOBUF, JSON = "application/x-protobuf", "application/json"


class Dialect(msgspec.Struct, frozen=True):
    """A protocol."""

    name: str
    """Of its counters."""
    readers: Mapping[str, Callable[[bytes], Decoded]]
    """By content type; the first is what a request is that does not say."""
    taken: tuple[int, Callable[[Sequence[Refused], str], bytes]]
    """Status and body of a request that was taken, whole or in part."""
    failed: Callable[[int, str, str], bytes]
    """From status, message and content type to the body of one that was not."""


def _zipkin_taken(refused: Sequence[Refused], _kind: str) -> bytes:
    return _zipkin_failed(0, f"{len(refused)} spans refused: {in_words(refused)}", "") if refused else b""


def _zipkin_failed(_code: int, message: str, _kind: str) -> bytes:
    return msgspec.json.encode({"message": message})


OTLP = Dialect(
    "otlp",
    {PROTOBUF: protobuf_spans, JSON: json_spans},
    (200, lambda refused, kind: taken(refused, as_json=kind == JSON)),
    lambda code, message, kind: status(code, message, as_json=kind == JSON),
)
ZIPKIN = Dialect("zipkin", {JSON: zipkin_spans}, (202, _zipkin_taken), _zipkin_failed)
