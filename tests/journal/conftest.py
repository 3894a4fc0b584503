"""Journals in a test's own directory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from radiograph.errors import ApiError
from radiograph.journal import Journal, JournalFiles, JournalLimits, JournalReader, Record
from radiograph.telemetry import Counters

ACCOUNT = "000000000000"
SMALL = JournalLimits(file_bytes=16 << 10, min_free_bytes=0)
OpenJournal = Callable[..., Journal]


@pytest.fixture
def open_journal(tmp_path: Path) -> Iterator[OpenJournal]:
    """Open the journal of the test's directory; those still open at the end are closed."""
    opened: list[Journal] = []

    def open_(limits: JournalLimits = SMALL, applied: int = 0, counters: Counters | None = None) -> Journal:
        opened.append(Journal(tmp_path / "journal", limits, counters or Counters(), applied))
        return opened[-1]

    yield open_
    for journal in opened:
        journal.close()


def commit(journal: Journal, documents: Sequence[bytes]) -> None:
    """Append one arrival; return once it is durable."""
    told = threading.Event()
    failures: list[ApiError] = []

    def durable(failure: ApiError | None) -> None:
        if failure is not None:
            failures.append(failure)
        told.set()

    journal.append(ACCOUNT, 1_795_000_000.0, documents, durable)
    assert told.wait(10)
    if failures:
        raise failures[0]


def read_all(directory: Path, up_to: int, after: int = 0, counters: Counters | None = None) -> list[Record]:
    """Give what a fresh reader finds, asking until there is nothing more."""
    reader = JournalReader(JournalFiles(directory, 0), after, counters or Counters())
    found: list[Record] = []
    while records := reader.read(up_to, 3, 1 << 20):
        found += records
    return found
