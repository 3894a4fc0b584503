"""The journal's files: preallocated, named after their first sequence, oldest first."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["JournalFiles", "sync_directory"]


class JournalFiles:
    """The files of one journal directory."""

    def __init__(self, directory: Path, file_bytes: int) -> None:
        self.directory, self.file_bytes = directory, file_bytes
        directory.mkdir(parents=True, exist_ok=True)

    def discard_partial(self) -> None:
        """Delete what a crash left between a file's making and its naming; for the journal's one writer."""
        for partial in self.directory.glob("*.new"):
            partial.unlink()

    def list(self) -> list[tuple[int, Path]]:
        """Give (first sequence, path) of every file, ascending."""
        return sorted((int(path.stem), path) for path in self.directory.glob("*.journal") if path.stem.isdigit())

    def create(self, first: int, at_least: int) -> tuple[Path, int]:
        """Give a new file's path and open descriptor; its space is reserved and its name is on stable storage.

        Raises: OSError (ENOSPC when the disk is full: here, and not in the middle of a commit).
        """
        path = self.directory / f"{first:020d}.journal"
        partial = path.with_suffix(".new")
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            _reserve(descriptor, max(self.file_bytes, at_least))
            os.fsync(descriptor)
            partial.rename(path)
            sync_directory(self.directory)
        except OSError:
            os.close(descriptor)
            partial.unlink(missing_ok=True)
            raise
        return path, descriptor

    def remove(self, path: Path) -> None:
        """Delete a file."""
        path.unlink()
        sync_directory(self.directory)


def _reserve(descriptor: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    zeros = bytes(1 << 20)
    for offset in range(0, size, len(zeros)):
        os.pwrite(descriptor, zeros[: min(len(zeros), size - offset)], offset)


def sync_directory(directory: Path) -> None:
    """Return once the directory's entries are on stable storage."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
