"""Merges stop while the disk is short of space: a merge that the disk cuts off can cost rows."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from radiograph.telemetry import log

__all__ = ["DiskWatch"]


class DiskWatch:
    """Tells the store whether it may merge, whenever that changes."""

    def __init__(self, directory: Path, min_free_bytes: int, let_merge: Callable[[bool], None]) -> None:
        self._directory, self._min_free_bytes, self._let_merge = directory, min_free_bytes, let_merge
        self._merging = True

    def look(self) -> None:
        """Compare the free space with the mark below which the journal takes nothing more either."""
        disk = os.statvfs(self._directory)
        free = disk.f_bavail * disk.f_frsize
        enough = free >= self._min_free_bytes
        if enough != self._merging:
            self._let_merge(enough)
            self._merging = enough
            log.warning(
                "%d bytes are free, the mark is %d: merges %s", free, self._min_free_bytes, "on" if enough else "off"
            )
