"""Whether anybody has changed the settings' file, asked in some microseconds."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from radiograph.errors import ServiceUnavailable

__all__ = ["Changes"]


class Changes:
    """A connection that never writes: its ``data_version`` is another one after every commit of anybody else's."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._watching = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def version(self) -> int:
        """Give a number that is another one after every change that was answered before this was asked.

        Raises: ServiceUnavailable.
        """
        try:
            with self._lock:
                (version,) = self._watching.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error as error:
            raise ServiceUnavailable(f"the keys cannot be reached: {error}; ask again in a moment") from error
        return int(version)

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._watching.close()
