"""UDP: everything sent is stored, or counted under the reason why not."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import ask, segment, segments_of, trace_id

Start = Callable[..., RunningServer]
HEADER = b'{"format":"json","version":1}\n'


@contextmanager
def socket_to(server: RunningServer) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((server.host, server.udp_port))
        yield one


def family(counters: dict[str, int], *prefixes: str) -> int:
    return sum(value for name, value in counters.items() if name.startswith(prefixes))


def balance(server: RunningServer) -> tuple[int, int]:
    """Give what was received, and what became of it."""
    counters = server.counters()
    kernel = counters["udp.dropped.kernel"]
    return counters.get("udp.received", 0), family(counters, "udp.accepted", "udp.rejected.", "udp.dropped.") - kernel


def test_everything_received_is_accepted_rejected_or_dropped(start_server: Start) -> None:
    server = start_server()
    rng = random.Random(5)
    kinds = [
        lambda: HEADER + json.dumps(segment("udp")).encode(),
        lambda: HEADER + json.dumps(segment("udp", id=None)).encode(),
        lambda: HEADER + b"{",
        lambda: HEADER,
        lambda: b"",
        lambda: b'{"format":"xml","version":1}\n{}',
        lambda: HEADER + rng.randbytes(30),
        lambda: HEADER + b'"' + b"x" * 65_000 + b'"',
    ]
    sent = 0
    with socket_to(server) as one:
        for _ in range(50):
            for make in kinds:
                one.send(make())
                sent += 1
    eventually(lambda: balance(server) == (sent, sent))
    counters = server.counters()
    assert counters["udp.accepted"] == 50
    assert counters["udp.rejected.MissingId"] == 50
    assert counters["udp.rejected.ParseError"] == 150
    assert counters["udp.dropped.incomplete"] == 100
    assert counters["udp.dropped.header"] == 50


def test_the_largest_document_a_datagram_holds_is_taken(server: RunningServer) -> None:
    sent = segment("udp-large", metadata={"default": {"long": ""}})
    spare = 65_507 - len(HEADER) - len(json.dumps(sent))
    sent["metadata"]["default"]["long"] = "x" * spare
    with socket_to(server) as one:
        assert one.send(HEADER + json.dumps(sent).encode()) == 65_507
    eventually(lambda: segments_of(server.url, sent["trace_id"]) == [sent])


def test_documents_beyond_the_bound_of_the_journal_are_counted_as_overload(start_server: Start) -> None:
    server = start_server("--min-free-bytes", str(1 << 60))
    with socket_to(server) as one:
        for _ in range(20):
            one.send(HEADER + json.dumps(segment("udp-full")).encode())
    eventually(lambda: server.counters().get("udp.dropped.overload", 0) == 20)
    assert balance(server) == (20, 20)


def at_full_pace(server: RunningServer) -> None:
    pass


def while_it_stands_still(server: RunningServer) -> None:
    os.kill(server.process.pid, signal.SIGSTOP)


@pytest.mark.parametrize("pace", [at_full_pace, while_it_stands_still])
def test_of_20_000_datagrams_each_is_stored_or_counted_as_dropped(
    start_server: Start, pace: Callable[[RunningServer], None]
) -> None:
    server = start_server()
    count = 20_000
    shared = [trace_id() for _ in range(100)]
    padding = {"default": {"long": "x" * 4000}}  # more in all than the kernel holds
    payloads = [
        HEADER
        + json.dumps(segment("udp-fast", trace_id=shared[n % 100], id=f"{n + 1:016x}", metadata=padding)).encode()
        for n in range(count)
    ]
    pace(server)
    with socket_to(server) as one:
        for payload in payloads:
            one.send(payload)
    os.kill(server.process.pid, signal.SIGCONT)

    def accounted() -> int:
        return family(server.counters(), "udp.accepted", "udp.rejected.", "udp.dropped.")

    eventually(lambda: accounted() == count)
    counters = server.counters()
    dropped = family(counters, "udp.dropped.")
    eventually(lambda: server.counters()["applier.behind"] == 0)
    stored = 0
    for first in range(0, 100, 10):
        answer = ask(server.url, "/Traces", {"TraceIds": shared[first : first + 10]})
        stored += sum(len(trace["Segments"]) for trace in answer.body["Traces"])
    print(f"{count} datagrams: {stored} stored, {dropped} dropped ({counters['udp.dropped.kernel']} by the kernel)")
    assert stored + dropped == count
    assert stored == counters["udp.accepted"]
    assert pace is at_full_pace or counters["udp.dropped.kernel"] > 0
