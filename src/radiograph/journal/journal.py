"""Appends with group commit: whoever waits for its documents waits for one fdatasync shared with its neighbours."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from radiograph.data_keys import DataKey
from radiograph.errors import ApiError, ServiceUnavailable, Throttled
from radiograph.telemetry import Counters, log

from .files import JournalFiles
from .frame import encode_frame, frame_bytes
from .keys import FrameKeys
from .reader import frames

__all__ = ["Durable", "Journal", "JournalLimits"]

Durable = Callable[[ApiError | None], None]
"""Called once, from the journal's thread: None when the documents are on stable storage, else why they are not."""

_MOST_IN_A_COMMIT_BYTES = 8 << 20
_SPACE_CHECK_S = 0.5


class JournalLimits(msgspec.Struct, frozen=True):
    """What a journal may take of memory and disk."""

    file_bytes: int = 64 << 20
    pending_bytes: int = 64 << 20
    """Waiting in memory for their commit."""
    unapplied_bytes: int = 2 << 30
    """On disk, not yet in the store."""
    min_free_bytes: int = 2 << 30
    """Free space of the disk below which nothing more is taken."""
    retain_s: float = 86_400.0
    """How long a file is kept after all of it has been applied."""
    retain_bytes: int = 4 << 30
    """Above this, applied files go before their time."""


class _Arrival(msgspec.Struct, gc=False):
    account: str
    received: float
    documents: Sequence[bytes]
    size: int
    durable: Durable | None


