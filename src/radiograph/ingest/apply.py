"""The applier: carries the journal into the store, in order, each document once as far as any answer can tell.

The store keeps the highest version of a document, and a version is the document's place in the journal: carrying the
same stretch twice, after a crash between the store's write and the mark's, changes nothing.
"""

from __future__ import annotations

import threading
from itertools import groupby

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ApiError, StoreLost
from radiograph.journal import AppliedMark, Journal, JournalReader, Record
from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.segments.flatten import flatten
from radiograph.storage.interfaces import SegmentWriter
from radiograph.telemetry import Counters, log

__all__ = ["Applier", "ApplierLimits"]

_RETRY_S = (0.5, 1.0, 2.0, 5.0)


class ApplierLimits(msgspec.Struct, frozen=True):
    """How much goes into one write, and how long the applier lets documents gather."""

    documents: int = 8_000
    bytes: int = 24 << 20
    gather_s: float = 0.5


class Applier:
    """One thread between a journal and a store."""

    def __init__(
        self,
        journal: Journal,
        mark: AppliedMark,
        writer: SegmentWriter,
        clock: Clock,
        counters: Counters,
        limits: ApplierLimits = ApplierLimits(),  # noqa: B008 - frozen
    ) -> None:
        self._journal, self._mark, self._writer, self._clock = journal, mark, writer, clock
        self._counters, self._limits = counters, limits
        self._reader = JournalReader(journal.files, mark.sequence, counters)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="applier", daemon=True)

    def start(self) -> None:
        """Begin where the mark stands."""
        self._thread.start()

    @property
    def behind(self) -> int:
        """Give how many acknowledged documents the store does not have yet."""
        return self._journal.durable_sequence - self._mark.sequence

    def _run(self) -> None:
        while True:
            self._journal.grown.clear()
            # Read once: what becomes durable meanwhile is the next turn's, and must not look lost in this one.
            durable = self._journal.durable_sequence
            try:
                records = self._reader.read(durable, self._limits.documents, self._limits.bytes)
            except OSError as error:
                self._counters.add("applier.failed_reads")
                log.error("the journal cannot be read, again in %g s: %s", _RETRY_S[0], error)
                if self._stopping.wait(_RETRY_S[0]):
                    return
                continue
            if records:
                if not self._write(records):
                    return
                if self._is_small(records):
                    # Few large writes cost the store far less than many small ones.
                    self._stopping.wait(self._limits.gather_s)
                continue
            if self._reader.after < durable:
                self._skip_lost(durable)
                continue
            if self._stopping.is_set():
                return
            self._journal.grown.wait(timeout=1.0)

    def _is_small(self, records: list[Record]) -> bool:
        size = sum(len(record.document) for record in records)
        return len(records) < self._limits.documents // 4 and size < self._limits.bytes // 4

    def _skip_lost(self, durable: int) -> None:
        lost = durable - self._reader.after
        self._counters.add("journal.lost", lost)
        log.error("%d journal records up to %d cannot be read: skipped", lost, durable)
        self._reader.after = durable

    def _write(self, records: list[Record]) -> bool:
        """Carry records over; False when the store did not take them and the applier has to stop."""
        try:
            for account, group in groupby(records, key=lambda record: record.account):
                if not self._carry(account, *self._columns(list(group))):
                    return False
        except StoreLost as error:
            self._begin_anew(error)
            return True
        self._counters.add("applier.documents", len(records))
        self._note(records[-1].sequence)
        return True

    def _note(self, sequence: int) -> None:
        try:
            self._mark.set(sequence)
            self._journal.applied(sequence, self._clock())
        except OSError as error:
            # The stretch would be carried again after a restart, which changes nothing.
            log.error("that everything up to %d is applied cannot be noted: %s", sequence, error)

    def _carry(self, account: str, segments: list[StoredSegment], documents: list[StoredDocument]) -> bool:
        attempt = 0
        while True:
            try:
                self._writer.write(account, segments, documents)
                return True
            except StoreLost:
                raise
            except (ApiError, OSError, MemoryError) as error:
                pause = _RETRY_S[min(attempt, len(_RETRY_S) - 1)]
                attempt += 1
                self._counters.add("applier.failed_writes")
                log.error("the store did not take %d documents, again in %g s: %s", len(segments), pause, error)
                if self._stopping.wait(pause):
                    return False
            except Exception:  # one bad document never harms its neighbours: look for it by halves
                if len(segments) == 1:
                    self._counters.add("applier.unreadable")
                    log.exception("a document of trace %s cannot be written: left out", segments[0].trace_id)
                    return True
                half = len(segments) // 2
                return self._carry(account, segments[:half], documents[:half]) and self._carry(
                    account, segments[half:], documents[half:]
                )

    def _begin_anew(self, error: StoreLost) -> None:
        log.error("the store has lost documents (%s): applying the journal from its start", error)
        self._counters.add("applier.begun_anew")
        # Before anything else: a restart must not go on behind what is lost.
        self._note(0)
        self._reader = JournalReader(self._journal.files, 0, self._counters)

    def _columns(self, records: list[Record]) -> tuple[list[StoredSegment], list[StoredDocument]]:
        segments: list[StoredSegment] = []
        documents: list[StoredDocument] = []
        for record in records:
            try:
                segment = flatten(record.document, record.sequence)
            except Exception:  # one bad document never harms its neighbours
                self._counters.add("applier.unreadable")
                log.exception("journal record %d cannot be read as a document: left out", record.sequence)
                continue
            segments.append(segment)
            documents.append(
                StoredDocument(segment.trace_id, segment.id, segment.version, segment.start_us, record.document)
            )
        return segments, documents

    def stop(self) -> None:
        """Carry over what is acknowledged, then stop; what the store refuses now waits in the journal."""
        self._stopping.set()
        self._journal.grown.set()
        self._thread.join()
