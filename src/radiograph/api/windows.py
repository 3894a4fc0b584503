"""StartTime and EndTime of a request, checked."""

from __future__ import annotations

from datetime import datetime

from radiograph.errors import InvalidRequest
from radiograph.model.base import epoch

__all__ = ["read_window"]

_LATEST_S = 4_102_444_800.0  # 2100


def read_window(start: float | datetime, end: float | datetime) -> tuple[float, float]:
    """Give (start, end) in epoch seconds.

    Raises: InvalidRequestException when the window is empty or outside the years 1970 to 2100.
    """
    start_s, end_s = epoch(start), epoch(end)
    if not 0 <= start_s < end_s <= _LATEST_S:
        raise InvalidRequest(
            f"StartTime is {start_s:.15g} and EndTime {end_s:.15g}; epoch seconds with StartTime first are accepted"
        )
    return start_s, end_s
