"""A compressed body, unpacked as far as it may grow."""

from __future__ import annotations

import zlib

import zstandard

from radiograph.errors import RequestTooLarge, Serialization

__all__ = ["CODINGS", "unpack"]

CODINGS = ("identity", "gzip", "deflate", "zstd")
_GZIP, _ZLIB = 31, 15
_ZSTD_WINDOW_BYTES = 8 << 20


def unpack(body: bytes, coding: str | None, most_bytes: int) -> bytes:
    """Give the body that ``coding`` (``content-encoding``) made this of.

    Raises: RequestEntityTooLargeException, before more than ``most_bytes`` are made; SerializationException for an
    unknown coding and what it did not make.
    """
    match (coding or "identity").strip().lower():
        case "identity":
            return body
        case "gzip" | "x-gzip":
            return _inflate(body, _GZIP, most_bytes)
        case "deflate":
            return _inflate(body, _ZLIB, most_bytes)
        case "zstd":
            return _unpack_zstd(body, most_bytes)
        case _:
            raise Serialization(f"content-encoding is {coding!r}; one of {', '.join(CODINGS)} is accepted")


def _inflate(body: bytes, window: int, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    room = most_bytes
    while body:
        inflater = zlib.decompressobj(window)
        try:
            part = inflater.decompress(body, room + 1)
        except zlib.error as error:
            raise Serialization(f"the body is not what its content-encoding says: {error}") from None
        parts.append(part)
        room -= len(part)
        if room < 0:
            raise _too_large(most_bytes)
        if not inflater.eof:
            raise Serialization("the compressed body breaks off before its end")
        # gzip allows several members one behind another.
        body = inflater.unused_data if window == _GZIP else b""
    return b"".join(parts)


def _unpack_zstd(body: bytes, most_bytes: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
    try:
        with unpacker.stream_reader(body, read_across_frames=True) as reader:
            unpacked = reader.read(most_bytes + 1)
    except zstandard.ZstdError as error:
        raise Serialization(f"the body is not what its content-encoding says: {error}") from None
    if len(unpacked) > most_bytes:
        raise _too_large(most_bytes)
    return unpacked


def _too_large(most_bytes: int) -> RequestTooLarge:
    return RequestTooLarge(f"the body has more than {most_bytes} bytes when unpacked; send fewer spans a call")
