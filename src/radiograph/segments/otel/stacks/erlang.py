"""Stack traces as Erlang and Elixir print them."""

from __future__ import annotations

import re

from .told import Frame, Told, place

__all__ = ["erlang"]

_TUPLE = re.compile(
    r"\{'?([\w.@]{1,200})'?,'?([^',{}]{1,200})'?,(\d{1,3}|\[)[^{}]{0,400}"
    r"(?:\{file,\s{0,9}\"([^\"]{0,400})\"\},\s{0,9}\{line,(\d{1,9})\})?"
)
"""A frame of Erlang; each part bounded, so that none is searched for to the end of the text."""


def erlang(lines: list[str]) -> list[Told]:
    """Read what both virtual machines' languages print: terms of Erlang, lines of Elixir."""
    told = Told()
    for line in lines:
        bare = line.strip()
        if bare.startswith("(") and ") " in bare:
            bare = bare.partition(") ")[2]
        where, _, label = bare.partition(": ")
        path, number, located = place(where)
        if located and line[:1].isspace() and label:
            told.frames.append(Frame(path, number, label))
        elif not told.frames:
            told.head.append(bare.removeprefix("** (").replace(") ", ": ", 1) if bare.startswith("** (") else line)
    if not told.frames:
        for module, function, arity, path, at in _TUPLE.findall("\n".join(lines)):
            label = f"{module}:{function}" + ("" if arity == "[" else f"/{arity}")
            told.frames.append(Frame(path, int(at or 0), label))
    return [told]
