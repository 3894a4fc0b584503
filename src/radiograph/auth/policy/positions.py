"""Where the statements of a policy stand in its text, as SimulatePrincipalPolicy points at them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct

__all__ = ["Position", "Span", "statement_spans"]

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


class Position(Struct, frozen=True):
    """A line and a column, each counted from 1."""

    line: int
    column: int


class Span(Struct, frozen=True):
    """From the first character to behind the last."""

    start: Position
    end: Position


def statement_spans(text: str) -> tuple[Span, ...]:
    """Give where each statement is, in a text that :func:`read_policy` accepts."""
    start, end = next(between for name, between in _members(text) if name == "Statement")
    listed = _items(text, start) if text[start] == "[" else [(start, end)]
    return tuple(Span(_position(text, first), _position(text, last)) for first, last in listed)


def _members(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    here = _skip(text, _skip(text, 0) + 1)
    while text[here] != "}":
        name, here = _DECODER.raw_decode(text, here)
        start = _skip(text, _skip(text, here) + 1)
        end = _DECODER.raw_decode(text, start)[1]
        yield name, (start, end)
        here = _after_comma(text, end)


def _items(text: str, opening: int) -> Iterator[tuple[int, int]]:
    here = _skip(text, opening + 1)
    while text[here] != "]":
        end = _DECODER.raw_decode(text, here)[1]
        yield here, end
        here = _after_comma(text, end)


def _after_comma(text: str, end: int) -> int:
    here = _skip(text, end)
    return _skip(text, here + 1) if text[here] == "," else here


def _skip(text: str, here: int) -> int:
    found = _SPACE.match(text, here)
    return found.end() if found else here


def _position(text: str, offset: int) -> Position:
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
