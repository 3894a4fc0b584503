"""Reads a journal in order, from any sequence on."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from radiograph.telemetry import Counters, log

from .files import JournalFiles
from .frame import MAGIC, Frame, decode_frame

__all__ = ["JournalReader", "Record", "frames"]


class Record(NamedTuple):
    """One document in the journal."""

    sequence: int
    account: str
    document: bytes


class JournalReader:
    """A position in a journal that moves forward."""

    def __init__(self, files: JournalFiles, after: int, counters: Counters) -> None:
        self._files, self._counters = files, counters
        self.after = after
        self._path: Path | None = None
        self._offset = 0

    def read(self, up_to: int, most_documents: int, most_bytes: int) -> list[Record]:
        """Give the next records up to sequence ``up_to``, whole arrivals, oldest first; [] when there are none.

        Stops once it has ``most_documents`` documents or ``most_bytes`` bytes.
        """
        records: list[Record] = []
        size = 0
        while self.after < up_to and len(records) < most_documents and size < most_bytes:
            path = self._path or self._file_of(self.after + 1)
            if path is None:
                break
            for frame in frames(path, self._offset, self._counters):
                self._path, self._offset = path, frame.end
                last = frame.first + len(frame.documents) - 1
                if last <= self.after:
                    continue
                if last > up_to:
                    # Behind the durable end: come back for it.
                    self._offset = frame.start
                    return records
                records += [
                    Record(frame.first + n, frame.account, document)
                    for n, document in enumerate(frame.documents)
                    if frame.first + n > self.after
                ]
                size += frame.end - frame.start
                self.after = last
                if self.after >= up_to or len(records) >= most_documents or size >= most_bytes:
                    return records
            following = self._following(path)
            if following is None:
                break
            self._path, self._offset = following, 0
        return records

    def _file_of(self, sequence: int) -> Path | None:
        files = self._files.list()
        older = [path for first, path in files if first <= sequence]
        return older[-1] if older else (files[0][1] if files else None)

    def _following(self, path: Path) -> Path | None:
        return next((other for first, other in self._files.list() if first > int(path.stem)), None)


class _Placed(NamedTuple):
    first: int
    account: str
    documents: list[bytes]
    start: int
    end: int


def frames(path: Path, offset: int, counters: Counters) -> Iterator[_Placed]:
    """Give a file's frames from ``offset`` on; damage in the middle is skipped, counted and logged."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        return  # retention took it: all of it was applied
    except ValueError:
        return  # an empty file
    with data, memoryview(data) as view:
        while True:
            frame = decode_frame(view, offset)
            if frame is None:
                offset, frame = _next_frame(data, view, offset)
                if frame is None:
                    return
                counters.add("journal.damaged")
                log.error("journal %s is damaged before byte %d: skipped to the next whole frame", path.name, offset)
            yield _Placed(frame.first, frame.account, frame.documents, offset, frame.end)
            offset = frame.end


def _next_frame(data: mmap.mmap, view: memoryview, offset: int) -> tuple[int, Frame | None]:
    while (offset := data.find(MAGIC, offset + 1)) >= 0:
        frame = decode_frame(view, offset)
        if frame is not None:
            return offset, frame
    return -1, None
