"""One engine for the whole process, because it allows no more; every test has an account of its own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from radiograph.model.rows import StoredDocument
from radiograph.segments.flatten import flatten
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.clickhouse.graphs import GraphReader
from radiograph.storage.clickhouse.keeper import MinuteKeeper
from radiograph.storage.clickhouse.links import LinkedMinutes
from radiograph.storage.clickhouse.minutes import Minutes
from radiograph.storage.clickhouse.store import groups_and_links
from radiograph.storage.interfaces import TraceGroup

NOW_S = 1_700_000_000.0
_SEQUENCES = itertools.count(1)
_ACCOUNTS = itertools.count(1)


class FakeClock:
    """Stands still until it is told."""

    def __init__(self, now: float = NOW_S) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


class Account:
    """One account of a store: writes JSON documents as the applier does, in the order of the journal."""

    def __init__(self, store: ClickHouseStore, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.id = f"{next(_ACCOUNTS):012d}"

    def write(self, documents: Iterable[dict[str, Any]], sequence: int | None = None, source: str = "") -> int:
        """Write documents, which ``source`` shares if it is an account; give the sequence of the first."""
        segments, stored, first = [], [], None
        for document in documents:
            number = next(_SEQUENCES) if sequence is None else sequence
            first = number if first is None else first
            data = json.dumps(document).encode()
            segment = flatten(data, number, source)
            segments.append(segment)
            stored.append(
                StoredDocument(segment.trace_id, segment.id, segment.version, segment.start_us, data, source=source)
            )
        writer = self.store.writer
        writer.write(self.id, [writer.encode(self.id, segments, stored)] if segments else [])
        return first or 0

    def count(self, after_s: float = 300.0) -> int:
        """Let time pass and count what is quiet; give how many minutes."""
        self.clock.passes(after_s)
        return self.store.keeper.count()


GROUPS: dict[str, list[TraceGroup]] = {}
"""By account: what its traces are matched against."""


@pytest.fixture(scope="package")
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory, clock: FakeClock) -> Iterator[ClickHouseStore]:
    opened = ClickHouseStore(
        tmp_path_factory.mktemp("engine") / "store", clock, lambda account: GROUPS.get(account, [])
    )
    yield opened
    opened.close()


@pytest.fixture
def account(store: ClickHouseStore, clock: FakeClock) -> Account:
    return Account(store, clock)


def restarted(store: ClickHouseStore, clock: FakeClock) -> tuple[GraphReader, MinuteKeeper]:
    """Give a reader and a keeper that know only what is on disk, as after a restart."""
    minutes = Minutes()
    members, links = groups_and_links(store, store.engine, LinkedMinutes(store.engine))
    keeper = MinuteKeeper(store.engine, minutes, clock, members, links, lambda account: GROUPS.get(account, []))
    return GraphReader(store.engine, minutes, clock, members, links), keeper
