"""The applier: carries the journal into the store, in order, each document once as far as any answer can tell.

The store keeps the highest version of a document, and a version is the document's place in the journal: carrying the
same stretch twice, after a crash between the store's write and the mark's, changes nothing.

One thread reads ahead and makes columns while another one writes what was made before: the engine works without the
interpreter's lock, so both get done at once.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ApiError, ServiceUnavailable, StoreLost
from radiograph.journal import AppliedMark, JournalFiles, JournalReader, KeysOfFrames, Record
from radiograph.model.rows import EncodedSegments, StoredDocument, StoredSegment
from radiograph.segments.flatten import flatten
from radiograph.storage.interfaces import SegmentWriter
from radiograph.telemetry import Counters, log

from .sharing import Columns, Copies

__all__ = ["AppliedJournal", "Applier", "ApplierLimits"]

_RETRY_S = (0.5, 1.0, 2.0, 5.0)
_TURN_S = 0.05


class ApplierLimits(msgspec.Struct, frozen=True):
    """How much goes into one write, and how long the applier lets documents gather."""

    documents: int = 8_000
    bytes: int = 24 << 20
    gather_s: float = 0.5
    turn: int = 400
    """Documents that are read, made into columns and encoded in one go: few enough for the processor's caches."""


class AppliedJournal(Protocol):
    """What an applier needs of a journal: the journal itself, or one that follows it from another process."""

    files: JournalFiles
    grown: threading.Event
    """Set whenever documents have become durable; cleared here."""
    durable_sequence: int

    def applied(self, sequence: int, now: float) -> None:
        """Note that the store has everything up to ``sequence``."""


