"""Arrivals of an account that encrypts are sealed before they reach the disk, and only their key opens them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.data_keys import DataKey
from radiograph.errors import ApiError, ServiceUnavailable
from radiograph.journal import Journal, JournalFiles, JournalReader, Record
from radiograph.journal.frame import decode_frame, encode_frame, open_frame
from radiograph.secrets import Unsealable
from radiograph.telemetry import Counters

from .conftest import SMALL

ONE, OTHER = "111111111111", "222222222222"
CANARY = b"canary"


class Keys:
    """Which data key seals each account's arrivals; an account that is not here has none."""

    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.disabled: set[str] = set()
        self.lost: set[int] = set()

    def sealing(self, account: str, documents: int) -> DataKey | None:
        if account in self.disabled:
            raise ServiceUnavailable("the key is disabled")
        number = self.now.get(account, 0)
        return DataKey(number, account.encode()) if number else None

    def carried(self, account: str, number: int) -> DataKey:
        if number in self.lost:
            raise Unsealable("destroyed")
        return DataKey(number, account.encode())


class Room:
    def __init__(self, directory: Path) -> None:
        self.directory, self.keys, self.counters = directory / "journal", Keys(), Counters()
        self.journal = self.open()

    def open(self, applied: int = 0) -> Journal:
        self.journal = Journal(self.directory, SMALL, self.counters, applied, self.keys)
        return self.journal

    def append(self, account: str, *documents: bytes) -> None:
        told = threading.Event()
        failures: list[ApiError | None] = []
        self.journal.append(account, 0.0, documents, lambda failure: (failures.append(failure), told.set())[1])
        assert told.wait(10)
        if failures[0] is not None:
            raise failures[0]

    def read(self, keys: Keys | None = None) -> list[Record]:
        reader = JournalReader(JournalFiles(self.directory, 0), 0, self.counters, keys or self.keys)
        return reader.read(self.journal.durable_sequence, 10_000, 1 << 30)

    def bytes(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.directory.iterdir())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.journal.close()


@given(st.lists(st.binary(max_size=100), max_size=10), st.integers(1, 2**62), st.integers(1, 2**31), st.data())
def test_a_sealed_frame_opens_where_it_was_put_and_nowhere_else(
    documents: list[bytes], first: int, number: int, data: st.DataObject
) -> None:
    key = DataKey(number, b"k")
    frame = decode_frame(encode_frame(first, 1.5, ONE, documents, key), 0)
    assert frame is not None
    assert (frame.first, frame.account, frame.documents_count, frame.documents) == (first, ONE, len(documents), [])
    assert frame.sealed is not None
    assert frame.sealed.key == number
    assert open_frame(frame, key) == documents
    for moved in (
        encode_frame(first + 1, 1.5, ONE, documents, key),
        encode_frame(first, 1.5, OTHER, documents, key),
    ):
        there = decode_frame(moved, 0)
        assert there is not None
        assert there.sealed is not None
        with pytest.raises(Unsealable):
            open_frame(there._replace(sealed=frame.sealed._replace(about=there.sealed.about)), key)
    payload = bytearray(frame.sealed.payload)
    payload[data.draw(st.integers(0, len(payload) - 1))] ^= 1
    with pytest.raises(Unsealable):
        open_frame(frame._replace(sealed=frame.sealed._replace(payload=bytes(payload))), key)


def test_plain_arrivals_and_sealed_ones_are_read_in_order(room: Room) -> None:
    room.append(ONE, b"one", b"two")
    room.keys.now[ONE] = 5
    room.append(ONE, b"three")
    room.append(OTHER, b"four")
    assert [(one.sequence, one.account, one.document, one.key) for one in room.read()] == [
        (1, ONE, b"one", 0),
        (2, ONE, b"two", 0),
        (3, ONE, b"three", 5),
        (4, OTHER, b"four", 0),
    ]


def test_after_a_switch_nothing_more_is_written_in_clear(room: Room) -> None:
    room.append(ONE, b"before")
    room.keys.now[ONE] = 1
    for n in range(200):
        room.append(ONE, CANARY + b"%d" % n)
    assert b"before" in room.bytes()
    assert CANARY not in room.bytes()
    assert [one.document for one in room.read()][-1] == CANARY + b"199"


def test_who_cannot_be_sealed_is_refused_and_the_others_are_taken(room: Room) -> None:
    room.keys.disabled.add(ONE)
    with pytest.raises(ServiceUnavailable, match="disabled"):
        room.append(ONE, CANARY)
    room.append(OTHER, b"taken")
    assert [(one.sequence, one.document) for one in room.read()] == [(1, b"taken")]
    assert CANARY not in room.bytes()
    assert room.counters.snapshot()["journal.refused"] == 1


def test_a_journal_is_opened_again_without_any_key(room: Room) -> None:
    room.keys.now[ONE] = 1
    room.append(ONE, b"a", b"b")
    room.append(ONE, b"c")
    room.journal.close()
    room.keys.lost.add(1)
    room.keys.now[ONE] = 2
    assert room.open().durable_sequence == 3
    room.append(ONE, b"d")
    assert [(one.sequence, one.document, one.key) for one in room.read()] == [(4, b"d", 2)]


def test_what_a_destroyed_key_sealed_is_counted_and_passed_over(room: Room) -> None:
    for number in (1, 2, 1, 2):
        room.keys.now[ONE] = number
        room.append(ONE, b"under %d" % number, b"another")
    room.append(OTHER, b"a neighbour")
    room.keys.lost.add(1)
    assert [one.sequence for one in room.read()] == [3, 4, 7, 8, 9]
    assert room.counters.snapshot()["journal.unreadable"] == 4


def test_keys_that_cannot_be_reached_now_lose_nothing(room: Room) -> None:
    room.keys.now[ONE] = 1
    room.append(ONE, b"a")

    class Away(Keys):
        def carried(self, account: str, number: int) -> DataKey:
            raise ServiceUnavailable("the settings cannot be reached")

    with pytest.raises(ServiceUnavailable):
        room.read(Away())
    assert [one.document for one in room.read()] == [b"a"]
