"""Stack traces as Ruby prints them."""

from __future__ import annotations

from .told import Frame, Told, left_out, place

__all__ = ["ruby"]


def ruby(lines: list[str]) -> list[Told]:
    """Give what is told, the thrown exception first."""
    told = Told()
    found = [told]
    for line in lines:
        bare = line.strip()
        where, _, quoted = bare.removeprefix("from ").partition(":in ")
        path, number, located = place(where)
        if located and quoted[:1] in ("'", "`"):
            label, _, rest = quoted[1:].partition("'")
            if rest.startswith(": "):
                if told.frames:
                    above, told = told, Told()
                    above.cause = told
                    found.append(told)
                message, _, type_ = rest[2:].rpartition(" (")
                told.head.append(f"{type_[:-1]}: {message}")
            told.frames.append(Frame(path, number, label))
        elif bare.startswith("... "):
            told.left_out += left_out(bare)
        elif len(told.frames) < 2:
            told.head.append(line)
    return found
