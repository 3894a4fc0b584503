"""Stack traces as .NET prints them: inner exceptions inside the outer ones."""

from __future__ import annotations

from .told import Frame, Told, is_number

__all__ = ["dotnet"]

_MOST_INNER = 100
"""Exceptions that .NET Framework tells of on one line."""


def dotnet(lines: list[str]) -> list[Told]:
    """Give what is told, the thrown exception first; of an AggregateException's the first is the cause."""
    first = Told()
    found, open_ = [first], [first]
    for line in lines:
        line, closes, _ = line.partition("<---")
        bare = line.strip()
        if bare.startswith("at "):
            label, _, where = bare[3:].partition(" in ")
            path, _, number = where.rpartition(":line ")
            located = is_number(number)
            open_[-1].frames.append(Frame(path if located else where, int(number) if located else 0, label))
        elif bare == "--- End of inner exception stack trace ---":
            del open_[max(1, len(open_) - 1) :]
        elif not bare.startswith("--- "):
            before, *inner = line.split(" ---> ", _MOST_INNER) if "---> " in line else (line,)
            if not open_[-1].frames:
                open_[-1].head.append(before)
            for head in inner:
                _open_inner(head, found, open_)
        if closes:
            del open_[max(1, len(open_) - 1) :]
    return found


def _open_inner(head: str, found: list[Told], open_: list[Told]) -> None:
    above = open_[-1]
    numbered = head.startswith("(Inner Exception #")
    inner = Told([head.partition(") ")[2] if numbered else head])
    open_.append(inner)
    if above.cause is None:
        above.cause = inner
    elif head.startswith("(Inner Exception #0)"):
        return  # the cause, told again
    found.append(inner)
