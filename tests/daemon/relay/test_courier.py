"""The courier carries the journal in order; whatever becomes of it, nothing that is in the journal is left out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from radiograph.daemon.relay.consignment import Consignment
from radiograph.daemon.relay.courier import Courier
from radiograph.journal import AppliedMark, Journal, JournalLimits
from radiograph.telemetry import Counters

NOW_S = 1_790_000_000.0
LIMITS = JournalLimits(file_bytes=4096, min_free_bytes=0, retain_s=0.0, retain_bytes=0)


class Road:
    """Where consignments go: noted as they set out, and arriving when the road is open."""

    def __init__(self) -> None:
        self.set_out: list[list[int]] = []
        self.arrived: list[int] = []
        self.open = asyncio.Event()
        self.holds: set[int] = set()
        """Numbers of documents whose consignment does not arrive while the road is closed."""

    async def deliver(self, consignment: Consignment) -> None:
        numbers = [int(document) for document in consignment.documents]
        self.set_out.append(numbers)
        if not self.open.is_set() and (not self.holds or self.holds.intersection(numbers)):
            await self.open.wait()
        self.arrived += numbers


class Room:
    """Journal and mark of one directory; couriers come and go."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.counters = directory, Counters()
        self.open()

    def open(self) -> None:
        self.mark = AppliedMark(self.directory / "sent")
        self.journal = Journal(self.directory / "journal", LIMITS, self.counters, self.mark.sequence)

    def append(self, *numbers: int, size: int = 1) -> None:
        told = threading.Event()
        self.journal.append("0" * 12, NOW_S, [f"{n:0{size}d}".encode() for n in numbers], lambda _: told.set())
        assert told.wait(10)

    def courier(self, road: Road, concurrency: int = 8, gather_s: float = 0.0) -> Courier:
        return Courier(self.journal, self.mark, road.deliver, concurrency, lambda: NOW_S, self.counters, gather_s)

    def reopen(self) -> None:
        self.close()
        self.open()

    def close(self) -> None:
        self.journal.close()
        self.mark.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()


def play(scene: Callable[[], Awaitable[None]]) -> None:
    async def in_time() -> None:
        async with asyncio.timeout(30):
            await scene()

    asyncio.run(in_time())


