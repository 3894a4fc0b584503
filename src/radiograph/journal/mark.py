"""The applied mark: up to which sequence the store has everything."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from zlib import crc32

from .files import sync_directory

__all__ = ["AppliedMark"]

_MARK = struct.Struct("<QI")


class AppliedMark:
    """One number on disk. A lost or torn mark reads as 0: everything retained is then applied once more."""

    def __init__(self, path: Path) -> None:
        new = not path.exists()
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if new:
            sync_directory(path.parent)
        self.sequence = self._read()

    def _read(self) -> int:
        data = os.pread(self._descriptor, _MARK.size, 0)
        if len(data) < _MARK.size:
            return 0
        sequence, checksum = _MARK.unpack(data)
        return int(sequence) if crc32(data[:8]) == checksum else 0

    def set(self, sequence: int) -> None:
        """Return once the mark is on stable storage.

        Raises: OSError.
        """
        data = struct.pack("<Q", sequence)
        os.pwrite(self._descriptor, data + struct.pack("<I", crc32(data)), 0)
        os.fdatasync(self._descriptor)
        self.sequence = sequence

    def close(self) -> None:
        """Release the file."""
        os.close(self._descriptor)
