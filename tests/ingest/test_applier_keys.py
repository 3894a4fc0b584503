"""What is sealed in the journal reaches the store under its key, or is done with when nobody can unseal it any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from radiograph.data_keys import DataKey
from radiograph.errors import ServiceUnavailable
from radiograph.ingest import Applier, ApplierLimits
from radiograph.journal import AppliedMark, Journal
from radiograph.model.rows import EncodedSegments
from radiograph.secrets import Unsealable
from radiograph.telemetry import Counters
from tests.conftest import eventually

from .conftest import ACCOUNT, LIMITS, NOW_S, Store
from .test_applier import traces
from .test_door import document


class Keys:
    """One data key a document sent; ``away`` answers nothing, ``lost`` ones are destroyed."""

    def __init__(self) -> None:
        self.number = 0
        self.away = threading.Event()
        self.lost: set[int] = set()
        self.asked = 0

    def sealing(self, account: str, documents: int) -> DataKey | None:
        self.number += 1
        return DataKey(self.number, b"k")

    def carried(self, account: str, number: int) -> DataKey:
        self.asked += 1
        if self.away.is_set():
            raise ServiceUnavailable("the settings cannot be reached")
        if number in self.lost:
            raise Unsealable("destroyed")
        return DataKey(number, b"k")


class SealedStore(Store):
    """Notes under which keys documents come, and can have its own keys away."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.keys, self.under = keys, list[int]()

    def encode(self, account, segments, documents) -> EncodedSegments:  # type: ignore[no-untyped-def]
        if self.keys.away.is_set():
            self.refused += 1
            raise ServiceUnavailable("the settings cannot be reached")
        self.under += [one.key for one in documents]
        return super().encode(account, segments, documents)


class Sealed:
    def __init__(self, directory: Path) -> None:
        self.keys, self.counters = Keys(), Counters()
        self.store = SealedStore(self.keys)
        self.journal = Journal(directory / "journal", LIMITS, self.counters, keys=self.keys)
        self.mark = AppliedMark(directory / "applied")
        limits = ApplierLimits(gather_s=0.0)
        self.applier = Applier(
            self.journal, self.mark, self.store, lambda: NOW_S, self.counters, limits, keys=self.keys
        )

    def append(self, *numbers: int) -> None:
        for number in numbers:
            told = threading.Event()
            self.journal.append(ACCOUNT, NOW_S, [document(number).encode()], lambda _, told=told: told.set())
            assert told.wait(10)

    def caught_up(self) -> bool:
        return self.mark.sequence == self.journal.durable_sequence


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Sealed]:
    made = Sealed(tmp_path)
    yield made
    made.applier.stop()
    made.journal.close()
    made.mark.close()


def test_documents_come_with_the_number_of_the_key_that_sealed_them(sealed: Sealed) -> None:
    sealed.append(1, 2, 3)
    sealed.applier.start()
    eventually(sealed.caught_up)
    assert sealed.store.traces == traces(1, 2, 3)
    assert sealed.store.under == [1, 2, 3]


def test_keys_that_cannot_be_reached_are_waited_for_and_nothing_is_left_out(sealed: Sealed) -> None:
    sealed.append(1, 2)
    sealed.keys.away.set()
    sealed.applier.start()
    eventually(lambda: sealed.keys.asked > 1)
    assert sealed.store.traces == []
    sealed.keys.away.clear()
    eventually(sealed.caught_up)
    assert sealed.store.traces == traces(1, 2)
    assert sealed.counters.get("applier.unreadable") == 0


def test_what_stays_sealed_for_ever_is_done_with_although_there_is_nothing_to_write(sealed: Sealed) -> None:
    sealed.keys.lost |= {1, 2}
    sealed.append(1, 2)
    sealed.applier.start()
    eventually(sealed.caught_up)
    assert sealed.store.traces == []
    assert sealed.journal.unapplied_bytes == 0
    assert sealed.counters.get("journal.unreadable") == 2
    sealed.append(3)
    eventually(sealed.caught_up)
    assert sealed.store.traces == traces(3)
