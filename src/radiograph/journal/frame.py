"""A frame: the documents of one arrival, under one checksum.

::

    magic 4 · crc32 4 · payload length 4 · documents 4 · first sequence 8 · received 8 (double) · account 12 · payload
    payload: for each document its length (4) and its bytes
    payload, sealed: number of the data key 4 · the payload above, sealed about the header and that number

Little-endian. The checksum covers everything after itself. A preallocated file is zeros behind its last frame.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

from radiograph.data_keys import DataKey

__all__ = ["HEADER_BYTES", "MAGIC", "Frame", "Sealed", "decode_frame", "encode_frame", "frame_bytes", "open_frame"]

MAGIC = b"RGJ"
"""What every frame begins with; behind it, what its payload is."""

_PLAIN, _SEALED = MAGIC + b"1", MAGIC + b"S"
_HEADER = struct.Struct("<4sIIIQd12s")
_LENGTH = struct.Struct("<I")
_ABOUT = struct.Struct("<IQd12sI")
HEADER_BYTES = _HEADER.size


class Sealed(NamedTuple):
    """A payload that only its data key opens."""

    key: int
    payload: bytes
    about: bytes


class Frame(NamedTuple):
    """A decoded frame; document ``n`` has the sequence ``first + n``."""

    first: int
    received: float
    account: str
    documents_count: int
    documents: list[bytes]
    """Empty when they are sealed."""
    end: int
    """Offset behind the frame."""
    sealed: Sealed | None = None


def frame_bytes(documents: Sequence[bytes]) -> int:
    """Give how many bytes a frame of these documents takes."""
    return HEADER_BYTES + sum(map(len, documents)) + 4 * len(documents)


def encode_frame(
    first: int, received: float, account: str, documents: Sequence[bytes], key: DataKey | None = None
) -> bytes:
    """Give the bytes of a frame whose first document has the sequence ``first``, sealed when there is a key."""
    pack = _LENGTH.pack
    payload = b"".join([part for document in documents for part in (pack(len(document)), document)])
    magic, named = _PLAIN, account.encode()
    if key is not None:
        about = _ABOUT.pack(len(documents), first, received, named, key.number)
        magic, payload = _SEALED, pack(key.number) + key.seal_frame(payload, about)
    header = _HEADER.pack(magic, 0, len(payload), len(documents), first, received, named)
    checksum = crc32(payload, crc32(header[8:]))
    return b"".join((magic, _LENGTH.pack(checksum), header[8:], payload))


def decode_frame(data: bytes | memoryview, offset: int) -> Frame | None:
    """Give the frame at ``offset``, or None when no whole, undamaged frame is there."""
    start = offset + HEADER_BYTES
    if start > len(data):
        return None
    magic, checksum, length, count, first, received, account = _HEADER.unpack_from(data, offset)
    end = start + length
    if magic not in (_PLAIN, _SEALED) or end > len(data):
        return None
    payload = data[start:end]
    if crc32(payload, crc32(data[offset + 8 : start])) != checksum:
        return None
    payload, whose = bytes(payload), account.rstrip(b"\0").decode()
    if magic == _PLAIN:
        return Frame(first, received, whose, count, _documents(payload, count), end)
    if length < _LENGTH.size:
        return None
    (key,) = _LENGTH.unpack_from(payload)
    sealed = Sealed(key, payload[_LENGTH.size :], _ABOUT.pack(count, first, received, account, key))
    return Frame(first, received, whose, count, [], end, sealed)


def open_frame(frame: Frame, key: DataKey) -> list[bytes]:
    """Give the documents of a sealed frame.

    Raises: Unsealable.
    """
    assert frame.sealed is not None  # noqa: S101 - only such a frame is opened
    return _documents(key.unseal_frame(frame.sealed.payload, frame.sealed.about), frame.documents_count)


def _documents(payload: bytes, count: int) -> list[bytes]:
    documents, at = [], 0
    for _ in range(count):
        (size,) = _LENGTH.unpack_from(payload, at)
        documents.append(payload[at + 4 : at + 4 + size])
        at += 4 + size
    return documents
