"""Bytes of ClickHouse's Native format: one block of columns, the cheapest thing the engine can be fed.

Source: ClickHouse documentation, "Native format"; ADR 2 has what the alternatives cost.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any

__all__ = ["block"]

_INTEGERS = {"UInt8": "B", "Bool": "B", "UInt16": "H", "UInt32": "I", "UInt64": "Q", "Int64": "q", "Date": "H"}


def block(columns: Sequence[tuple[str, str, Sequence[Any]]]) -> bytes:
    """Give one Native block of (name, type, values) columns of equal length.

    Types: ``UInt8`` … ``Int64``, ``Bool``, ``Date``, ``DateTime`` as integers; ``String`` from str of which many are
    equal; ``Text``, a String from str that hardly repeat; ``Bytes``, a String from bytes; ``FixedString(n)`` from bytes
    of that length; ``Array(T)`` from lists of these. The engine converts to the table's types (LowCardinality and the
    like) itself.
    """
    rows = len(columns[0][2]) if columns else 0
    parts = [_varint(len(columns)), _varint(rows)]
    for name, type_, values in columns:
        parts += [
            _text(name),
            _text(type_.replace("Bytes", "String").replace("Text", "String")),
            _column(type_, values),
        ]
    return b"".join(parts)


def _column(type_: str, values: Sequence[Any]) -> bytes:
    code = _INTEGERS.get(type_)
    if code is not None:
        return array(code, values).tobytes()
    if type_.startswith("DateTime"):
        return array("I", values).tobytes()
    if type_ == "String":
        # Most columns repeat few values: each distinct one is encoded once.
        encoded = {value: _text(value) for value in set(values)}
        return b"".join(map(encoded.__getitem__, values))
    if type_ == "Text":
        return _text_column(values)
    if type_ == "Bytes":
        return b"".join([part for value in values for part in (_varint(len(value)), value)])
    if type_.startswith("FixedString"):
        return b"".join(values)
    if type_.startswith("Array("):
        offsets = array("Q", accumulate(map(len, values))).tobytes()
        return offsets + _column(type_[6:-1], list(chain.from_iterable(values)))
    raise ValueError(f"type is {type_!r}; integers, DateTime, String, FixedString(n) and Array of these are accepted")


def _text_column(values: Sequence[str]) -> bytes:
    # Lengths as characters of Latin-1 are lengths as bytes: one join and one encoding do for the whole column.
    joined = "".join([part for value in values for part in (_length(len(value)), value)])
    if "".join(values).isascii():
        return joined.encode("latin-1")
    return b"".join([part for value in map(str.encode, values) for part in (_varint(len(value)), value)])


def _text(value: str) -> bytes:
    data = value.encode()
    return _varint(len(data)) + data


@lru_cache(maxsize=8192)
def _length(size: int) -> str:
    return _varint(size).decode("latin-1")


@lru_cache(maxsize=65_536)
def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
