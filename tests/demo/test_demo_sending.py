"""Sending the shop's traces: live by a fake clock, and the past to a server that can say "later"."""

from __future__ import annotations

import json
import random
import socket
import threading
import time as real_time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile

import pytest

from radiograph.demo import HistoryRefused, Scenario, arrivals, fill_history, run, trace, udp_sender
from radiograph.demo.history import batches, past
from radiograph.demo.timing import wave

START_S = 1_790_000_000.0
HEADER = b'{"format":"json","version":1}\n'


class Time:
    """A clock that a pause moves; it asks to stop at ``until_s``."""

    def __init__(self, until_s: float = float("inf")) -> None:
        self.now_s = START_S
        self.until_s = until_s

    def clock(self) -> float:
        return self.now_s

    def wait(self, pause_s: float) -> bool:
        self.now_s += pause_s
        return self.now_s >= self.until_s


def test_live_datagrams_are_the_header_and_one_document() -> None:
    time, sent = Time(), list[bytes]()
    told = run(sent.append, clock=time.clock, wait=time.wait, scenario=Scenario.HEALTHY, seed=1, duration_s=10)
    assert told.documents == len(sent) > 50
    for datagram in sent:
        assert datagram.startswith(HEADER)
        assert "trace_id" in json.loads(datagram[len(HEADER) :])


def test_a_document_is_sent_when_its_service_has_finished_and_not_before() -> None:
    time, late_s = Time(), list[float]()

    def send(datagram: bytes) -> None:
        document = json.loads(datagram[len(HEADER) :])
        late_s.append(time.now_s - document.get("end_time", document["start_time"]))

    run(send, clock=time.clock, wait=time.wait, scenario=Scenario.HEALTHY, seed=1, duration_s=10)
    assert all(0 <= late < 0.1 for late in late_s)


def test_the_same_seed_and_start_send_the_same_datagrams() -> None:
    def once() -> list[bytes]:
        time, sent = Time(), list[bytes]()
        run(sent.append, clock=time.clock, wait=time.wait, scenario=Scenario.THROTTLED, seed=9, duration_s=5)
        return sent

    assert once() == once()


def test_a_stop_leaves_no_trace_in_progress() -> None:
    time, sent = Time(until_s=START_S + 3), list[bytes]()
    run(sent.append, clock=time.clock, wait=time.wait, scenario=Scenario.HEALTHY, seed=3, rate_per_s=40)
    documents = [json.loads(datagram[len(HEADER) :]) for datagram in sent]
    announced = {document["id"] for document in documents if document.get("in_progress")}
    assert announced
    assert announced <= {document["id"] for document in documents if "end_time" in document}


def test_a_machine_that_slept_does_not_send_what_it_missed() -> None:
    time, sent = Time(), list[bytes]()
    naps = iter([3600.0])

    def wait(pause_s: float) -> bool:
        return time.wait(pause_s + next(naps, 0.0))

    run(sent.append, clock=time.clock, wait=wait, scenario=Scenario.HEALTHY, seed=1, duration_s=3605)
    assert len(sent) < 500


def test_rates_follow_the_wave_of_a_day_and_keep_their_average() -> None:
    starts = arrivals(random.Random(1), START_S, rate_per_s=0.5)
    day = list(takewhile(lambda at_s: at_s < START_S + 86_400, starts))
    assert len(day) == pytest.approx(43_200, rel=0.05)


def test_evenings_are_busier_than_nights() -> None:
    midnight_s = START_S - START_S % 86_400
    assert wave(midnight_s + 19 * 3600) == pytest.approx(1.0)
    assert wave(midnight_s + 7 * 3600) == pytest.approx(0.3)


def test_udp_carries_the_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(60)
        with udp_sender("127.0.0.1", listener.getsockname()[1]) as send:
            send(b"hello")
        assert listener.recv(100) == b"hello"


def test_udp_that_nobody_listens_to_is_counted() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with udp_sender("127.0.0.1", port) as send:
        deadline_s = real_time.monotonic() + 60  # the refusal comes back when the kernel gets round to it
        while not send.refused and real_time.monotonic() < deadline_s:
            send(b"hello")
        assert send.refused > 0


def test_trouble_is_confined_to_a_stretch_of_the_past() -> None:
    traces = list(past(random.Random(4), START_S, START_S + 6000, 0.5, Scenario.COLD_START))

    def parts() -> Iterator[float]:
        for emissions in traces:
            if any("Initialization" in json.dumps(e.document) for e in emissions):
                yield (emissions[0].document["start_time"] - START_S) / 6000

    inside = [part for part in parts() if 0.54 < part < 0.73]
    outside = [part for part in parts() if not 0.54 < part < 0.73]
    assert len(inside) > 5 * max(len(outside), 1)


def test_batches_hold_at_most_fifty_documents_and_all_of_them() -> None:
    rng = random.Random(2)
    traces = [trace(rng, START_S, Scenario.N_PLUS_ONE) for _ in range(60)]
    cut = list(batches(iter(traces)))
    assert max(len(batch.documents) for batch in cut) <= 50
    assert sum(len(batch.documents) for batch in cut) == sum(map(len, traces))
    assert sum(batch.traces for batch in cut) == len(traces)


class Server:
    """A server of PutTraceSegments with a script of refusals."""

    def __init__(self) -> None:
        self.documents: list[str] = []
        self.statuses: list[int] = []
        self.connections: set[tuple[str, int]] = set()
        outer, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with lock:
                    outer.connections.add(self.client_address)
                    status = outer.statuses.pop(0) if outer.statuses else 200
                    if status == 200:
                        assert self.path == "/TraceSegments"
                        outer.documents += json.loads(body)["TraceSegmentDocuments"]
                answer = b'{"UnprocessedTraceSegments":[]}' if status == 200 else b'{"Message":"no"}'
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("Retry-After", "7")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join()


def filled(url: str, wait: Callable[[float], bool] = lambda _: False) -> object:
    return fill_history(
        url, until_s=START_S, history_s=600, scenario=Scenario.HEALTHY, seed=5, wait=wait, rate_per_s=0.5
    )


def test_the_past_arrives_whole_over_connections_that_stay_open(server: Server) -> None:
    totals = fill_history(
        server.url, until_s=START_S, history_s=600, scenario=Scenario.HEALTHY, seed=5, wait=lambda _: False
    )
    assert totals.documents == len(server.documents) > 1000
    assert totals.traces > 100
    assert totals.rejected == 0
    assert START_S - 20 < totals.until_s < START_S
    assert len(server.connections) <= 4


def test_a_server_that_says_later_is_asked_again_after_its_retry_after(server: Server) -> None:
    server.statuses = [429, 503]
    pauses = list[float]()

    def wait(pause_s: float) -> bool:
        pauses.append(pause_s)
        return False

    filled(server.url, wait)
    assert pauses.count(7.0) == 2
    ids = [json.loads(document)["id"] for document in server.documents]
    assert len(ids) > 500


def test_a_server_that_refuses_is_quoted(server: Server) -> None:
    server.statuses = [403] * 100
    with pytest.raises(HistoryRefused, match=r'answered 403: {"Message":"no"}'):
        filled(server.url)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(HistoryRefused, match=r"http://127\.0\.0\.1:1 is not answering"):
        filled("http://127.0.0.1:1")
