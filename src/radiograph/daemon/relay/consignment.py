"""A consignment: documents that travel together, in one request. Pure."""

from __future__ import annotations

import base64
import binascii
from collections import deque
from collections.abc import Sequence

import msgspec

from radiograph.journal import Record

__all__ = ["MOST_DOCUMENTS", "Consignment", "NoSpans", "encode_segments", "next_consignment", "spans_of", "unwanted"]

MOST_DOCUMENTS = 50
_MOST_BYTES = 512 << 10
"""A consignment of the largest documents has eight of them."""
_SPANS = b"T1S"
_UNWANTED = {
    b"T1U": "spans that nobody sampled (T1U): their senders count them, and do not mean them to be seen",
    b"M1": "OTLP metrics (M1): they have no place in X-Ray",
}
_encode = msgspec.json.Encoder().encode


class NoSpans(Exception):
    """What a datagram says is a message of OTLP is none."""


class Consignment(msgspec.Struct, gc=False):
    """Segment documents for one PutTraceSegments, or the spans of one datagram; ``last`` is the last one's sequence."""

    documents: list[bytes]
    last: int
    spans: bool
    settled: bool = False
    """Taken, or refused for good: the journal need not keep it."""


def next_consignment(waiting: deque[Record]) -> Consignment:
    """Take from the front of what waits, at least one, as many as may travel together."""
    first = waiting.popleft()
    documents, last, size = [first.document], first.sequence, len(first.document)
    if _is_spans(first.document):
        return Consignment(documents, last, spans=True)
    while waiting and len(documents) < MOST_DOCUMENTS:
        document = waiting[0].document
        size += len(document)
        if size > _MOST_BYTES or _is_spans(document):
            break
        documents.append(document)
        last = waiting.popleft().sequence
    return Consignment(documents, last, spans=False)


def encode_segments(documents: Sequence[bytes]) -> bytes:
    """Give the body of a PutTraceSegments. Bytes that are no UTF-8 become U+FFFD, as in AWS's daemon."""
    return _encode({"TraceSegmentDocuments": [str(one, "utf-8", "replace") for one in documents]})


def unwanted(document: bytes) -> str | None:
    """Give why what a datagram holds is not forwarded, or None when it is."""
    if document[:1] == b"{":
        return None
    return next((why for prefix, why in _UNWANTED.items() if document.startswith(prefix)), None)


def spans_of(document: bytes) -> bytes:
    """Give the OTLP message of a datagram, protobuf.

    Raises: NoSpans.

    Source: otlp_udp_exporter of aws-otel-python-instrumentation: behind ``T1S``, base64.
    """
    try:
        return base64.b64decode(document[len(_SPANS) :].strip(), validate=True)
    except binascii.Error as error:
        raise NoSpans(f"behind {document[:3].decode()} is no base64: {error}") from None


def _is_spans(document: bytes) -> bool:
    return document.startswith(_SPANS)
