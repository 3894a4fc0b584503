"""Stack traces as Java and its kin print them."""

from __future__ import annotations

from .told import Frame, Told, left_out, place

__all__ = ["java"]


def java(lines: list[str]) -> list[Told]:
    """Give what is told, the thrown exception first; suppressed ones are nobody's cause."""
    told = Told()
    found, latest = [told], {0: told}
    for line in lines:
        bare = line.strip()
        frame = _java_frame(bare) if bare.startswith("at ") else None
        if frame is not None:
            told.frames.append(frame)
        elif bare.startswith(("Caused by: ", "Suppressed: ")):
            depth = len(line) - len(line.lstrip())
            said, _, head = bare.partition(": ")
            above, told = latest.get(depth, told), Told([head])
            if said == "Caused by":
                above.cause = told
            latest[depth] = told
            found.append(told)
        elif bare.startswith("... "):
            told.left_out += left_out(bare)
        elif not told.frames:
            told.head.append(line)
    return found


def _java_frame(bare: str) -> Frame | None:
    label, opened, where = bare[3:].rpartition(")")[0].rpartition("(")
    path, number, located = place(where)
    if not opened or not (located or where in ("Native Method", "Unknown Source") or _is_file(where)):
        return None
    return Frame(path, number, label)


def _is_file(text: str) -> bool:
    return "." in text and " " not in text
