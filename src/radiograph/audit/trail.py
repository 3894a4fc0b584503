"""A trail: the one writer of a chain. Whoever waits for its record shares one fdatasync with its neighbours."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ServiceUnavailable
from radiograph.secrets import Sealer
from radiograph.telemetry import Counters, log

from .chain import Place, make_line, read_line, write_mark
from .files import ChainFiles, Pwrite
from .record import Record, encode_record, own_record, stamp
from .recovery import recover
from .refusals import Kind, Refusals, Summary

__all__ = ["Trail", "TrailLimits"]

_DAY_S, _HOUR_S, _TURN_S = 86_400.0, 3_600.0, 1.0


class TrailLimits(msgspec.Struct, frozen=True):
    """What a trail may take of memory and disk."""

    file_bytes: int = 16 << 20
    retain_s: float = 90 * _DAY_S
    """How long a file is kept after its last record."""
    retain_bytes: int = 512 << 20
    """Above this, the oldest files go before their time."""
    pending: int = 10_000
    """Records that nobody waits for and that are not on disk yet."""
    refusals_per_minute: int = 600


class _Waiting(msgspec.Struct):
    event: bytes | None
    """None: only to see whether records can be written."""
    settled: Future[None] | None


class Trail:
    """One chain, open for writing. Safe to use from several threads."""

    def __init__(
        self,
        directory: Path,
        chain: str,
        sealer: Sealer,
        limits: TrailLimits,
        clock: Clock,
        counters: Counters,
        account: str,
        region: str,
        pwrite: Pwrite = os.pwrite,
    ) -> None:
        """Open, and mend what a crash left; ``account`` is told what the trail has to say of itself.

        Raises: OSError when the directory cannot be used.
        """
        self._chain, self._sealer, self._limits = chain, sealer, limits
        self._clock, self._counters = clock, counters
        self._account, self._region, self._pwrite = account, region, pwrite
        self.refusals = Refusals(limits.refusals_per_minute)
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._files = ChainFiles(directory)
        found = recover(self._files, chain, sealer)
        self._place, self._own = found.place, [self._said(name, details) for name, details in found.said]
        self._mark = self._files.open_mark()
        self._descriptor, self._offset, self._opened_s, self._retained_s = -1, 0, 0.0, 0.0
        self._failure: str | None = None
        self._lost = 0
        self._wake = threading.Condition()
        self._pending: list[_Waiting] = []
        self._closing = self._summing = False
        self._thread = threading.Thread(target=self._run, name=f"audit-{chain}", daemon=True)
        self._thread.start()

    def write(self, record: Record) -> None:
        """Return once the record is on stable storage.

        Raises: ServiceUnavailable when it cannot be written.
        """
        self._wait(encode_record(record))

    def note(self, record: Record) -> None:
        """Have a record written soon, or counted when too many wait already; never waits."""
        if not self._submit(_Waiting(encode_record(record), None)):
            self._counters.add("audit.left_out")
            self._count(_kind(record), record.source_ip_address)

    def refuse(self, kind: Kind, address: str, record: Callable[[], Record]) -> None:
        """Have a refusal written soon, or counted when there are too many, and then not even made; never waits."""
        if self.refusals.take(kind, address, self._clock()):
            self.note(record())
        else:
            self._counters.add("audit.left_out")
            self._summarise()

    def _count(self, kind: Kind, address: str) -> None:
        self.refusals.leave_out(kind, address, self._clock())
        self._summarise()

    def _summarise(self) -> None:
        """See to it that what is counted is told when its minute is over."""
        if not self._summing:
            with self._wake:
                self._summing = True
                self._wake.notify()

    def check(self) -> None:
        """Return when a change that is about to be made can be told of.

        Raises: ServiceUnavailable.
        """
        if self._failure is not None:
            self._wait(None)

    def close(self) -> None:
        """Write what waits, and release the files."""
        with self._wake:
            if self._closing:
                return
            self._closing = True
            self._wake.notify()
        self._thread.join()
        for descriptor in (self._descriptor, self._mark):
            if descriptor >= 0:
                os.close(descriptor)

    def _wait(self, event: bytes | None) -> None:
        settled: Future[None] = Future()
        if not self._submit(_Waiting(event, settled)):
            raise ServiceUnavailable("the server is stopping; ask again in a moment")
        settled.result()

    def _submit(self, one: _Waiting) -> bool:
        with self._wake:
            if self._closing or (one.settled is None and len(self._pending) >= self._limits.pending):
                return False
            self._pending.append(one)
            self._wake.notify()
        return True

    def _run(self) -> None:
        while True:
            with self._wake:
                has_failed = self._failure is not None
                if not self._pending and not self._closing and (has_failed or not self._own):
                    self._wake.wait(_TURN_S if has_failed or self._summing else _HOUR_S)
                batch, self._pending = self._pending, []
                self._summing = self.refusals.is_counting
                closing = self._closing
            now = self._clock()
            if self._failure is None:  # else they go on being counted
                self._own += [self._summed(one) for one in self.refusals.summaries(now, at_once=closing)]
            try:
                self._retain(now)
            except OSError as error:  # whoever waits for a record waits for this thread
                log.error("what the audit has kept long enough cannot be deleted: %s", error)
                self._counters.add("audit.retention.failed")
            self._commit(batch, now)
            if closing and not self._pending:
                return

    def _commit(self, batch: Sequence[_Waiting], now: float) -> None:
        events = [one.event for one in batch if one.event is not None]
        if not batch and not self._own and self._failure is None:
            return
        if self._failure is not None:
            self._own.insert(0, self._said("ResumeAudit", {"failure": self._failure, "recordsLost": self._lost}))
        try:
            self._append([*self._own, *events], now)
        except OSError as error:
            if self._failure is not None:
                del self._own[0]
            self._fail(error, batch)
            return
        self._own, self._failure, self._lost = [], None, 0
        self._counters.add("audit.records", len(events))
        for one in batch:
            if one.settled is not None:
                one.settled.set_result(None)

    def _append(self, events: Sequence[bytes], now: float) -> None:
        """Write events, and return once they are on stable storage.

        Raises: OSError; the file is then as it was.
        """
        self._open_file(now)
        place, lines = self._place, []
        for event in events:
            line, place = make_line(place, event, self._chain, self._sealer)
            lines.append(line + b"\n")
        data = memoryview(b"".join(lines))
        at = self._offset
        try:
            while data:
                count = self._pwrite(self._descriptor, data, at)
                data, at = data[count:], at + count
            os.fdatasync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, self._offset)
            raise
        self._place, self._offset = place, at
        try:
            ChainFiles.write_mark(self._pwrite, self._mark, write_mark(place, self._chain, self._sealer))
        except OSError as error:  # what is written is written; the next record brings another mark
            log.error("the mark of the audit's chain %s cannot be written: %s", self._chain, error)
            self._counters.add("audit.mark.failed")

    def _open_file(self, now: float) -> None:
        is_full = self._offset >= self._limits.file_bytes or now - self._opened_s >= _DAY_S
        if self._descriptor >= 0 and not (is_full and self._offset):
            return
        descriptor = self._files.create(self._place.sequence + 1)
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._offset, self._opened_s = descriptor, 0, now

    def _fail(self, error: OSError, batch: Sequence[_Waiting]) -> None:
        if self._failure is None:
            log.error("the audit cannot be written: %s", error)
        self._failure = str(error)
        self._lost += sum(one.event is not None for one in batch)
        self._counters.add("audit.failed", len(batch))
        for one in batch:
            if one.settled is not None:
                one.settled.set_exception(
                    ServiceUnavailable(f"the audit cannot be written: {error}; what is not told of is not answered")
                )

    def _retain(self, now: float) -> None:
        """Say which files have had their time, then delete those that were said to."""
        if now - self._retained_s < _HOUR_S and self._offset < self._limits.file_bytes:
            return
        self._retained_s = now
        files = self._files.list()
        sized = [(path, following, path.stat()) for (_, path), (_, following) in pairwise(files)]
        total = sum(stat.st_size for _, _, stat in sized)
        gone: list[tuple[Path, Path]] = []
        for path, following, stat in sized:
            if total > self._limits.retain_bytes or stat.st_mtime + self._limits.retain_s < now:
                total -= stat.st_size
                gone.append((path, following))
            else:
                break
        last = _before(gone[-1][1]) if gone else None
        if last is None:
            return
        said = self._said("DropAuditFiles", {"through": last.sequence, "hash": last.hash})
        try:
            self._append([said], now)
        except OSError as error:
            log.error("the audit cannot be written: %s", error)
            return
        for path, _ in gone:
            self._files.remove(path)

    def _said(self, name: str, details: dict[str, Any]) -> bytes:
        details = {"chain": self._chain, **details}
        return encode_record(own_record(name, self._clock(), self._account, self._region, details))

    def _summed(self, one: Summary) -> bytes:
        details = {
            "chain": self._chain,
            "eventSource": one.kind.source,
            **({"errorCode": one.kind.code} if one.kind.code else {}),
            "count": one.count,
            "since": stamp(one.since_s),
            "until": stamp(one.until_s),
            "sourceIPAddresses": one.addresses,
        }
        record = own_record("SummarizeEvents", self._clock(), one.kind.account, self._region, details)
        return encode_record(record)


def _kind(record: Record) -> Kind:
    code = record.error_code if isinstance(record.error_code, str) else ""
    return Kind(record.recipient_account_id, True, record.event_source, code)


def _before(path: Path) -> Place | None:
    """Give the place before a file's first entry."""
    with path.open("rb") as file:
        entry = read_line(file.readline().rstrip(b"\n"))
    return None if entry is None else Place(entry.sequence - 1, entry.previous)
