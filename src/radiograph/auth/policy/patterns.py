"""Texts with wildcards, matched in time linear in the text whatever the pattern is.

A pattern is a tuple of parts. Stars alone are looked up piece by piece. Everything else runs as an automaton, all of
whose states are the bits of one number: nothing here ever goes back, so no pattern is slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

__all__ = ["MANY", "MANY_INSIDE", "ONE", "ONE_INSIDE", "Parts", "Test", "Wild", "any_of", "matcher", "wild_parts"]

Test: TypeAlias = Callable[[str], bool]


class Wild(Enum):
    """What stands for characters that are not known; those ``INSIDE`` stop at a colon."""

    MANY = "*"
    ONE = "?"
    MANY_INSIDE = "*inside"
    ONE_INSIDE = "?inside"

    __hash__ = object.__hash__  # patterns are looked up by their parts, and Enum's own is slow


MANY, ONE, MANY_INSIDE, ONE_INSIDE = Wild.MANY, Wild.ONE, Wild.MANY_INSIDE, Wild.ONE_INSIDE

Parts: TypeAlias = tuple[str | Wild, ...]


def wild_parts(text: str, many: Wild = MANY, one: Wild = ONE) -> Parts:
    """Give the parts of a text in which ``*`` and ``?`` are wildcards of these kinds."""
    parts: list[str | Wild] = []
    start = 0
    for position, character in enumerate(text):
        if character in "*?":
            if position > start:
                parts.append(text[start:position])
            parts.append(many if character == "*" else one)
            start = position + 1
    if start < len(text):
        parts.append(text[start:])
    return tuple(parts)


@lru_cache(maxsize=256)
def matcher(parts: Parts) -> Test:
    """Give the test that is true of the texts the parts stand for, from beginning to end."""
    merged = _merged(parts)
    kinds = {part for part in merged if isinstance(part, Wild)}
    if not kinds:
        literal = "".join(part for part in merged if isinstance(part, str))
        return lambda text: text == literal
    if kinds == {MANY}:
        return _pieces(merged)
    return _automaton(merged)


def any_of(patterns: Iterable[Parts]) -> Test:
    """Give the test that is true of what at least one of the patterns stands for."""
    exact: set[str] = set()
    prefixes: set[str] = set()
    others: list[Test] = []
    for pattern in patterns:
        parts = _merged(pattern)
        match parts:
            case (Wild.MANY,):
                return lambda text: True
            case () | (str(),):
                exact.add("".join(part for part in parts if isinstance(part, str)))
            case (str() as prefix, Wild.MANY):
                prefixes.add(prefix)
            case _:
                others.append(matcher(parts))
    return _either(frozenset(exact), tuple(sorted(prefixes)), tuple(others))


def _either(exact: frozenset[str], prefixes: tuple[str, ...], others: tuple[Test, ...]) -> Test:
    if not prefixes and not others:
        return exact.__contains__
    if not others:
        return lambda text: text in exact or text.startswith(prefixes)
    if len(others) == 1 and not exact and not prefixes:
        return others[0]
    return lambda text: text in exact or text.startswith(prefixes) or any(test(text) for test in others)


def _merged(parts: Iterable[str | Wild]) -> Parts:
    """Put texts that touch together, and make one star of many."""
    merged: list[str | Wild] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + part
        elif part != "" and not (part is last and part in (MANY, MANY_INSIDE)):
            merged.append(part)
    return tuple(merged)


def _pieces(parts: Parts) -> Test:
    texts = [part for part in parts if isinstance(part, str)]
    first = texts.pop(0) if isinstance(parts[0], str) else ""
    last = texts.pop() if isinstance(parts[-1], str) else ""
    middle = tuple(texts)
    shortest = len(first) + len(last) + sum(map(len, middle))

    def matches(text: str) -> bool:
        if len(text) < shortest or not text.startswith(first) or not text.endswith(last):
            return False
        here, end = len(first), len(text) - len(last)
        for piece in middle:
            here = text.find(piece, here, end)
            if here < 0:
                return False
            here += len(piece)
        return True

    return matches


def _automaton(parts: Parts) -> Test:
    """Bit n of the state says: the pattern's first n characters can be where the text has come to."""
    taken: dict[str, int] = {":": 0}
    one_any = one_inside = many_any = many_inside = 0
    length = 0
    for part in parts:
        match part:
            case Wild.MANY:
                many_any |= 1 << length
            case Wild.MANY_INSIDE:
                many_inside |= 1 << length
            case Wild.ONE | Wild.ONE_INSIDE:
                length += 1
                one_any |= (part is ONE) << length
                one_inside |= (part is ONE_INSIDE) << length
            case str():
                for character in part:
                    length += 1
                    taken[character] = taken.get(character, 0) | 1 << length
    stays = many_any | many_inside
    step = {one: bits | one_any | (0 if one == ":" else one_inside) for one, bits in taken.items()}
    unknown, end = one_any | one_inside, 1 << length

    def matches(text: str) -> bool:
        state = 1
        for character in text:
            kept = state & (many_any if character == ":" else stays)
            state = (state << 1) & step.get(character, unknown) | kept
            if not state:
                return False
        return bool(state & end)

    return matches
