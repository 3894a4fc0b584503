"""The window of a question, as the store takes it: whole seconds, as GetTraceSummaries has them."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Protocol

from radiograph.api.context import Context
from radiograph.api.expressions import expression_of
from radiograph.api.windows import read_window
from radiograph.storage.interfaces.explorer import Window

__all__ = ["window_of"]


class _Asked(Protocol):
    @property
    def start_time(self) -> float | datetime: ...
    @property
    def end_time(self) -> float | datetime: ...


def window_of(request: _Asked, ctx: Context, expression: str | None) -> Window:
    """Give the window and what traces in it must satisfy.

    Raises: InvalidRequestException.
    """
    start, end = read_window(request.start_time, request.end_time, ctx.quotas.window_s)
    return Window(int(start), ceil(end), expression_of(expression, ctx))
