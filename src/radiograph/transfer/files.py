"""Files as the portions they are made of: JSON, JSON lines, protobuf, each compressed or not.

Source: the OpenTelemetry collector's file exporter writes JSON a line each; protobuf, and whatever it compresses,
behind a length of four bytes, the most significant first.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

import msgspec
import zstandard

from radiograph.segments.otel.decoded import UnreadableSpans
from radiograph.segments.otel.lenient_json import read_json

from .formats import Format, Otlp, Portion, Unreadable, portions

__all__ = ["read_file"]

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BOM = b"\xef\xbb\xbf"
_HEAD_BYTES = 64
_BUFFER_BYTES = 1 << 18
_PROTOBUF = b"\x0a"
"""Field 1, which is all that a request has: its ``resource_spans``."""
_TAGS = ([_PROTOBUF], [b"\x0a", b"\x12", b"\x1a"], [b"\x0a", b"\x10", b"\x12", b"\x1a"])
"""The fields of a request, of its ``resource_spans``, and of what is in those."""
_JSON_BEGINS = (b"{", b"[", b'"')
_decode = msgspec.json.Decoder().decode


def read_file(name: str, file: BinaryIO, wanted: Format) -> Iterator[Portion]:
    """Yield what a file tells, as far as it can be read; ``name`` is how people know it. Nothing is raised."""
    try:
        stream = _Rejoined(*_head(file))
        if stream.head.startswith(_GZIP):
            stream = _Rejoined(*_head(gzip.GzipFile(fileobj=_buffered(stream))))
        elif stream.head.startswith(_ZSTD):
            reader = zstandard.ZstdDecompressor().stream_reader(_buffered(stream), read_across_frames=True)
            stream = _Rejoined(*_head(reader))
        yield from _portions(name, stream.head, _buffered(stream), wanted)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        yield Unreadable(name, f"it cannot be read to its end: {error}")


class _Rejoined(io.RawIOBase):
    """A stream of which the first bytes have been read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self._left, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left:
            part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        else:
            part = self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _head(stream: Any) -> tuple[bytes, BinaryIO]:
    head = b""
    while len(head) < _HEAD_BYTES:
        part = stream.read(_HEAD_BYTES - len(head))
        if not part:
            break
        head += part
    return head, stream


def _buffered(stream: _Rejoined) -> BinaryIO:
    return io.BufferedReader(stream, _BUFFER_BYTES)


def _portions(name: str, head: bytes, stream: BinaryIO, wanted: Format) -> Iterator[Portion]:
    if head.startswith(_BOM):
        head = head[len(_BOM) :]
        stream.read(len(_BOM))
    if _is_protobuf(head):
        yield from _message(name, stream.read(), wanted)
    elif _is_framed(head):
        yield from _messages(name, stream, wanted)
    elif head.lstrip()[:1] in _JSON_BEGINS or not head.strip():
        yield from _texts(name, stream, wanted)
    else:
        yield Unreadable(name, f"it begins with {head[:8]!r}: neither JSON nor protobuf, gzip'd or not")


def _is_framed(head: bytes) -> bool:
    if len(head) <= 4 or head.lstrip()[:1] in _JSON_BEGINS or _is_protobuf(head):
        return False
    return head[4:].startswith((_PROTOBUF, b"{", _ZSTD)) or head[:4] == bytes(4)


def _is_protobuf(head: bytes) -> bool:
    """Whether it begins as a request does: JSON may begin with a line end and a brace, which alone could be one too."""
    at = 0
    for tags in _TAGS:
        if head[at : at + 1] not in tags:
            return False
        at += 1
        while head[at : at + 1] >= b"\x80":
            at += 1
        if head[at : at + 1] == b"\x00":
            return True  # nothing is inside, and no JSON has such a byte
        at += 1
    return True


def _messages(name: str, stream: BinaryIO, wanted: Format) -> Iterator[Portion]:
    number = 0
    while length := stream.read(4):
        number += 1
        where = f"{name}, message {number}"
        size = int.from_bytes(length, "big")
        body = stream.read(size)
        if len(length) < 4 or len(body) < size:
            yield Unreadable(where, f"it breaks off after {len(body)} of {size} bytes")
            return
        if body.startswith(_ZSTD):
            body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        yield from _text(where, body, wanted) if body[:1] == b"{" else _message(where, body, wanted)


def _message(where: str, body: bytes, wanted: Format) -> Iterator[Portion]:
    if wanted in (Format.AUTO, Format.OTLP):
        yield Otlp(body, is_json=False, where=where)
    else:
        yield Unreadable(where, f"it is protobuf, and --format says {wanted}")


def _texts(name: str, stream: BinaryIO, wanted: Format) -> Iterator[Portion]:
    """Yield the portions of JSON lines, or of one JSON value, or of several one after another."""
    lines = ((number, line) for number, line in enumerate(stream, 1) if line.strip())
    first = next(lines, None)
    if first is None:
        return
    try:
        _decode(first[1])
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        yield from _values(name, first[1] + stream.read(), wanted)
        return
    second = next(lines, None)
    if second is None:
        yield from _text(name, first[1], wanted)
        return
    for number, line in chain([first, second], lines):
        yield from _text(f"{name}, line {number}", line, wanted)


def _values(name: str, text: bytes, wanted: Format) -> Iterator[Portion]:
    try:
        value = _decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        yield from _one_after_another(name, text, wanted)
    else:
        yield from portions(value, text, name, wanted)


def _one_after_another(name: str, body: bytes, wanted: Format) -> Iterator[Portion]:
    """Yield the portions of several answers in one file, as ``>>`` collects them."""
    text = body.decode(errors="replace")
    decoder = json.JSONDecoder()
    at, number = 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        number += 1
        where = f"{name}, value {number}"
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Unreadable(where, f"it is no JSON: {error}")
            return
        yield from _text(where, text[at:end].encode(errors="replace"), wanted)
        at = end


def _text(where: str, raw: bytes, wanted: Format) -> Iterator[Portion]:
    raw = raw.strip()
    try:
        value = read_json(raw)
    except UnreadableSpans:
        shown = raw[:40].decode(errors="replace")
        yield Unreadable(where, f"it is no JSON: {shown!r}")
        return
    yield from portions(value, raw, where, wanted)
