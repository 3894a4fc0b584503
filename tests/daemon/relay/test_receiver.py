"""Datagrams come off the socket in order and whole, the last of them when it stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest
import uvloop

from radiograph.daemon.relay.receiver import DatagramReceiver

Scene = Callable[[], Awaitable[None]]


@pytest.fixture(params=[asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def play(request: pytest.FixtureRequest) -> Callable[[Scene], None]:
    async def in_time(scene: Scene) -> None:
        async with asyncio.timeout(30):
            await scene()

    return lambda scene: request.param(in_time(scene))


async def until(holds: Callable[[], object]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


def connected(receiver: DatagramReceiver) -> socket.socket:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.connect((receiver.host, receiver.port))
    return one


def test_all_that_is_sent_is_taken_in_order_also_what_came_just_before_the_stop(
    play: Callable[[Scene], None],
) -> None:
    taken: list[bytes] = []

    async def scene() -> None:
        receiver = DatagramReceiver("127.0.0.1", 0, taken.extend)
        with connected(receiver) as one:
            for n in range(50):
                one.send(b"%d" % n)
            receiver.start()
            await until(lambda: len(taken) == 50)
            one.send(b"x" * 65_507)
            for n in range(51, 700):
                one.send(b"%d" % n)
            await receiver.stop()
        assert receiver.kernel_drops() == 0

    play(scene)
    assert [len(one) if len(one) > 9 else int(one) for one in taken] == [*range(50), 65_507, *range(51, 700)]


def test_a_receiver_that_was_idle_wakes_up_again(play: Callable[[Scene], None]) -> None:
    taken: list[bytes] = []

    async def scene() -> None:
        receiver = DatagramReceiver("127.0.0.1", 0, taken.extend)
        receiver.start()
        with connected(receiver) as one:
            for n in range(3):
                one.send(b"%d" % n)
                await until(lambda n=n: len(taken) == n + 1)
                await asyncio.sleep(0.03)
        await receiver.stop()

    play(scene)


def test_a_fault_over_one_turn_does_not_end_receiving(play: Callable[[Scene], None]) -> None:
    taken: list[bytes] = []

    def take(datagrams: list[bytes]) -> None:
        if b"bad" in datagrams:
            raise RuntimeError("it broke")
        taken.extend(datagrams)

    async def scene() -> None:
        receiver = DatagramReceiver("127.0.0.1", 0, take)
        receiver.start()
        with connected(receiver) as one:
            one.send(b"bad")
            while not taken:
                one.send(b"good")
                await asyncio.sleep(0.005)
        await receiver.stop()

    play(scene)


def test_without_room_datagrams_wait_in_the_kernel_which_counts_what_it_drops(play: Callable[[Scene], None]) -> None:
    taken: list[bytes] = []
    room = False

    async def scene() -> None:
        nonlocal room
        receiver = DatagramReceiver("127.0.0.1", 0, taken.extend, lambda: room)
        receiver._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        receiver.start()
        with connected(receiver) as one:
            for _ in range(200):
                one.send(b"x" * 1000)
        await asyncio.sleep(0.05)
        assert taken == []
        dropped = receiver.kernel_drops()
        assert dropped > 0
        room = True
        await until(lambda: len(taken) + dropped == 200)
        await receiver.stop()
        assert receiver.kernel_drops() == dropped, "also once the socket is closed"

    play(scene)


def test_it_stops_although_there_is_never_any_room(play: Callable[[Scene], None]) -> None:
    async def scene() -> None:
        receiver = DatagramReceiver("127.0.0.1", 0, lambda datagrams: None, lambda: False)
        receiver.start()
        with connected(receiver) as one:
            one.send(b"x")
            await receiver.stop()

    play(scene)


def test_an_address_that_is_taken_is_an_error() -> None:
    receiver = DatagramReceiver("127.0.0.1", 0, lambda datagrams: None)
    with pytest.raises(OSError, match="in use"):
        DatagramReceiver("127.0.0.1", receiver.port, lambda datagrams: None)
    receiver.close()
    DatagramReceiver("127.0.0.1", receiver.port, lambda datagrams: None).close()
