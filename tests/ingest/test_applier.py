"""The applier: everything in the journal reaches the store, in order, whatever becomes of the store meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

from radiograph.ingest import Applier, ApplierLimits
from radiograph.journal import AppliedMark, JournalLimits, JournalReader
from tests.conftest import eventually

from .conftest import ACCOUNT, NOW_S, Room, Store
from .test_door import document


def trace(number: int) -> str:
    return f"1-{int(NOW_S):08x}-{number:024x}"


def traces(*numbers: int) -> list[str]:
    return [trace(number) for number in numbers]


def append(room: Room, *numbers: int, account: str = ACCOUNT) -> None:
    told = threading.Event()
    room.journal.append(account, NOW_S, [document(n).encode() for n in numbers], lambda _: told.set())
    assert told.wait(10)


def caught_up(room: Room) -> bool:
    return room.mark.sequence == room.journal.durable_sequence


def test_documents_reach_the_store_in_order_and_the_mark_follows(room: Room) -> None:
    append(room, 1, 2)
    room.start()
    append(room, 3)
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(1, 2, 3)
    assert room.counters.get("applier.documents") == 3
    assert room.journal.unapplied_bytes == 0


def test_accounts_are_written_apart_each_in_its_order(room: Room) -> None:
    append(room, 1)
    append(room, 2, account="111111111111")
    append(room, 3)
    room.start()
    eventually(lambda: caught_up(room))
    assert [(account, *written) for account, written in room.store.writes] == [
        (ACCOUNT, trace(1), trace(3)),
        ("111111111111", trace(2)),
    ]


def test_stopping_carries_over_what_is_acknowledged(room: Room) -> None:
    room.start()
    for n in range(1, 200):
        append(room, n)
    room.end()
    assert caught_up(room)
    assert room.store.traces == traces(*range(1, 200))


def test_it_begins_where_the_mark_stands(room: Room) -> None:
    append(room, 1, 2, 3)
    room.mark.set(3)
    append(room, 4)
    room.start()
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(4)


def test_a_torn_mark_applies_everything_again(room: Room, tmp_path: Path) -> None:
    append(room, 1, 2)
    room.start()
    eventually(lambda: caught_up(room))
    room.end()
    room.mark.close()
    (tmp_path / "applied").write_bytes(b"\xff" * 12)
    room.mark = AppliedMark(tmp_path / "applied")
    room.store = Store()
    room.start()
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(1, 2)


def test_a_store_that_is_away_is_waited_for_and_nothing_is_left_out(room: Room) -> None:
    room.store.away = True
    append(room, 1, 2)
    room.start()
    eventually(lambda: room.store.refused >= 1)
    assert room.mark.sequence == 0
    room.store.away = False
    append(room, 3)
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(1, 2, 3)
    assert room.counters.get("applier.unreadable") == 0


def test_want_of_room_on_the_disk_is_waited_out_too(room: Room) -> None:
    room.store.full = True
    append(room, 1, 2)
    room.start()
    eventually(lambda: room.store.refused >= 1)
    room.store.full = False
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(1, 2)
    assert room.counters.get("applier.unreadable") == 0


def test_stopped_while_the_store_is_away_it_leaves_the_rest_to_the_next_start(room: Room) -> None:
    class Returning(Store):
        """Away for the first write, and back for all later ones."""

        def write(self, *arguments: object) -> None:
            self.away = self.refused == 0
            super().write(*arguments)  # type: ignore[arg-type]

    room.store = Returning()
    append(room, 1)
    append(room, 2)
    room.start(documents=1)
    eventually(lambda: room.store.refused == 1)
    room.end()
    room.start(documents=1)
    eventually(lambda: caught_up(room))
    assert room.store.traces[-2:] == traces(1, 2)
    assert sorted(set(room.store.traces)) == traces(1, 2)


def test_one_document_the_store_breaks_on_is_left_out_and_no_other(room: Room) -> None:
    room.store.poison = {trace(7), trace(50)}
    append(room, *range(1, 65))
    room.start()
    append(room, 65)
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(*[n for n in range(1, 66) if n not in (7, 50)])
    assert room.counters.get("applier.unreadable") == 2


def test_records_that_are_gone_are_skipped_and_counted(room: Room) -> None:
    append(room, 1, 2, 3)
    for _, path in room.journal.files.list():
        data = bytearray(path.read_bytes())
        data[60] ^= 1
        path.write_bytes(data)
    assert JournalReader(room.journal.files, 0, room.counters).read(3, 10, 1 << 20) == []
    room.start()
    eventually(lambda: room.counters.get("journal.lost") == 3)
    append(room, 4)
    eventually(lambda: room.store.traces == traces(4))


def test_files_that_go_as_soon_as_they_are_applied_do_not_stop_it(tmp_path: Path) -> None:
    room = Room(tmp_path, JournalLimits(file_bytes=1024, min_free_bytes=0, retain_bytes=0))
    room.start()
    for n in range(1, 60):
        append(room, n)
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(*range(1, 60))
    eventually(lambda: len(room.journal.files.list()) <= 2)
    room.close()


def test_what_the_store_has_lost_is_applied_again_from_the_journal_s_start(room: Room) -> None:
    append(room, 1, 2)
    room.start()
    eventually(lambda: caught_up(room))
    room.store.loses = True
    append(room, 3)
    eventually(lambda: room.counters.get("applier.begun_anew") == 1)
    eventually(lambda: caught_up(room))
    assert room.store.traces == traces(1, 2, 1, 2, 3)


class GrowingJournal:
    """A journal in which a document becomes durable whenever somebody asks what is durable."""

    def __init__(self, room: Room) -> None:
        self._room, self.files, self.grown = room, room.journal.files, room.journal.grown
        self._left = [5, 4, 3, 2]

    @property
    def durable_sequence(self) -> int:
        if self._left:
            append(self._room, self._left.pop())
        return self._room.journal.durable_sequence

    def applied(self, sequence: int, now: float) -> None:
        self._room.journal.applied(sequence, now)


def test_a_document_that_becomes_durable_during_a_turn_is_the_next_turn_s_and_never_lost(room: Room) -> None:
    append(room, 1)
    journal = GrowingJournal(room)
    applier = Applier(journal, room.mark, room.store, lambda: NOW_S, room.counters, ApplierLimits(gather_s=0.0))  # type: ignore[arg-type]
    applier.start()
    eventually(lambda: len(room.store.traces) == 5)
    applier.stop()
    assert room.store.traces == traces(1, 2, 3, 4, 5)
    assert room.counters.get("journal.lost") == 0
