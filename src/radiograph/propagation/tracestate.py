"""W3C tracestate: ``vendor=opaque,other=opaque``, the one that was written last first."""

from __future__ import annotations

import re

import msgspec

__all__ = ["TraceState"]

_LONGEST = 32 * 1024
_MOST = 32
_KEY = re.compile(r"[a-z0-9][a-z0-9_\-*/@]{0,255}", re.ASCII)
_VALUE = re.compile(r"[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]")


class TraceState(msgspec.Struct, frozen=True):
    """What tracing systems tell themselves along the way. Source: W3C Trace Context, level 2."""

    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> TraceState:
        """Give the entries of a header (several headers joined by commas are one); none at all when it is malformed.

        Malformed is a key or value of other characters or lengths than allowed, a key that comes twice, more than 32
        entries, more than 32 KiB.
        """
        if text is None or len(text) > _LONGEST:
            return cls()
        entries: dict[str, str] = {}
        for part in text.split(","):
            if not (member := part.strip(" \t")):
                continue
            key, _, value = member.partition("=")
            if not _KEY.fullmatch(key) or not _VALUE.fullmatch(value) or key in entries or len(entries) == _MOST:
                return cls()
            entries[key] = value
        return cls(tuple(entries.items()))

    def format(self) -> str:
        """Give the header; empty when there is none to send."""
        return ",".join(f"{key}={value}" for key, value in self.entries)

    def get(self, key: str) -> str | None:
        """Give the value of a key, or None."""
        return dict(self.entries).get(key)

    def put(self, key: str, value: str) -> TraceState:
        """Give the state with this entry first, in place of one of its key; the 33rd is dropped.

        What no header could carry is left out.
        """
        if not _KEY.fullmatch(key) or not _VALUE.fullmatch(value):
            return self
        return TraceState(((key, value), *self.without(key).entries)[:_MOST])

    def without(self, key: str) -> TraceState:
        """Give the state without the entry of this key."""
        return TraceState(tuple(entry for entry in self.entries if entry[0] != key))
