"""A window of time that traces are looked for in, and a page of what was found."""

from __future__ import annotations

import msgspec

from .traces import TimeRangeType

__all__ = ["FoundTrace", "TraceWindow", "WindowPage"]


class FoundTrace(msgspec.Struct, frozen=True, order=True, gc=False):
    """A trace and the time (epoch seconds) that puts it into the window."""

    time_s: int
    trace_id: str


class TraceWindow(msgspec.Struct, frozen=True):
    """``[start, end)`` in epoch seconds, read from its end towards its start."""

    start_s: int
    end_s: int
    kind: TimeRangeType = "TraceId"
    before: FoundTrace | None = None
    """Where the previous page ended; only what is older counts."""
    share: float = 1.0
    """How much of all traces to look at: which ones, their ids decide, always the same."""


class WindowPage(msgspec.Struct, frozen=True):
    """What a page found, how many traces were looked at for it, and whether the window has more."""

    found: list[FoundTrace]
    processed: int
    more: bool
    reached: FoundTrace | None = None
    """The last trace looked at, where that is not the last one found: the next page begins before it."""
