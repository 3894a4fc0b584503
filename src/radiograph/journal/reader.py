"""Reads a journal in order, from any sequence on."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from radiograph.secrets import Unsealable
from radiograph.telemetry import Counters, log

from .files import JournalFiles
from .frame import MAGIC, Frame, decode_frame, open_frame
from .keys import KeysOfFrames

__all__ = ["JournalReader", "Record", "frames"]


class Record(NamedTuple):
    """One document in the journal."""

    sequence: int
    account: str
    document: bytes
    key: int = 0
    """The number of the data key that it was sealed with in the journal; 0 when it was not."""
    received: float = 0.0
    """When it arrived, epoch seconds."""


class JournalReader:
    """A position in a journal that moves forward."""

    def __init__(self, files: JournalFiles, after: int, counters: Counters, keys: KeysOfFrames | None = None) -> None:
        self._files, self._counters, self._keys = files, counters, keys
        self.after = after
        self._path: Path | None = None
        self._offset = 0

    def read(self, up_to: int, most_documents: int, most_bytes: int) -> list[Record]:
        """Give the next records up to sequence ``up_to``, whole arrivals, oldest first; [] when there are none.

        Stops once it has ``most_documents`` documents or ``most_bytes`` bytes. What nobody can unseal any more is
        counted and left out.

        Raises: OSError; ServiceUnavailable when the keys cannot be reached. The position is then what it was.
        """
        here = self.after, self._path, self._offset
        try:
            return self._read(up_to, most_documents, most_bytes)
        except BaseException:
            # A file was read and the next one could not be: its records come again, or they would be passed over.
            self.after, self._path, self._offset = here
            raise

    def _read(self, up_to: int, most_documents: int, most_bytes: int) -> list[Record]:
        records: list[Record] = []
        size = 0
        while self.after < up_to and len(records) < most_documents and size < most_bytes:
            path = self._path or self._file_of(self.after + 1)
            if path is None:
                break
            for start, frame in frames(path, self._offset, self._counters):
                last = frame.first + frame.documents_count - 1
                if last <= self.after:
                    self._path, self._offset = path, frame.end
                    continue
                if last > up_to:
                    # Behind the durable end: come back for it.
                    self._path, self._offset = path, start
                    return records
                key = frame.sealed.key if frame.sealed is not None else 0
                records += [
                    Record(frame.first + n, frame.account, document, key, frame.received)
                    for n, document in enumerate(self._documents(frame))
                    if frame.first + n > self.after
                ]
                self._path, self._offset = path, frame.end
                size += frame.end - start
                self.after = last
                if self.after >= up_to or len(records) >= most_documents or size >= most_bytes:
                    return records
            following = self._following(path)
            if following is None:
                break
            self._path, self._offset = following, 0
        return records

    def _documents(self, frame: Frame) -> list[bytes]:
        if frame.sealed is None:
            return frame.documents
        try:
            if self._keys is None:
                raise Unsealable("there are no keys here")
            return open_frame(frame, self._keys.carried(frame.account, frame.sealed.key))
        except Unsealable as error:
            self._counters.add("journal.unreadable", frame.documents_count)
            log.info(
                "journal records %d to %d stay sealed: %s", frame.first, frame.first + frame.documents_count - 1, error
            )
            return []

    def _file_of(self, sequence: int) -> Path | None:
        files = self._files.list()
        older = [path for first, path in files if first <= sequence]
        return older[-1] if older else (files[0][1] if files else None)

    def _following(self, path: Path) -> Path | None:
        return next((other for first, other in self._files.list() if first > int(path.stem)), None)


def frames(path: Path, offset: int, counters: Counters) -> Iterator[tuple[int, Frame]]:
    """Give a file's frames from ``offset`` on, with where each begins; damage is skipped, counted and logged."""
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
            yield offset, frame
            offset = frame.end


def _next_frame(data: mmap.mmap, view: memoryview, offset: int) -> tuple[int, Frame | None]:
    while (offset := data.find(MAGIC, offset + 1)) >= 0:
        frame = decode_frame(view, offset)
        if frame is not None:
            return offset, frame
    return -1, None
