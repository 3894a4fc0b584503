"""Stack traces as Go prints them: a line for the call, a line for the place."""

from __future__ import annotations

from .told import Frame, Told, is_number, place

__all__ = ["go"]


def go(lines: list[str]) -> list[Told]:
    """Give the one panic or error told; of a dump of many goroutines, the first's frames."""
    told, label, goroutines = Told(), "", 0
    for line in lines:
        if line.startswith("\t") and label:
            path, number, located = place(line[1:].partition(" +0x")[0])
            if located and goroutines < 2:
                told.frames.append(Frame(path, number, _without_arguments(label)))
            told.left_out += goroutines > 1
            label = ""
        elif line.startswith("goroutine ") and line.endswith(":"):
            goroutines += 1
        elif line.startswith("...") and line.endswith(" frames elided..."):
            elided = line[3:].partition(" ")[0]
            told.left_out += int(elided) if is_number(elided) else 1
        else:
            if label and not told.frames:
                told.head.append(label)
            label = line
    return [told]


def _without_arguments(label: str) -> str:
    return label[: label.rfind("(")] if label.endswith(")") and not label.startswith("created by ") else label
