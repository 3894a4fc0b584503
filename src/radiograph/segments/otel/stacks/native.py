"""Stack traces as programs without a runtime of their own print them: Rust's, Swift's."""

from __future__ import annotations

from .told import Frame, Told, is_number, place

__all__ = ["rust", "swift"]


def rust(lines: list[str]) -> list[Told]:
    """Give the one panic or error told; nothing when no frame has a place."""
    told, located = Told(), False
    for line in lines:
        bare = line.strip()
        number, numbered, label = bare.partition(": ")
        if numbered and is_number(number):
            told.frames.append(Frame("", 0, label))
        elif bare.startswith("at ") and told.frames and not told.frames[-1].path:
            path, at, located_here = place(bare[3:].rpartition(":")[0])
            told.frames[-1] = Frame(path, at, told.frames[-1].label)
            located = located or located_here
        elif not told.frames and bare != "stack backtrace:":
            told.head.append(line)
    return [told] if located else []


def swift(lines: list[str]) -> list[Told]:
    """Give the one error told: symbols and the libraries they are in."""
    told = Told()
    for line in lines:
        parts = line.split(None, 3)
        if len(parts) == 4 and is_number(parts[0]) and parts[2].startswith("0x"):
            told.frames.append(Frame(parts[1], 0, parts[3]))
        elif not told.frames:
            told.head.append(line)
    return [told]
