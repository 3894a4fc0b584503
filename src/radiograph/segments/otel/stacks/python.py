"""Stack traces as Python prints them: the cause first, the innermost frame last."""

from __future__ import annotations

import re

from .told import Frame, Told, is_number, left_out

__all__ = ["python"]

_GROUP = re.compile(r"( +)(?:[|+] |\+-|\|$)")
_CAUSES = ("The above exception was the direct cause of", "During handling of the above exception, another")
_TRACEBACKS = ("Traceback (most recent call last):", "Exception Group Traceback (most recent call last):")


def python(lines: list[str]) -> list[Told]:
    """Give what is told, the thrown exception first; members of a group are nobody's cause."""
    told, level, grouped = Told(), 0, False
    found, latest = [told], {0: told}
    for line in lines:
        grouped = grouped or line.startswith("  + Exception Group")
        match = _GROUP.match(line) if grouped else None
        now_level = len(match[1]) // 2 - 1 if match else 0
        text = line[len(match[1]) + 2 :] if match else line
        if match and "----" in text:
            now_level += line.startswith("+-+", len(match[1]))
            told = latest[now_level] = Told()
            found.append(told)
        elif text.startswith(_CAUSES):
            caused_by = latest.get(now_level, told)
            told = latest[now_level] = Told()
            told.cause = caused_by
            found.append(told)
        elif text in _TRACEBACKS:
            if told.frames or (told.head and now_level == level):
                told = latest[now_level] = Told()
                found.append(told)
        elif told.head:
            told.head.append(text)
        elif text.startswith('  File "'):
            path, _, rest = text[8:].rpartition('", line ')
            number, _, label = rest.partition(", in ")
            told.frames.append(Frame(path, int(number) if is_number(number) else 0, label))
        elif text.startswith("  [Previous line repeated "):
            told.left_out += left_out("... " + text[26:])
        elif text.strip() and not text[0].isspace():
            told.head.append(text)
        level = now_level
    for one in found:
        one.frames.reverse()
    first = latest[0]
    return [first, *(one for one in found if one is not first and (one.head or one.frames))]
