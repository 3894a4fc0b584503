"""The only reader of wall time."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Clock", "wall_clock"]

Clock = Callable[[], float]
"""A clock gives the seconds since the Unix epoch; a test passes its own."""

wall_clock: Clock = time.time