class _Batch:
    """Consecutive documents, ready to be written; ``last`` is the sequence of the last one."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        """How often the applier had begun anew when this was read; what is older than the last time is void."""
        self.parts: dict[str, list[EncodedSegments]] = {}
        """By account, each in the order of the journal: between accounts there is none."""
        self.documents = self.bytes = self.last = 0


class Applier:
    """Two threads between a journal and a store."""

    def __init__(
        self,
        journal: AppliedJournal,
        mark: AppliedMark,
        writer: SegmentWriter,
        clock: Clock,
        counters: Counters,
        limits: ApplierLimits = ApplierLimits(),  # noqa: B008 - frozen
        keys: KeysOfFrames | None = None,
        copies: Copies | None = None,
    ) -> None:
        self._journal, self._mark, self._writer, self._clock = journal, mark, writer, clock
        self._counters, self._limits, self._keys = counters, limits, keys
        self._copies = copies or Copies(list, int, counters)
        self._reader = self._reader_behind(mark.sequence)
        self._generation = 0
        self._ready: queue.Queue[_Batch | None] = queue.Queue(maxsize=1)
        self._stopping, self._given_up = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=self._read_ahead, name="columns", daemon=True),
            threading.Thread(target=self._write_all, name="applier", daemon=True),
        ]

    def _reader_behind(self, sequence: int) -> JournalReader:
        return JournalReader(self._journal.files, sequence, self._counters, self._keys)

    def start(self) -> None:
        """Begin where the mark stands."""
        for thread in self._threads:
            thread.start()

    def _read_ahead(self) -> None:
        generation, handed_over = 0, self._reader.after
        while not self._given_up.is_set():
            self._journal.grown.clear()
            if generation != self._generation:
                generation, handed_over = self._generation, 0
                self._reader = self._reader_behind(0)
            # Read once: what becomes durable meanwhile is the next turn's, and must not look lost in this one.
            durable = self._journal.durable_sequence
            try:
                batch = self._read(generation, durable)
            except Exception as error:  # whatever it is, what is acknowledged is tried again
                self._counters.add("applier.failed_reads")
                log.error("the journal cannot be read, again in %g s: %s", _RETRY_S[0], error)
                self._reader = self._reader_behind(handed_over)
                if self._stopping.wait(_RETRY_S[0]):
                    break
                continue
            if batch.last > handed_over:
                # Also when all of it stays sealed: it is done with, and its place in the journal is not waited for.
                self._hand_over(batch)
                handed_over = batch.last
                if self._is_small(batch):
                    # Few large writes cost the store far less than many small ones.
                    self._stopping.wait(self._limits.gather_s)
            elif self._reader.after < durable:
                self._skip_lost(durable)
                handed_over = durable
            elif self._ready.unfinished_tasks:
                # Should what is being written turn out to be lost, there is more to read after all.
                self._journal.grown.wait(timeout=_TURN_S)
            elif generation == self._generation:
                if self._stopping.is_set():
                    break
                self._journal.grown.wait(timeout=1.0)
        self._hand_over(None)

    def _hand_over(self, batch: _Batch | None) -> None:
        while not self._given_up.is_set():
            try:
                self._ready.put(batch, timeout=_TURN_S)
            except queue.Full:
                continue
            return

    def _write_all(self) -> None:
        while (batch := self._ready.get()) is not None:
            if batch.generation == self._generation and not self._write(batch):
                self._given_up.set()
                return
            self._ready.task_done()

    def _read(self, generation: int, durable: int) -> _Batch:
        limits, batch = self._limits, _Batch(generation)
        while batch.documents < limits.documents and batch.bytes < limits.bytes:
            try:
                records = self._reader.read(durable, min(limits.turn, limits.documents - batch.documents), limits.bytes)
            except OSError:
                if batch.documents:
                    break  # what was read before it must not be lost
                raise
            if not records:
                break
            # Behind the reading: a link that somebody was told of is known for all that arrived since.
            self._copies.look()
            for account, group in groupby(records, key=lambda record: record.account):
                columns = self._columns(group)
                self._add(batch, account, columns)
                if self._copies.is_shared(account):
                    for monitor, copied in self._copies.of(account, columns):
                        self._add(batch, monitor, copied)
                        batch.bytes += sum(len(one.document) for one in copied.documents)
            batch.documents += len(records)
            batch.bytes += sum(len(record.document) for record in records)
        batch.last = self._reader.after
        return batch

    def _add(self, batch: _Batch, account: str, columns: Columns) -> None:
        batch.parts.setdefault(account, []).extend(self._encode(account, columns.segments, columns.documents))

    def _is_small(self, batch: _Batch) -> bool:
        return batch.documents < self._limits.documents // 4 and batch.bytes < self._limits.bytes // 4

    def _skip_lost(self, durable: int) -> None:
        lost = durable - self._reader.after
        self._counters.add("journal.lost", lost)
        log.error("%d journal records up to %d cannot be read: skipped", lost, durable)
        self._reader.after = durable

    def _write(self, batch: _Batch) -> bool:
        """Carry a batch over; False when the store did not take it and the applier has to stop."""
        try:
            if not all(self._carry(account, encoded) for account, encoded in batch.parts.items()):
                return False
        except StoreLost as error:
            return self._begin_anew(error)
        self._counters.add("applier.documents", batch.documents)
        self._note(batch.last)
        return True

    def _note(self, sequence: int) -> None:
        try:
            self._mark.set(sequence)
            self._journal.applied(sequence, self._clock())
        except OSError as error:
            # The stretch would be carried again after a restart, which changes nothing.
            log.error("that everything up to %d is applied cannot be noted: %s", sequence, error)

    def _carry(self, account: str, encoded: list[EncodedSegments]) -> bool:
        attempt = 0
        while True:
            try:
                self._writer.write(account, encoded)
                return True
            except StoreLost:
                raise
            except Exception as error:  # what is acknowledged is never given up, whatever the store's trouble is
                pause = _RETRY_S[min(attempt, len(_RETRY_S) - 1)]
                attempt += 1
                self._counters.add("applier.failed_writes")
                count = sum(one.count for one in encoded)
                known = isinstance(error, (ApiError, OSError, MemoryError))
                log.error(
                    "the store did not take %d documents, again in %g s: %s",
                    *(count, pause, error),
                    exc_info=None if known else error,
                )
                if self._stopping.wait(pause):
                    return False

    def _begin_anew(self, error: StoreLost) -> bool:
        log.error("the store has lost documents (%s): applying the journal from its start", error)
        self._counters.add("applier.begun_anew")
        # Before anything else: a restart must not go on behind what is lost.
        while True:
            try:
                self._mark.set(0)
                break
            except OSError as trouble:
                log.error("the applied mark cannot be set back, again in %g s: %s", _RETRY_S[-1], trouble)
                if self._stopping.wait(_RETRY_S[-1]):
                    return False
        self._journal.applied(0, self._clock())
        self._generation += 1
        self._journal.grown.set()
        return True

    def _columns(self, records: Iterable[Record]) -> Columns:
        columns = Columns([], [], [])
        for record in records:
            try:
                segment = flatten(record.document, record.sequence)
            except MemoryError:
                raise  # no fault of the document's
            except Exception:  # one bad document never harms its neighbours
                self._counters.add("applier.unreadable")
                log.exception("journal record %d cannot be read as a document: left out", record.sequence)
                continue
            columns.segments.append(segment)
            columns.documents.append(
                StoredDocument(
                    segment.trace_id, segment.id, segment.version, segment.start_us, record.document, record.key
                )
            )
            columns.received.append(record.received)
        return columns

    def _encode(
        self, account: str, segments: list[StoredSegment], documents: list[StoredDocument]
    ) -> list[EncodedSegments]:
        if not segments:
            return []
        try:
            return [self._writer.encode(account, segments, documents)]
        except (MemoryError, ServiceUnavailable):
            raise  # no fault of the documents'
        except Exception:  # one bad document never harms its neighbours: look for it by halves
            if len(segments) == 1:
                self._counters.add("applier.unreadable")
                log.exception("a document of trace %s cannot be encoded: left out", segments[0].trace_id)
                return []
            half = len(segments) // 2
            return self._encode(account, segments[:half], documents[:half]) + self._encode(
                account, segments[half:], documents[half:]
            )

    def stop(self) -> None:
        """Carry over what is acknowledged, then stop; what the store refuses now waits in the journal."""
        self._stopping.set()
        self._journal.grown.set()
        for thread in self._threads:
            thread.join()
