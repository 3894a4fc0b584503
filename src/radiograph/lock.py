"""One server a data directory: a file lock that dies with its process."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

__all__ = ["DirectoryInUse", "DirectoryLock"]

_LOOK_AGAIN_S = 0.02


class DirectoryInUse(Exception):
    """Another server has the directory."""


class DirectoryLock:
    """Held from construction to :meth:`release`, or to the end of the process whatever ends it."""

    def __init__(self, directory: Path, name: str = "lock", wait_s: float = 0.0) -> None:
        """Take the lock, waiting at most ``wait_s`` seconds for whoever has it.

        Raises: DirectoryInUse, OSError when the directory cannot be made or written.
        """
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._descriptor = os.open(directory / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not self._take(wait_s):
            owner = os.pread(self._descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._descriptor)
            raise DirectoryInUse(
                f"another Radiograph (process {owner}) uses the data directory {directory}; "
                "stop it, or give this one a directory of its own with --data"
            )
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def _take(self, wait_s: float) -> bool:
        until = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(_LOOK_AGAIN_S)
            else:
                return True

    def release(self) -> None:
        """Let another server have the directory."""
        os.close(self._descriptor)
