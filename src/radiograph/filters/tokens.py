"""A filter expression cut into tokens, each with its column; and the one way to refuse an expression."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any, Literal, NoReturn, TypeAlias

from msgspec import Struct

from radiograph.errors import InvalidRequest

__all__ = ["MAX_LENGTH", "MAX_NESTING", "Kind", "Token", "quoted", "refuse", "tokenise"]

MAX_LENGTH = 2048
"""Characters of an expression. AWS names no limit."""

MAX_NESTING = 50
"""Brackets inside one another: what is deeper is no question a person asked."""

Kind: TypeAlias = Literal["word", "string", "number", "json", "mark", "end"]

_SPACE = re.compile(r"\s*")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.-])")
# A hyphen or dot belongs to a word only inside it, so that "->" never does.
_WORD = re.compile(r"\w+(?:[.-]\w+)*")
_MARK = re.compile(r"->|=>|!=|<=|>=|[=<>!(){}\[\],:.]")
_ESCAPES = {'"': '"', "'": "'", "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MOST_QUOTED = 40


class Token(Struct, frozen=True):
    """A piece of the text; ``value`` is what a string, number or JSON literal stands for."""

    kind: Kind
    text: str
    column: int
    value: Any = None

    @property
    def shown(self) -> str:
        """The token as an error quotes it."""
        return quoted(self.text)

    def is_mark(self, *marks: str) -> bool:
        """Whether this is one of these marks."""
        return self.kind == "mark" and self.text in marks

    def is_word(self, *words: str) -> bool:
        """Whether this is one of these words, given in capitals, in whatever case."""
        return self.kind == "word" and self.text.upper() in words


def refuse(column: int, what: str, accepted: str | Iterable[str]) -> NoReturn:
    """Raise the one error of this room, which points at a column (1-based) and says what is accepted there."""
    choices = accepted if isinstance(accepted, str) else ", ".join(accepted)
    raise InvalidRequest(f"FilterExpression, column {column}: {what}; accepted: {choices}")


def quoted(text: str) -> str:
    """Give a token as an error quotes it."""
    return f"'{text}'" if len(text) <= _MOST_QUOTED else f"'{text[:_MOST_QUOTED]}…'"


def tokenise(text: str) -> list[Token]:
    """Give the tokens, and after them one of kind ``end``.

    Raises: InvalidRequestException.
    """
    if len(text) > MAX_LENGTH:
        refuse(MAX_LENGTH + 1, f"the expression has {len(text)} characters", f"at most {MAX_LENGTH}")
    alien = _SURROGATE.search(text)
    if alien is not None:
        refuse(alien.start() + 1, "half a surrogate pair is no character", "Unicode text")
    tokens: list[Token] = []
    position = _skip(text, 0)
    while position < len(text):
        token, end = _next(text, position, after_bracket=bool(tokens) and tokens[-1].is_mark("]"))
        tokens.append(token)
        position = _skip(text, end)
    return [*tokens, Token("end", "", len(text) + 1)]


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _next(text: str, position: int, after_bracket: bool) -> tuple[Token, int]:
    column = position + 1
    if text[position] in "\"'":
        return _string(text, position)
    if text[position] == "#":
        return _json(text, position)
    # After "]" a dot leads on along a path: ".5" is no number there.
    number = None if after_bracket else _NUMBER.match(text, position)
    if number is not None:
        value = float(number[0])
        if not math.isfinite(value):
            refuse(column, f"{quoted(number[0])} is too large", "a number up to 1.7e308")
        return Token("number", number[0], column, value), number.end()
    word = _WORD.match(text, position)
    if word is not None:
        return Token("word", word[0], column), word.end()
    mark = _MARK.match(text, position)
    if mark is not None:
        return Token("mark", mark[0], column), mark.end()
    refuse(column, f"{quoted(text[position])} does not belong to the language", 'text such as this in "quotes"')


def _string(text: str, position: int) -> tuple[Token, int]:
    quote, characters, here = text[position], list[str](), position + 1
    while here < len(text):
        character = text[here]
        if character == quote:
            return Token("string", text[position : here + 1], position + 1, "".join(characters)), here + 1
        if character == "\\":
            here += 1
            escaped = text[here : here + 1]
            if escaped and escaped not in _ESCAPES:
                refuse(here, f"'\\{escaped}' is no escape", (f"\\{known}" for known in _ESCAPES))
            character = _ESCAPES.get(escaped, "")
        characters.append(character)
        here += 1
    refuse(position + 1, f"{quoted(text[position:])} has no end", f"a closing {quote}")


def _json(text: str, position: int) -> tuple[Token, int]:
    start = _skip(text, position + 1)
    end = _json_end(text, start)
    try:
        # Every number is a double here, whatever digits it is written with.
        value = json.loads(text[start:end], parse_constant=_finite, parse_int=_finite, parse_float=_finite)
    except json.JSONDecodeError as error:
        refuse(start + error.pos + 1, f"this is not JSON ({error.msg})", "a JSON array or object after #")
    except ValueError as error:
        refuse(start + 1, f"this is not JSON ({error})", "a JSON array or object after #")
    if _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        refuse(start + 1, "half a surrogate pair is no character", "Unicode text")
    return Token("json", text[position:end], position + 1, value), end


def _json_end(text: str, start: int) -> int:
    """Where the JSON that begins here ends; brackets are only counted, the decoder judges the rest."""
    if text[start : start + 1] not in ("[", "{"):
        refuse(start + 1, f"{quoted(text[start : start + 1] or 'the end')} begins no JSON", "[ or { after #")
    depth, inside, here = 0, False, start
    while here < len(text):
        character = text[here]
        if inside:
            here += character == "\\"
            inside = character != '"'
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            if depth > MAX_NESTING:
                refuse(here + 1, f"'{character}' goes deeper than {MAX_NESTING}", "less nesting")
        elif character in "]}":
            depth -= 1
            if depth == 0:
                return here + 1
        here += 1
    refuse(start + 1, "this JSON has no end", "its closing bracket")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{quoted(text)} is no number")
    return number
