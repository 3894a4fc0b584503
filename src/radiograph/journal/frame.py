"""A frame: the documents of one arrival, under one checksum.

::

    magic 4 · crc32 4 · payload length 4 · documents 4 · first sequence 8 · received 8 (double) · account 12 · payload
    payload: for each document its length (4) and its bytes

Little-endian. The checksum covers everything after itself. A preallocated file is zeros behind its last frame.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

__all__ = ["HEADER_BYTES", "MAGIC", "Frame", "decode_frame", "encode_frame", "frame_bytes"]

MAGIC = b"RGJ1"
_HEADER = struct.Struct("<4sIIIQd12s")
_LENGTH = struct.Struct("<I")
HEADER_BYTES = _HEADER.size


class Frame(NamedTuple):
    """A decoded frame; document ``n`` has the sequence ``first + n``."""

    first: int
    received: float
    account: str
    documents: list[bytes]
    end: int
    """Offset behind the frame."""


def frame_bytes(documents: Sequence[bytes]) -> int:
    """Give how many bytes a frame of these documents takes."""
    return HEADER_BYTES + sum(map(len, documents)) + 4 * len(documents)


def encode_frame(first: int, received: float, account: str, documents: Sequence[bytes]) -> bytes:
    """Give the bytes of a frame whose first document has the sequence ``first``."""
    pack = _LENGTH.pack
    payload = b"".join([part for document in documents for part in (pack(len(document)), document)])
    header = _HEADER.pack(MAGIC, 0, len(payload), len(documents), first, received, account.encode())
    checksum = crc32(payload, crc32(header[8:]))
    return b"".join((MAGIC, _LENGTH.pack(checksum), header[8:], payload))


def decode_frame(data: bytes | memoryview, offset: int) -> Frame | None:
    """Give the frame at ``offset``, or None when no whole, undamaged frame is there."""
    start = offset + HEADER_BYTES
    if start > len(data):
        return None
    magic, checksum, length, count, first, received, account = _HEADER.unpack_from(data, offset)
    end = start + length
    if magic != MAGIC or end > len(data):
        return None
    payload = data[start:end]
    if crc32(payload, crc32(data[offset + 8 : start])) != checksum:
        return None
    documents, at = [], 0
    payload = bytes(payload)
    for _ in range(count):
        (size,) = _LENGTH.unpack_from(payload, at)
        documents.append(payload[at + 4 : at + 4 + size])
        at += 4 + size
    return Frame(first, received, account.rstrip(b"\0").decode(), documents, end)
