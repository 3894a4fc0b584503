"""A door and an applier over a journal in a test's own directory, and a store that does as it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from radiograph.errors import ServiceUnavailable, StoreLost
from radiograph.ingest import Applier, ApplierLimits
from radiograph.journal import AppliedMark, Journal, JournalLimits
from radiograph.model.rows import EncodedSegments, StoredDocument, StoredSegment
from radiograph.telemetry import Counters

NOW_S = 1_795_000_000.0
ACCOUNT = "000000000000"
LIMITS = JournalLimits(file_bytes=64 << 10, min_free_bytes=0)


class Store:
    """Keeps what it is given; ``away`` refuses everything, ``poison`` names traces it breaks on."""

    def __init__(self) -> None:
        self.writes: list[tuple[str, list[str]]] = []
        self.away = False
        self.full = False
        self.loses = False
        self.poison: set[str] = set()
        self.refused = 0

    def encode(
        self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]
    ) -> EncodedSegments:
        traces = [one.trace_id for one in segments]
        assert traces == [one.trace_id for one in documents]
        if self.poison.intersection(traces):
            raise OverflowError("int too big to convert")
        return EncodedSegments(len(traces), " ".join(traces).encode(), b"", frozenset(), 0)

    def write(self, account: str, encoded: Sequence[EncodedSegments]) -> None:
        if self.loses:
            self.loses = False
            raise StoreLost("a merge is not whole")
        if self.away or self.full:
            self.refused += 1
            raise OSError(28, "No space left on device") if self.full else ServiceUnavailable("the store is away")
        self.writes.append((account, [trace for one in encoded for trace in one.segments.decode().split()]))

    @property
    def traces(self) -> list[str]:
        return [trace for _, written in self.writes for trace in written]


class Room:
    """Journal, mark, store and applier of one directory; the applier can end and begin again."""

    def __init__(self, directory: Path, limits: JournalLimits = LIMITS) -> None:
        self.directory, self.store, self.counters = directory, Store(), Counters()
        self.journal = Journal(directory / "journal", limits, self.counters)
        self.mark = AppliedMark(directory / "applied")
        self.applier: Applier | None = None

    def start(self, documents: int = 8_000) -> Applier:
        limits = ApplierLimits(documents=documents, gather_s=0.0)
        self.applier = Applier(self.journal, self.mark, self.store, lambda: NOW_S, self.counters, limits)
        self.applier.start()
        return self.applier

    def end(self) -> None:
        if self.applier is not None:
            self.applier.stop()
            self.applier = None

    def close(self) -> None:
        self.end()
        self.journal.close()
        self.mark.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()
