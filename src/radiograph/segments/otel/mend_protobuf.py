"""What can be saved of an OTLP message that protobuf refuses whole for one bad text, or a broken end.

Only what fails comes here, so it may be slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.resource.v1 import resource_pb2
from opentelemetry.proto.trace.v1 import trace_pb2

__all__ = ["mend"]

_FIELD = descriptor_pb2.FieldDescriptorProto
_LENGTH_DELIMITED = 2
_MOST_VARINT_BYTES = 10


def mend(body: bytes) -> tuple[bytes, str | None]:
    """Give a message of the whole spans in ``body``, with U+FFFD for what is not UTF-8; and what is broken, or None."""
    broken: str | None = None
    try:
        message = _Lenient.FromString(body)
    except DecodeError:
        body, broken = _whole_spans(body)
        message = _Lenient.FromString(body)
    _make_text(message)
    return message.SerializeToString(), broken


def _lenient() -> type[Message]:
    """Give OTLP's request with bytes wherever it has strings: nobody checks those."""
    pool = descriptor_pool.DescriptorPool()
    for module in (common_pb2, resource_pb2, trace_pb2, trace_service_pb2):
        file = descriptor_pb2.FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(file)
        for kind in file.message_type:
            _without_strings(kind)
        pool.Add(file)
    name = trace_service_pb2.ExportTraceServiceRequest.DESCRIPTOR.full_name
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


def _without_strings(kind: descriptor_pb2.DescriptorProto) -> None:
    for field in kind.field:
        if field.type == _FIELD.TYPE_STRING:
            field.type = _FIELD.TYPE_BYTES
    for inner in kind.nested_type:
        _without_strings(inner)


_Lenient: Any = _lenient()
_STRINGS = {
    (message.full_name, field.name)
    for file in (common_pb2, resource_pb2, trace_pb2)
    for outer in file.DESCRIPTOR.message_types_by_name.values()
    for message in (outer, *outer.nested_types)
    for field in message.fields
    if field.type == field.TYPE_STRING
}


def _make_text(message: Message) -> None:
    stack = [message]
    while stack:
        one = stack.pop()
        for field, value in one.ListFields():
            if field.message_type is not None:
                stack += value if isinstance(value, _REPEATED) else [value]
            elif (one.DESCRIPTOR.full_name, field.name) in _STRINGS and isinstance(value, bytes):
                setattr(one, field.name, value.decode("utf-8", "replace").encode())


_REPEATED = type(_Lenient().resource_spans)


def _whole_spans(body: bytes) -> tuple[bytes, str]:
    """Give a message of the spans that are whole, and where and how the message ends."""
    problems: list[str] = []
    whole = _whole(body, _LEVELS, problems)
    return whole, problems[0] if problems else "a span in it is not what OTLP says"


def _whole(message: bytes, levels: tuple[tuple[int, str], ...], problems: list[str]) -> bytes:
    """Give a message without those of its pieces, and of their pieces in turn, that are not whole."""
    (inner, kind), below = levels[0], levels[1:]
    found = bytearray()
    for field, piece, problem in _fields(message):
        if problem:
            problems.append(problem)
        if field == inner and below:
            found += _framed(field, _whole(piece, below, problems))
        elif not problem and _is_readable(kind, _framed(field, piece)):
            found += _framed(field, piece)
        elif not problem:
            problems.append(f"a {kind} has a part of {len(piece)} bytes that is not what OTLP says")
    return bytes(found)


def _is_readable(kind: str, piece: bytes) -> bool:
    try:
        _KINDS[kind].FromString(piece)
    except DecodeError:
        return False
    return True


_KINDS: dict[str, Any] = {
    name: message_factory.GetMessageClass(
        _Lenient.DESCRIPTOR.file.pool.FindMessageTypeByName(f"opentelemetry.proto.trace.v1.{name}")
    )
    for name in ("ScopeSpans", "ResourceSpans")
} | {"ExportTraceServiceRequest": _Lenient}
_LEVELS = ((1, "ExportTraceServiceRequest"), (2, "ResourceSpans"), (2, "ScopeSpans"))
"""Level by level: the field that the next level is in, and the kind of message this level is."""


def _fields(message: bytes) -> Iterator[tuple[int, bytes, str]]:
    """Give (number, bytes, what is broken) of each length-delimited field, which all of OTLP's upper levels are."""
    at = 0
    while at < len(message):
        begin = at
        tag, at = _varint(message, at)
        size, at = _varint(message, at)
        if tag is None or size is None or tag & 7 != _LENGTH_DELIMITED:
            yield 0, b"", f"byte {begin} begins nothing that OTLP knows"
            return
        piece = message[at : at + size]
        at += size
        yield tag >> 3, piece, "" if at <= len(message) else f"the message breaks off {at - len(message)} bytes early"


def _varint(message: bytes, at: int) -> tuple[int | None, int]:
    value = shift = 0
    for position in range(at, min(at + _MOST_VARINT_BYTES, len(message))):
        value |= (message[position] & 0x7F) << shift
        shift += 7
        if message[position] < 0x80:
            return value, position + 1
    return None, at


def _framed(field: int, piece: bytes) -> bytes:
    return _written(field << 3 | _LENGTH_DELIMITED) + _written(len(piece)) + piece


def _written(number: int) -> bytes:
    found = bytearray()
    while number >= 0x80:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)
