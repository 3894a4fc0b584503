"""Datagrams come off the socket in order and whole, the last of them when it stops."""

from __future__ import annotations

import socket
import threading

import pytest

from radiograph.daemon.relay.receiver import DatagramReceiver
from tests.conftest import eventually


def test_all_that_is_sent_is_taken_in_order_also_what_came_just_before_the_stop() -> None:
    taken: list[bytes] = []
    receiver = DatagramReceiver("127.0.0.1", 0, taken.extend)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((receiver.host, receiver.port))
        for n in range(50):
            one.send(b"%d" % n)
        receiver.start()
        eventually(lambda: len(taken) == 50)
        one.send(b"x" * 65_507)
        for n in range(51, 100):
            one.send(b"%d" % n)
        receiver.stop()
    assert [len(one) if len(one) > 9 else int(one) for one in taken] == [*range(50), 65_507, *range(51, 100)]
    assert receiver.kernel_drops() == 0


def test_a_fault_over_one_turn_does_not_end_receiving() -> None:
    taken: list[bytes] = []

    def take(datagrams: list[bytes]) -> None:
        if b"bad" in datagrams:
            raise RuntimeError("it broke")
        taken.extend(datagrams)

    receiver = DatagramReceiver("127.0.0.1", 0, take)
    receiver.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((receiver.host, receiver.port))
        one.send(b"bad")
        one.send(b"good")

        def again() -> bool:
            one.send(b"good")
            return bool(taken)

        eventually(again)
    receiver.stop()


def test_what_the_kernel_drops_is_counted() -> None:
    held, taken = threading.Event(), list[bytes]()

    def take(datagrams: list[bytes]) -> None:
        held.wait(20)
        taken.extend(datagrams)

    receiver = DatagramReceiver("127.0.0.1", 0, take)
    receiver._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    receiver.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((receiver.host, receiver.port))
        for _ in range(200):
            one.send(b"x" * 1000)
    dropped = receiver.kernel_drops()
    held.set()
    receiver.stop()
    assert dropped > 0
    assert receiver.kernel_drops() + len(taken) == 200, "also once the socket is closed"


def test_an_address_that_is_taken_is_an_error() -> None:
    receiver = DatagramReceiver("127.0.0.1", 0, lambda datagrams: None)
    with pytest.raises(OSError, match="in use"):
        DatagramReceiver("127.0.0.1", receiver.port, lambda datagrams: None)
    receiver.stop()
    receiver.stop()
    DatagramReceiver("127.0.0.1", receiver.port, lambda datagrams: None).stop()