class Journal:
    """One directory of journal files, open for appending."""

    def __init__(
        self,
        directory: Path,
        limits: JournalLimits,
        counters: Counters,
        applied: int = 0,
        keys: FrameKeys | None = None,
    ) -> None:
        """Open; the store has everything up to sequence ``applied``, and sequences go on behind it."""
        self._keys = keys
        self.files = JournalFiles(directory, limits.file_bytes)
        self.files.discard_partial()
        self.limits, self._counters = limits, counters
        self.durable_sequence = 0
        self._path: Path | None = None
        self._descriptor, self._offset, self._size = -1, 0, 0
        self._unapplied: dict[int, int] = {}
        """Bytes written into each file that is not wholly applied, by first sequence."""
        self._pending: list[_Arrival] = []
        self._pending_bytes = 0
        self._space_checked, self._space_left = -1e9, True
        self._wake = threading.Condition()
        self.grown = threading.Event()
        """Set whenever documents have become durable; a reader clears it."""
        self.on_grown: Callable[[], None] = lambda: None
        """Called from the journal's thread whenever documents have become durable."""
        self._closing = False
        self._recover(applied)
        self._next_sequence = self.durable_sequence + 1
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def append(self, account: str, received: float, documents: Sequence[bytes], durable: Durable | None) -> None:
        """Take documents; ``durable`` is told once they are on stable storage, or why they cannot be.

        Raises: ThrottledException when more would break a bound; nothing has then been taken.
        """
        size = frame_bytes(documents)
        with self._wake:
            if self._closing:
                raise ServiceUnavailable("the server is stopping and takes no more documents; send them again later")
            self._refuse_beyond_bounds(size)
            self._pending.append(_Arrival(account, received, documents, size, durable))
            self._pending_bytes += size
            self._wake.notify()

    def _refuse_beyond_bounds(self, size: int) -> None:
        limits = self.limits
        if self._pending_bytes + size > limits.pending_bytes:
            raise Throttled(f"{self._pending_bytes} bytes wait for the disk, at most {limits.pending_bytes} may")
        unapplied = sum(self._unapplied.values())
        if unapplied + size > limits.unapplied_bytes:
            raise Throttled(f"{unapplied} bytes wait for the store, at most {limits.unapplied_bytes} may", 5)
        if not self._has_space():
            raise Throttled(f"the disk has less than {limits.min_free_bytes} bytes free; make room on it", 10)

    def _has_space(self) -> bool:
        now = time.monotonic()
        if now - self._space_checked > _SPACE_CHECK_S:
            disk = os.statvfs(self.files.directory)
            self._space_checked, self._space_left = now, disk.f_bavail * disk.f_frsize >= self.limits.min_free_bytes
        return self._space_left

    @property
    def unapplied_bytes(self) -> int:
        """Give how many bytes on disk the store does not have yet, counted in whole files."""
        with self._wake:
            return sum(self._unapplied.values())

    def applied(self, sequence: int, now: float) -> None:
        """Note that the store has everything up to ``sequence``; drop files whose time has come."""
        with self._wake:
            files = self.files.list()
            ends = [first - 1 for first, _ in files[1:]] + [self.durable_sequence] * bool(files)
            for (first, _), end in zip(files, ends, strict=True):
                if end <= sequence:
                    self._unapplied.pop(first, None)
        self._retain(files, ends, sequence, now)

    def _retain(self, files: list[tuple[int, Path]], ends: list[int], sequence: int, now: float) -> None:
        # The newest file stays whatever its end: the next commit may be on its way into it.
        spare = [(path, path.stat()) for (_, path), end in zip(files[:-1], ends[:-1], strict=True) if end <= sequence]
        total = sum(stat.st_size for _, stat in spare)
        for path, stat in spare:
            if total > self.limits.retain_bytes or stat.st_mtime + self.limits.retain_s < now:
                total -= stat.st_size
                self.files.remove(path)

    def _recover(self, applied: int) -> None:
        """Find the end of what a predecessor left, and go on in a new file behind it."""
        files = self.files.list()
        self.durable_sequence = applied
        for n, (first, path) in enumerate(files):
            if n + 1 < len(files) and files[n + 1][0] <= applied + 1:
                continue
            last, written = first - 1, 0
            for _, frame in frames(path, 0, self._counters):
                last, written = frame.first + frame.documents_count - 1, frame.end
            if last > applied:
                self._unapplied[first] = written
            self.durable_sequence = max(self.durable_sequence, last)

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._pending and not self._closing:
                    self._wake.wait()
                if not self._pending:
                    return
                arrivals = self._take()
            keyed = self._keyed(arrivals)
            if not keyed:
                continue
            arrivals = [arrival for arrival, _ in keyed]
            try:
                self._commit(keyed)
                failure: ApiError | None = None
            except (OSError, MemoryError) as error:
                failure = ServiceUnavailable(
                    f"the journal cannot be written: {getattr(error, 'strerror', None) or error}"
                )
                self._counters.add("journal.failed_commits")
                log.error("journal commit of %d arrivals failed: %s", len(arrivals), error)
                self._abandon_file()
            for arrival in arrivals:
                self._tell(arrival, failure)
                if failure is not None:
                    self._counters.add("journal.refused", len(arrival.documents))
            self.grown.set()
            self.on_grown()

    def _keyed(self, arrivals: list[_Arrival]) -> list[tuple[_Arrival, DataKey | None]]:
        """Give arrivals with what they are to be sealed with; who cannot be sealed is told so, and is not among them.

        Asked here, and not when they came: an arrival that waits while its account's key changes gets the new one.
        """
        if self._keys is None:
            return [(arrival, None) for arrival in arrivals]
        keyed: list[tuple[_Arrival, DataKey | None]] = []
        for arrival in arrivals:
            try:
                keyed.append((arrival, self._keys.sealing(arrival.account, len(arrival.documents))))
            except Exception as error:  # whatever it is: in clear they must not be written, and the others go on
                if not isinstance(error, ApiError):
                    log.exception("documents of account %s cannot be sealed", arrival.account)
                    error = ServiceUnavailable("the documents cannot be sealed; the server's log has the reason")
                self._counters.add("journal.refused", len(arrival.documents))
                self._tell(arrival, error)
        return keyed

    def _tell(self, arrival: _Arrival, failure: ApiError | None) -> None:
        if arrival.durable is None:
            return
        try:
            arrival.durable(failure)
        except Exception:  # whoever waited is gone; the others still wait
            self._counters.add("journal.untold")
            log.exception("nobody could be told of %d documents", len(arrival.documents))

    def _take(self) -> list[_Arrival]:
        size = count = 0
        for arrival in self._pending:
            if count and size + arrival.size > _MOST_IN_A_COMMIT_BYTES:
                break
            size += arrival.size
            count += 1
        arrivals, self._pending = self._pending[:count], self._pending[count:]
        self._pending_bytes -= size
        return arrivals

    def _commit(self, keyed: list[tuple[_Arrival, DataKey | None]]) -> None:
        first = sequence = self._next_sequence
        parts = []
        for arrival, key in keyed:
            parts.append(encode_frame(sequence, arrival.received, arrival.account, arrival.documents, key))
            sequence += len(arrival.documents)
        data = b"".join(parts)
        # Numbers of a commit that fails are not given again: some of its frames may have reached the disk.
        self._next_sequence = sequence
        if self._descriptor < 0 or self._offset + len(data) > self._size:
            self._roll(first, len(data))
        written = 0
        while written < len(data):
            written += os.pwrite(self._descriptor, data[written:] if written else data, self._offset + written)
        os.fdatasync(self._descriptor)
        self._offset += len(data)
        with self._wake:
            assert self._path is not None  # noqa: S101 - _roll has set it
            self._unapplied[int(self._path.stem)] = self._offset
            self.durable_sequence = sequence - 1
        self._counters.add("journal.documents", sequence - first)
        self._counters.add("journal.commits")

    def _roll(self, first: int, at_least: int) -> None:
        path, descriptor = self.files.create(first, at_least)
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._path, self._descriptor, self._offset = path, descriptor, 0
        self._size = os.fstat(descriptor).st_size

    def _abandon_file(self) -> None:
        """After a failed write nobody knows what the file holds behind the last commit: go on in another."""
        if self._descriptor < 0:
            return
        try:
            os.ftruncate(self._descriptor, self._offset)
            os.fsync(self._descriptor)
        except OSError as error:
            log.error("the journal's file cannot be cut back: %s", error)
        os.close(self._descriptor)
        if self._path is not None and self._offset == 0:
            self._path.unlink(missing_ok=True)
        self._descriptor, self._path = -1, None

    def close(self) -> None:
        """Commit what is pending, then stop."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