async def until(holds: Callable[[], object]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


def test_documents_arrive_in_order_and_the_mark_follows(room: Room) -> None:
    async def scene() -> None:
        road = Road()
        road.open.set()
        room.append(*range(1, 120))
        courier = room.courier(road)
        courier.start()
        await asyncio.to_thread(room.append, 120)
        await until(lambda: courier.behind == 0)
        await until(lambda: room.mark.sequence == 120)
        await courier.stop(5.0)
        assert road.arrived == list(range(1, 121))
        assert max(len(numbers) for numbers in road.set_out) == 50
        assert room.journal.unapplied_bytes == 0

    play(scene)


def test_few_documents_wait_a_moment_for_more(room: Room) -> None:
    async def scene() -> None:
        road = Road()
        road.open.set()
        courier = room.courier(road, gather_s=0.3)
        courier.start()
        for n in range(1, 6):
            await asyncio.to_thread(room.append, n)
        await until(lambda: len(road.arrived) == 5)
        assert len(road.set_out) <= 2, "five documents, together unless the machine stood still"
        await courier.stop(5.0)

    play(scene)


def test_while_the_service_is_away_nothing_newer_overtakes_what_waits(room: Room) -> None:
    async def scene() -> None:
        road = Road()
        road.holds = {1}
        room.append(*range(1, 501))
        courier = room.courier(road, concurrency=3)
        courier.start()
        await until(lambda: len(road.set_out) == 3)
        await asyncio.sleep(0.05)
        assert [numbers[0] for numbers in road.set_out] == [1, 51, 101], "two others arrived, and no fourth set out"
        assert courier.behind == 500, "what arrived behind what waits counts only with it"
        assert room.mark.sequence == 0
        road.open.set()
        await until(lambda: courier.behind == 0)
        await courier.stop(5.0)
        assert sorted(road.arrived) == list(range(1, 501))
        assert room.mark.sequence == 500

    play(scene)


def test_what_had_not_arrived_is_carried_by_the_next_courier(room: Room) -> None:
    async def first() -> None:
        road = Road()
        road.holds = {51}
        room.append(*range(1, 201))
        courier = room.courier(road)
        courier.start()
        await until(lambda: len(road.arrived) == 150)
        await courier.stop(0.05)
        assert room.mark.sequence == 50

    async def second() -> None:
        road = Road()
        road.open.set()
        courier = room.courier(road)
        courier.start()
        await until(lambda: courier.behind == 0)
        await courier.stop(5.0)
        assert road.arrived == list(range(51, 201)), "at least once: what had overtaken it arrives again"

    play(first)
    room.reopen()
    play(second)


def test_stopping_delivers_what_the_journal_holds(room: Room) -> None:
    async def scene() -> None:
        road = Road()
        courier = room.courier(road, gather_s=60.0)
        courier.start()
        await asyncio.to_thread(room.append, 1, 2, 3)
        road.open.set()
        await courier.stop(10.0)
        assert road.arrived == [1, 2, 3]
        assert room.mark.sequence == 3

    play(scene)


def test_a_lost_mark_sends_again_and_loses_nothing(room: Room) -> None:
    room.append(1, 2)
    room.mark.set(2)
    room.close()
    (room.directory / "sent").write_bytes(b"\xff" * 12)
    room.open()

    async def scene() -> None:
        road = Road()
        road.open.set()
        courier = room.courier(road)
        courier.start()
        await until(lambda: road.arrived == [1, 2])
        await courier.stop(5.0)

    play(scene)


def test_records_that_are_gone_are_skipped_and_counted(room: Room) -> None:
    room.append(1, 2, 3)
    for _, path in room.journal.files.list():
        data = bytearray(path.read_bytes())
        data[50] ^= 1
        path.write_bytes(data)

    async def scene() -> None:
        road = Road()
        road.open.set()
        courier = room.courier(road)
        courier.start()
        await until(lambda: room.counters.get("journal.lost") == 3)
        await asyncio.to_thread(room.append, 4)
        await until(lambda: road.arrived == [4])
        await courier.stop(5.0)

    play(scene)


def test_the_oldest_file_is_given_up_and_what_is_under_way_still_arrives(room: Room) -> None:
    async def scene() -> None:
        road = Road()
        courier = room.courier(road, concurrency=1)
        for n in range(1, 61):  # some ten a file
            room.append(n, size=300)
        files = [first for first, _ in room.journal.files.list()]
        assert len(files) > 4
        courier.start()
        await until(lambda: road.set_out)
        under_way = set(road.set_out[0])
        lost = 0
        for _ in range(2):
            given_up = await asyncio.to_thread(courier.give_up_oldest)
            assert given_up is not None
            lost += given_up
        gone = set(range(1, files[2])) - under_way
        assert lost == len(gone)
        assert [first for first, _ in room.journal.files.list()] == files[2:]
        road.open.set()
        await until(lambda: courier.behind == 0)
        await courier.stop(5.0)
        assert sorted(road.arrived) == sorted(set(range(1, 61)) - gone)
        assert room.mark.sequence == 60

    play(scene)


def test_the_newest_file_is_never_given_up(room: Room) -> None:
    async def scene() -> None:
        courier = room.courier(Road())
        room.append(1)
        assert courier.give_up_oldest() is None
        for n in range(2, 40):
            room.append(n, size=300)
        while courier.give_up_oldest() is not None:
            pass
        assert len(room.journal.files.list()) == 1

    play(scene)


def test_a_fault_over_one_consignment_does_not_hold_up_the_others(room: Room) -> None:
    async def scene() -> None:
        arrived: list[bytes] = []

        async def deliver(consignment: Consignment) -> None:
            if b"1" in consignment.documents:
                raise RuntimeError("nobody thought of this")
            arrived.extend(consignment.documents)

        room.append(*range(1, 101))
        courier = Courier(room.journal, room.mark, deliver, 1, lambda: NOW_S, room.counters, 0.0)
        courier.start()
        await until(lambda: courier.behind == 0)
        await courier.stop(5.0)
        assert arrived == [b"%d" % n for n in range(51, 101)]
        assert room.counters.get("courier.faults") == 50

    play(scene)
