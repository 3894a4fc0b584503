"""The files of one chain: lines of JSON, named after their first sequence, oldest first; and the mark of its end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from radiograph.journal.files import sync_directory

__all__ = ["CHAINS", "ChainFiles", "Pwrite", "chain_directory", "lines_of"]

Pwrite: TypeAlias = Callable[[int, memoryview, int], int]
"""As ``os.pwrite`` is; a test passes its own."""

CHAINS = ("front", "back")
"""One chain a process that writes."""

_SUFFIX = ".jsonl"
_MARK_BYTES = 512


def chain_directory(data: Path, chain: str) -> Path:
    """Give where a chain is, in a data directory."""
    return data / "audit" / chain


class ChainFiles:
    """The files of a chain's directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def list(self) -> list[tuple[int, Path]]:
        """Give (first sequence, path) of every file, ascending."""
        return sorted((int(one.stem), one) for one in self.directory.glob(f"*{_SUFFIX}") if one.stem.isdigit())

    def create(self, first: int) -> int:
        """Give the descriptor of a new file; its name is on stable storage.

        Raises: OSError.
        """
        path = self.directory / f"{first:020d}{_SUFFIX}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        sync_directory(self.directory)
        return descriptor

    def read_mark(self) -> bytes:
        """Give the text of the mark; empty when there is none."""
        try:
            return (self.directory / "mark").read_bytes().rstrip()
        except FileNotFoundError:
            return b""

    def open_mark(self) -> int:
        """Give the mark's descriptor.

        Raises: OSError.
        """
        return os.open(self.directory / "mark", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @staticmethod
    def write_mark(pwrite: Pwrite, descriptor: int, text: bytes) -> None:
        """Write the mark in place: not synced, because an older one does no harm.

        Raises: OSError.
        """
        pwrite(descriptor, memoryview(text.ljust(_MARK_BYTES)), 0)

    def remove(self, path: Path) -> None:
        """Delete a file."""
        path.unlink(missing_ok=True)
        sync_directory(self.directory)


def lines_of(path: Path) -> Iterator[bytes]:
    """Give the lines of a file, line ends included: only the last may have none. Of a file that is gone, none."""
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError:
        return  # retention took it
