"""One server a data directory: a file lock that dies with its process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

__all__ = ["DirectoryInUse", "DirectoryLock"]


class DirectoryInUse(Exception):
    """Another server has the directory."""


class DirectoryLock:
    """Held from construction to :meth:`release`, or to the end of the process whatever ends it."""

    def __init__(self, directory: Path) -> None:
        """Take the lock.

        Raises: DirectoryInUse, OSError when the directory cannot be made or written.
        """
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._descriptor = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(self._descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._descriptor)
            raise DirectoryInUse(
                f"another Radiograph server (process {owner}) uses the data directory {directory}; "
                "stop it, or give this one a directory of its own with --data"
            ) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Let another server have the directory."""
        os.close(self._descriptor)
