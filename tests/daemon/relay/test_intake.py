"""What comes in is in the journal, or counted; and the journal stays within its bound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from radiograph.daemon.relay.intake import Intake
from radiograph.daemon.relay.tally import Tally
from radiograph.journal import Journal, JournalLimits, JournalReader
from radiograph.telemetry import Counters
from tests.conftest import eventually

NOW_S = 1_790_000_000.0
HEADER = b'{"format":"json","version":1}\n'


class Room:
    def __init__(self, directory: Path, limits: JournalLimits, room: int = 1 << 20, memory: int = 1 << 20) -> None:
        self.journal, self.tally = Journal(directory, limits, Counters()), Tally()
        self.given_up: list[int] = []
        self.intake = Intake(self.journal, room, memory, self._give_up, lambda: NOW_S, self.tally)

    def _give_up(self) -> int | None:
        files = self.journal.files.list()
        if len(files) < 2:
            return None
        self.journal.applied(files[1][0] - 1, NOW_S)
        self.given_up.append(files[1][0] - files[0][0])
        return self.given_up[-1]

    def kept(self) -> list[bytes]:
        reader = JournalReader(self.journal.files, 0, Counters())
        return [record.document for record in reader.read(self.journal.durable_sequence, 10_000, 1 << 30)]

    def counts(self) -> dict[str, int]:
        return {name: self.tally.get(name) for name in ("received", "rejected", "spillover")}


LIMITS = JournalLimits(file_bytes=4096, min_free_bytes=0, retain_s=0.0, retain_bytes=0)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path, LIMITS)
    yield made
    made.journal.close()


def test_the_header_is_cut_off_and_the_rest_is_kept_untouched_whatever_it_is(room: Room) -> None:
    bodies = [b'{"id":"1"}', b'{\n "id": "2"\n}', b"not json at all", b"\xff\x00", b"T1SAAAA"]
    room.intake.take([HEADER + body for body in bodies])
    eventually(lambda: room.kept() == bodies)
    assert room.counts() == {"received": 5, "rejected": 0, "spillover": 0}


def test_what_has_no_header_or_no_document_is_rejected_and_an_empty_datagram_is_nothing(room: Room) -> None:
    room.intake.take([b"", HEADER, b"{}", b'{"format":"xml","version":1}\n{}', HEADER + b"{}"])
    eventually(lambda: room.kept() == [b"{}"])
    assert room.counts() == {"received": 4, "rejected": 3, "spillover": 0}


def test_metrics_and_spans_that_nobody_sampled_are_counted_and_dropped(room: Room) -> None:
    room.intake.take([HEADER + b"M1AAAA", HEADER + b"T1UAAAA", HEADER + b"{}"])
    eventually(lambda: room.kept() == [b"{}"])
    assert room.counts() == {"received": 3, "rejected": 2, "spillover": 0}


def test_beyond_the_bound_the_oldest_make_room_and_are_counted(tmp_path: Path) -> None:
    room = Room(tmp_path, LIMITS, room=12_000)
    for n in range(100):
        room.intake.take([HEADER + b"%04d" % n + b"x" * 500])
        eventually(lambda n=n: room.journal.durable_sequence == n + 1)
    assert room.journal.unapplied_bytes <= 12_000 + 4096
    assert room.given_up
    assert room.counts() == {"received": 100, "rejected": 0, "spillover": sum(room.given_up)}
    kept = [int(one[:4]) for one in room.kept()]
    assert kept == list(range(100 - len(kept), 100)), "the newest are there, without a hole"
    assert len(kept) + sum(room.given_up) == 100
    room.journal.close()


def test_what_is_on_its_way_to_the_disk_leaves_room_for_more_once_it_is_written(tmp_path: Path) -> None:
    room = Room(tmp_path, LIMITS, memory=1000)
    for n in range(50):
        eventually(room.intake.has_room)
        room.intake.take([HEADER + b"%04d" % n + b"x" * 1200])
    eventually(lambda: [int(one[:4]) for one in room.kept()] == list(range(50)))
    assert room.counts() == {"received": 50, "rejected": 0, "spillover": 0}
    room.journal.close()


class StuckJournal(Journal):
    """A journal whose disk takes nothing."""

    def append(self, *_: object) -> None:
        pass


def test_while_the_disk_takes_nothing_there_is_no_room(tmp_path: Path) -> None:
    stuck = StuckJournal(tmp_path, LIMITS, Counters())
    intake = Intake(stuck, 1 << 20, 1000, lambda: None, lambda: NOW_S, Tally())
    intake.take([HEADER + b"x" * 600])
    assert intake.has_room()
    intake.take([HEADER + b"x" * 600])
    assert not intake.has_room()
    stuck.close()


def test_what_the_journal_fails_to_write_is_counted(tmp_path: Path) -> None:
    room = Room(tmp_path / "journal", LIMITS)
    (tmp_path / "journal").rmdir()
    room.intake.take([HEADER + b"{}"] * 3)
    eventually(lambda: room.counts()["spillover"] == 3)
    (tmp_path / "journal").mkdir()
    room.intake.take([HEADER + b"{}"])
    eventually(lambda: room.kept() == [b"{}"])
    assert room.counts() == {"received": 4, "rejected": 0, "spillover": 3}
    assert room.intake.has_room()
    room.journal.close()
