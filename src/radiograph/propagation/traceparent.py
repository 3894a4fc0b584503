"""W3C traceparent: ``00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01``."""

from __future__ import annotations

import re

import msgspec

__all__ = ["TraceParent"]

_LONGEST = 512
_FORM = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?", re.ASCII | re.DOTALL)
_LENGTH_OF_00 = 55
_SAMPLED, _RANDOM = 1, 2


class TraceParent(msgspec.Struct, frozen=True):
    """The caller's position in a trace. Source: W3C Trace Context, level 2."""

    trace_id: str
    parent_id: str
    sampled: bool = False
    """Whether the caller may have recorded it."""
    random: bool = False
    """Whether the trace id's last seven bytes are random."""

    @classmethod
    def parse(cls, text: str | None) -> TraceParent | None:
        """Give what a header says, or None when it is malformed.

        Of a version to come, what version 00 knows is read; flags that it does not know are left out.
        """
        if text is None or len(text) > _LONGEST:
            return None
        plain = text.strip(" \t")
        form = _FORM.fullmatch(plain)
        if form is None or form[1] == "ff" or (form[1] == "00" and len(plain) != _LENGTH_OF_00):
            return None
        if not form[2].strip("0") or not form[3].strip("0"):
            return None
        flags = int(form[4], 16)
        return cls(form[2], form[3], bool(flags & _SAMPLED), bool(flags & _RANDOM))

    def format(self) -> str:
        """Give the header, in version 00."""
        return f"00-{self.trace_id}-{self.parent_id}-{self.sampled * _SAMPLED | self.random * _RANDOM:02x}"
