"""StartTime and EndTime of a request, checked."""

from __future__ import annotations

from datetime import datetime

from radiograph.errors import InvalidRequest
from radiograph.model.base import epoch

__all__ = ["read_window"]

_LATEST_S = 4_102_444_800.0  # 2100


def read_window(start: float | datetime, end: float | datetime, most_s: float = 0.0) -> tuple[float, float]:
    """Give (start, end) in epoch seconds; ``most_s`` is how long it may be, 0 for any.

    Raises: InvalidRequestException when the window is empty, too long, or outside the years 1970 to 2100.
    """
    start_s, end_s = epoch(start), epoch(end)
    if not 0 <= start_s < end_s <= _LATEST_S:
        raise InvalidRequest(
            f"StartTime is {start_s:.15g} and EndTime {end_s:.15g}; epoch seconds with StartTime first are accepted"
        )
    if most_s and end_s - start_s > most_s:
        raise InvalidRequest(
            f"StartTime is {start_s:.15g} and EndTime {end_s:.15g}, {(end_s - start_s) / 3600:.4g} hours; "
            f"at most {most_s / 3600:g} are accepted"
        )
    return start_s, end_s
