"""What readers of stack traces make of a text, and how they cut its lines."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Frame", "Told", "is_number", "left_out", "place"]


class Frame(Struct, frozen=True, gc=False):
    """A place in the code; ``path`` is empty and ``line`` 0 where the language does not tell."""

    path: str
    line: int
    label: str


class Told:
    """An exception being read."""

    __slots__ = ("cause", "frames", "head", "left_out")

    def __init__(self, head: list[str] | None = None) -> None:
        self.head: list[str] = head or []
        """The lines that tell its type and message."""
        self.frames: list[Frame] = []
        """The innermost first."""
        self.left_out = 0
        """Frames that the text says it leaves out."""
        self.cause: Told | None = None


def place(text: str) -> tuple[str, int, bool]:
    """Give (path, line, whether a line is told) of ``path:line``."""
    path, colon, number = text.rpartition(":")
    return (path, int(number), True) if colon and is_number(number) else (text, 0, False)


def is_number(text: str) -> bool:
    """Whether a text is a number of a line, or of lines."""
    return len(text) <= 9 and text.isascii() and text.isdigit()


def left_out(bare: str) -> int:
    """Give N of ``... N more``, ``... N levels`` and the like; 0 when it says no number."""
    number = bare[4:16].split(" ", 1)[0]
    return int(number) if bare.startswith("... ") and is_number(number) else 0
