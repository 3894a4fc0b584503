"""Stack traces as PHP prints them: the cause first."""

from __future__ import annotations

from .told import Frame, Told, is_number, place

__all__ = ["php"]


def php(lines: list[str]) -> list[Told]:
    """Give what is told, the thrown exception, which is the last in the text, first."""
    told = Told()
    found = [told]
    for line in lines:
        if line.startswith("#") and (frame := _php_frame(line)) is not None:
            told.frames.append(frame)
        elif line.startswith("Next ") and told.frames:
            told, caused_by = Told([line[5:]]), told
            told.cause = caused_by
            found.append(told)
        elif not told.frames and line != "Stack trace:":
            told.head.append(line.removeprefix("PHP Fatal error:  ").removeprefix("Uncaught "))
    for one in found:
        before, said, where = one.head[-1].rpartition(" in ") if one.head else ("", "", "")
        path, number, located = place(where)
        if said and located and one.frames:
            one.head[-1] = before
            one.frames.insert(0, Frame(path, number, ""))
    return found[::-1]


def _php_frame(line: str) -> Frame | None:
    number, _, rest = line[1:].partition(" ")
    if not is_number(number):
        return None
    where, called, label = rest.partition("): ")
    path, _, at = where.rpartition("(")
    if called and is_number(at):
        return Frame(path, int(at), label)
    if rest.startswith("[internal function]: "):
        return Frame("[internal function]", 0, rest.partition(": ")[2])
    return Frame("", 0, rest) if rest == "{main}" else None
