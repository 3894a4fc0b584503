"""Stack traces as V8, Firefox and Safari print them, and as Node.js does when it tells of causes."""

from __future__ import annotations

from .told import Frame, Told, left_out, place

__all__ = ["javascript"]


def javascript(lines: list[str]) -> list[Told]:
    """Give what is told, the thrown exception first; those of an AggregateError are nobody's cause."""
    told = Told()
    found, in_group = [told], False
    for line in lines:
        bare = line.strip()
        frame = _javascript_frame(bare)
        if frame is not None:
            told.frames.append(frame)
        elif bare.startswith(("[cause]: ", "caused by: ", "Caused by: ")):
            above, told = told, Told([bare.partition(": ")[2]])
            above.cause = told
            found.append(told)
        elif bare.startswith("... "):
            told.left_out += left_out(bare)
        elif not told.frames:
            told.head.append(line)
        elif bare == "[errors]: [":
            in_group = True
        elif bare.startswith("]"):
            in_group = False
        elif in_group and bare[:1].isupper():
            told = Told([bare])
            found.append(told)
    return found


def _javascript_frame(bare: str) -> Frame | None:
    if bare.startswith("at "):
        rest = bare[3:].removesuffix(" {").removesuffix(",")
        label, opened, where = rest[:-1].partition(" (") if rest.endswith(")") else ("", "", rest)
        if opened and (where in ("<anonymous>", "native") or where.startswith("index ")):
            return Frame(where, 0, label)
    else:
        label, opened, where = bare.partition("@")  # Firefox and Safari
        if not opened or where == "[native code]":
            return Frame(where, 0, label) if opened else None
    path, number, located = place(where)
    outer, line, has_column = place(path)
    if not located or not (has_column or (bare.startswith("at ") and opened)):
        return None
    return Frame(outer, line, label) if has_column else Frame(path, number, label)
