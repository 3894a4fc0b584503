"""Traces go by whole days, so that making room never needs a merge."""

from __future__ import annotations

from collections.abc import Callable

from radiograph.clock import Clock
from radiograph.telemetry import log

__all__ = ["drop_old_partitions"]


def drop_old_partitions(drop_before: Callable[[int], list[str]], clock: Clock, days: int) -> None:
    """Drop every day that ended more than ``days`` days ago; ``drop_before`` takes epoch seconds, gives what went."""
    midnight = int(clock()) // 86_400 * 86_400
    dropped = drop_before(midnight - days * 86_400)
    if dropped:
        log.info("retention of %d days: dropped %s", days, ", ".join(dropped))
