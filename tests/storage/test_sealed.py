"""Documents sealed on their way into a store and unsealed on their way out, beside others in clear."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from radiograph.data_keys import DataKey, Dictionary, key_of
from radiograph.model.rows import EncodedSegments, StoredDocument, StoredSegment
from radiograph.secrets import Unsealable
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.interfaces import SegmentWriter
from radiograph.storage.sealed import SealingWriter, Unsealing
from radiograph.telemetry import Counters

from .conftest import Account

ONE, OTHER = "111111111111", "222222222222"


class Keys:
    """Keys in a drawer; ``lost`` ones are destroyed."""

    def __init__(self) -> None:
        self.lost: set[int] = set()
        self.learned: dict[tuple[str, int], bytes] = {}

    def carried(self, account: str, number: int) -> DataKey:
        if number in self.lost:
            raise Unsealable("destroyed")
        content = self.learned.get((account, number))
        material = f"{account}{number:020d}".encode()
        return DataKey(number, material, {1: Dictionary(1, content)} if content else {})

    readable = carried

    def learn(self, account: str, number: int, content: bytes) -> DataKey:
        self.learned[account, number] = content
        return self.carried(account, number)


class Shelf:
    """A store that keeps what it is given as it is given."""

    def __init__(self) -> None:
        self.kept: list[StoredDocument] = []

    def encode(
        self, account: str, segments: Sequence[StoredSegment], documents: Sequence[StoredDocument]
    ) -> EncodedSegments:
        self.kept += documents
        return EncodedSegments(len(documents), b"", b"", frozenset(), 0)

    def write(self, account: str, encoded: Sequence[EncodedSegments]) -> None:
        raise NotImplementedError


def document(n: int, key: int) -> StoredDocument:
    json = b'{"name":"a service","metadata":{"default":{"note":"nobody reads this"}},"n":%d}' % n
    return StoredDocument(f"1-6553f100-{n:024x}", n, n, 0, json, key)


def kept(keys: Keys, documents: list[StoredDocument], account: str = ONE) -> list[StoredDocument]:
    shelf = Shelf()
    writer: SegmentWriter = shelf
    SealingWriter(writer, keys).encode(account, [], documents)
    return [replace(one, key=0) for one in shelf.kept]


def test_sealed_documents_and_plain_ones_are_read_side_by_side() -> None:
    keys, counters = Keys(), Counters()
    sent = [document(n, n % 3) for n in range(1, 400)]
    stored = kept(keys, sent)
    assert [key_of(one.document) for one in stored] == [n % 3 for n in range(1, 400)]
    assert not any(b"nobody" in one.document for one in stored if key_of(one.document))
    read = Unsealing(keys, counters)(ONE, stored)
    assert read == [replace(one, key=0) for one in sent]
    assert not counters.snapshot().get("documents.unreadable")


def test_after_some_documents_others_are_packed_by_what_they_have_in_common() -> None:
    keys = Keys()
    stored = kept(keys, [document(n, 1) for n in range(1, 33)])
    writer_saw_few = [len(one.document) for one in stored]
    shelf = Shelf()
    writer = SealingWriter(shelf, keys)
    for first in range(1, 200, 20):
        writer.encode(ONE, [], [document(n, 1) for n in range(first, first + 20)])
    assert len(shelf.kept[-1].document) < writer_saw_few[-1] * 0.75
    assert keys.learned.keys() == {(ONE, 1)}


def test_what_was_moved_to_another_place_is_left_out_and_counted() -> None:
    keys, counters = Keys(), Counters()
    first, second = kept(keys, [document(1, 1), document(2, 1)])
    swapped = [replace(first, document=second.document), replace(second, document=first.document)]
    older = [replace(first, version=99)]
    reading = Unsealing(keys, counters)
    assert reading(ONE, swapped) == reading(ONE, older) == reading(OTHER, [first, second]) == []
    assert counters.snapshot()["documents.unreadable"] == 5


def test_a_destroyed_key_takes_its_documents_and_no_neighbours() -> None:
    keys, counters = Keys(), Counters()
    stored = kept(keys, [document(n, n % 3) for n in range(30)])
    keys.lost.add(1)
    read = Unsealing(keys, counters)(ONE, stored)
    assert [one.id for one in read] == [n for n in range(30) if n % 3 != 1]
    assert counters.snapshot()["documents.unreadable"] == 10
    with pytest.raises(Unsealable):
        kept(keys, [document(1, 1)])


def test_the_engine_gives_back_what_is_sealed_byte_for_byte(store: ClickHouseStore, account: Account) -> None:
    keys, counters = Keys(), Counters()
    shown = Unsealing(keys, counters)
    trace, now = f"1-6553f100-{int(account.id):024x}", account.clock.now
    plain = {"trace_id": trace, "name": "sealed", "start_time": now, "end_time": now + 1}
    account.write([plain | {"id": "000000000000000a"}])
    account.write([plain | {"id": "000000000000000b", "name": "ünïcode"}])
    (found,) = [one for one in store.documents(account.id, [trace]) if one.id == 0xB]
    segment = next(one for one in store.segments(account.id, [trace]) if one.id == 0xB)
    again = replace(segment, id=0xC, version=segment.version + 1)
    moved = kept(keys, [replace(found, id=0xC, version=again.version, key=1)], account.id)
    store.writer.write(account.id, [store.writer.encode(account.id, [again], moved)])
    stored = store.documents(account.id, [trace])
    assert sorted(key_of(one.document) for one in stored) == [0, 0, 1]
    read = {one.id: one.document for one in shown(account.id, stored)}
    assert read[0xC] == read[0xB] == found.document
