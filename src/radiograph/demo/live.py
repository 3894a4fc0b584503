"""The shop as it happens: traces told at the pace of the clock, each document a datagram to the daemon's port."""

from __future__ import annotations

import heapq
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from radiograph.clock import Clock
from radiograph.demo.scenarios import Scenario
from radiograph.demo.story import Document
from radiograph.demo.telling import arrivals, trace

__all__ = ["Told", "UdpSender", "run", "udp_sender"]

_HEADER = b'{"format":"json","version":1}\n'
_CATCH_UP_S = 30.0
_NEVER = float("inf")
_GRAIN_S = 0.0001
"""What is due this soon is due: a float of today's epoch cannot pause for less."""


@dataclass(slots=True)
class Told:
    """What has been sent so far."""

    traces: int = 0
    documents: int = 0


class UdpSender:
    """Sends datagrams to one address and counts those that nobody was listening for."""

    def __init__(self, port: socket.socket) -> None:
        self._port = port
        self.refused = 0

    def __call__(self, datagram: bytes) -> None:
        """Send one datagram; a refusal (the answer to an earlier one) is counted, not raised."""
        try:
            self._port.send(datagram)
        except ConnectionRefusedError:
            self.refused += 1


@contextmanager
def udp_sender(host: str, port: int) -> Iterator[UdpSender]:
    """Yield a sender of datagrams to ``host:port``.

    Raises:
        OSError: the host has no address.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind, protocol) as opened:
        opened.connect(address)
        yield UdpSender(opened)


def run(
    send: Callable[[bytes], None],
    *,
    clock: Clock,
    wait: Callable[[float], bool],
    scenario: Scenario,
    seed: int,
    rate_per_s: float = 4.0,
    duration_s: float | None = None,
    progress: Callable[[Told], None] | None = None,
) -> Told:
    """Send traces from now on; returns what was sent once stopped, or once ``duration_s`` is over.

    ``wait`` pauses for so many seconds and returns True when it is time to stop: ``threading.Event().wait``.
    What has begun is told to its end at once on a stop, so that no trace is left in progress.
    """
    rng = random.Random(seed)  # noqa: S311 - a seed that repeats is the point
    told = Told()
    begun_s = clock()
    last_s = _NEVER if duration_s is None else begun_s + duration_s
    starts = arrivals(rng, begun_s, rate_per_s)
    start_s = next(starts)
    pending: list[tuple[float, int, Document]] = []
    serial = 0
    stopped = False
    while not stopped:
        now = clock()
        if now - start_s > _CATCH_UP_S:  # the machine slept: no burst for the time it missed
            starts = arrivals(rng, now, rate_per_s)
            start_s = next(starts)
        while start_s <= min(now + _GRAIN_S, last_s):
            for emission in trace(rng, start_s, scenario):
                serial += 1
                heapq.heappush(pending, (emission.at_s, serial, emission.document))
            told.traces += 1
            start_s = next(starts)
        _send_due(send, pending, now + _GRAIN_S, told)
        if progress is not None:
            progress(told)
        due_s = min(start_s if start_s <= last_s else _NEVER, pending[0][0] if pending else _NEVER)
        if due_s == _NEVER:
            return told
        stopped = wait(max(due_s - now, 0.0))
    _send_due(send, pending, _NEVER, told)
    return told


def _send_due(
    send: Callable[[bytes], None], pending: list[tuple[float, int, Document]], until_s: float, told: Told
) -> None:
    while pending and pending[0][0] <= until_s:
        _, _, document = heapq.heappop(pending)
        send(_HEADER + msgspec.json.encode(document))
        told.documents += 1
