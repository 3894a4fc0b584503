"""What a decoder of spans gives: those that can be read, and those that cannot."""

from __future__ import annotations

import msgspec

from .span import OtelSpan

__all__ = ["Decoded", "Refused", "UnreadableSpans"]


class Refused(msgspec.Struct, frozen=True):
    """A span that will not be kept, and why."""

    span: str
    """Its id, as far as it has one."""
    reason: str


class Decoded(msgspec.Struct, frozen=True):
    """The spans of a body."""

    spans: list[OtelSpan]
    refused: list[Refused]


class UnreadableSpans(Exception):
    """A body that is not what it is said to be: nothing of it can be read."""
