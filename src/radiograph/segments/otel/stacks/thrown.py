"""A stack trace as a list of exceptions: the thrown one, its causes, and what came with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from msgspec import Struct

from .dotnet import dotnet
from .erlang import erlang
from .go import go
from .java import java
from .javascript import javascript
from .native import rust, swift
from .php import php
from .python import python
from .ruby import ruby
from .told import Frame, Told

__all__ = ["MAX_FRAMES", "MAX_THROWN", "Thrown", "thrown"]

MAX_FRAMES = 100
MAX_THROWN = 50

_Reader: TypeAlias = Callable[[list[str]], list[Told]]
"""Gives the thrown exception first; the others follow in any order, and each knows its cause."""

_READERS: dict[str, _Reader] = {
    "python": python,
    "go": go,
    "php": php,
    "ruby": ruby,
    "rust": rust,
    "javascript": javascript,
    "java": java,
    "dotnet": dotnet,
    "erlang": erlang,
    "swift": swift,
}
"""In the order in which a text of no known language is tried: the pickiest first."""
_KIN = {"nodejs": "javascript", "webjs": "javascript", "js": "javascript", "elixir": "erlang", "kotlin": "java"}
_MAX_LINES = 20_000
_PROBED_LINES = 500
"""How far a text is tried as another language's than its own."""
_TYPE = re.compile(r"[\w.$:\\/<>`+@-]+(?: \[\w+\])?")


class Thrown(Struct, frozen=True):
    """An exception as a stack trace tells of it."""

    type: str
    message: str
    stack: list[Frame]
    """The innermost frame first."""
    truncated: int = 0
    """Frames left out: by the language, beyond ``MAX_FRAMES``, or in the middle of a text of too many lines."""
    skipped: int = 0
    """Exceptions left out after this one, beyond ``MAX_THROWN``."""
    cause: int | None = None
    """Where in the list the one that caused it is."""


def thrown(language: str, type_: str, message: str, stacktrace: str) -> list[Thrown]:
    """Give an exception, the chain of its causes, then what came with them: suppressed ones, members of groups.

    ``language`` is ``telemetry.sdk.language``; what it cannot have printed is tried as every other language's.
    The type and message given win over what the text says of them. Where none has a frame, the text was not
    understood: whoever keeps it whole loses nothing.

    Source: ``cause.exceptions`` of segment documents; OpenTelemetry's ``exception.stacktrace``.
    """
    lines = _without_message(type_, message, stacktrace)
    unread = max(0, len(lines) - _MAX_LINES)
    if unread:
        lines[_MAX_LINES // 2 : -_MAX_LINES // 2] = []
    found = _read(language.lower(), lines) or [Told()]
    found[0].left_out += unread
    said = _head(found[0].head)
    return _bounded(found, (type_ or said[0], message or said[1]))


def _without_message(type_: str, message: str, text: str) -> list[str]:
    """Give the lines less the message, which can look like anything, a stack trace for one."""
    if message:
        text = text.removeprefix(f"{type_}: {message}")
        bare, said = text.rstrip(), message.rstrip()
        if bare.endswith(f"{type_.rpartition('.')[2]}: {said}"):
            text = bare[: len(bare) - len(said)]
    lines = text.split("\n")
    return [line.rstrip("\r") for line in lines] if "\r" in text else lines


def _read(language: str, lines: list[str]) -> list[Told]:
    own = _READERS.get(_KIN.get(language, language))
    found = own(lines) if own else []
    if any(one.frames for one in found):
        return found
    probe = lines if len(lines) <= _PROBED_LINES else lines[:_PROBED_LINES]
    for reader in _READERS.values():
        if reader is not own and any(one.frames for one in reader(probe)):
            return reader(lines)
    return found if len(found) > 1 else []


def _bounded(found: list[Told], heading: tuple[str, str]) -> list[Thrown]:
    chain = [found[0]]
    while chain[-1].cause is not None:
        chain.append(chain[-1].cause)
    of_chain = set(map(id, chain))
    kept = chain + [one for one in found if id(one) not in of_chain]
    skipped, gap = max(0, len(kept) - MAX_THROWN), MAX_THROWN - 1
    if len(chain) > MAX_THROWN:
        # The root cause is worth more than what it caused in between.
        gap -= 1
        chain[gap].cause = chain[-1]
        kept = [*chain[: gap + 1], chain[-1]]
    del kept[MAX_THROWN:]
    places = {id(one): place for place, one in enumerate(kept)}
    return [
        Thrown(
            *(_head(one.head) if place else heading),
            stack=one.frames[:MAX_FRAMES],
            truncated=one.left_out + max(0, len(one.frames) - MAX_FRAMES),
            skipped=skipped if place == gap else 0,
            cause=places.get(id(one.cause)),
        )
        for place, one in enumerate(kept)
    ]


def _head(lines: Iterable[str]) -> tuple[str, str]:
    """Give (type, message) of ``type: message``, either of which can be missing."""
    text = "\n".join(lines).strip()
    type_, _, message = text.partition(": ")
    return (type_.rstrip(":"), message.strip()) if _TYPE.fullmatch(type_) else ("", text)
