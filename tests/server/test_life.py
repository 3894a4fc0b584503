"""Starting, being well, and stopping."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import ask, put, segment, segments_of

from .conftest import Failing

Start = Callable[..., RunningServer]


def test_the_ready_line_tells_version_seconds_addresses_and_directory(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "radiograph", "serve", "--port", "0", "--udp-port", "0"),
            *("--data", str(tmp_path / "data")),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    parts = process.stdout.readline().strip().split(" · ")
    process.terminate()
    rest, _ = process.communicate(timeout=30)
    assert parts[0].startswith("Radiograph ")
    assert parts[0].endswith(" s")
    assert parts[1].startswith("http://127.0.0.1:")
    assert parts[2].startswith("udp 127.0.0.1:")
    assert parts[3] == f"data {tmp_path / 'data'}"
    assert rest == "", "and nothing else is printed"


def test_port_0_takes_the_same_free_number_for_both_ways_in(server: RunningServer) -> None:
    assert server.port > 0
    assert server.udp_port == server.port


def test_another_udp_port_is_taken_when_the_number_is_not_free(start_server: Start) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        taken.bind(("127.0.0.1", port))
        probe.close()
        server = start_server("--port", str(port))
    assert server.port == port
    assert server.udp_port not in (0, port)


def test_it_answers_on_the_ipv6_loopback_too(start_server: Start) -> None:
    server = start_server("--host", "::1")
    assert server.url.startswith("http://[::1]:")
    sent = segment("six")
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as one:
        one.sendto(b'{"format":"json","version":1}\n' + _text(sent), ("::1", server.udp_port))
    eventually(lambda: segments_of(server.url, sent["trace_id"]))


def _text(document: object) -> bytes:
    return json.dumps(document).encode()


def test_healthz_and_readyz_say_well(server: RunningServer) -> None:
    assert server.get("/healthz") == {"status": "ok"}
    assert server.get("/readyz") == {"status": "ready"}


def test_counters_are_all_numbers(server: RunningServer) -> None:
    put(server.url, segment("counted"))
    counters = server.counters()
    assert counters["api.accepted"] >= 1
    assert counters["journal.sequence"] >= 1
    assert all(type(value) is int for value in counters.values())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_with_0_and_forgets_nothing(start_server: Start, tmp_path: Path, number: int) -> None:
    server = start_server()
    sent = [segment("drained") for _ in range(50)]
    assert put(server.url, *sent).status == 200
    assert server.stop(number) == 0
    again = start_server()
    eventually(lambda: len(segments_of(again.url, *(one["trace_id"] for one in sent))) == 50)


def test_told_to_stop_while_the_store_is_opening_it_ends_with_0(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "radiograph", "serve", "--port", str(port), "--udp-port", "0"),
            *("--data", str(tmp_path / "data")),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )

    def answers() -> bool:
        try:
            return ask(f"http://127.0.0.1:{port}", "/healthz", method="GET").status == 200
        except OSError:
            return False

    eventually(answers, 20)
    process.terminate()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert said == ""


def test_requests_at_hand_are_answered_before_it_ends(start_server: Start) -> None:
    server = start_server()
    acknowledged: list[str] = []
    told: list[int] = []
    begun = threading.Event()

    def write() -> None:
        while True:
            sent = segment("last-words")
            try:
                answer = put(server.url, sent)
            except (OSError, urllib.error.URLError):
                return
            told.append(answer.status)
            if answer.status == 200:
                acknowledged.append(sent["trace_id"])
            begun.set()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    assert server.stop() == 0
    for thread in threads:
        thread.join()
    assert set(told) <= {200, 503}
    again = start_server()
    eventually(lambda: again.counters()["applier.behind"] == 0)
    found = [
        one["trace_id"]
        for n in range(0, len(acknowledged), 100)
        for one in segments_of(again.url, *acknowledged[n : n + 100])
    ]
    assert sorted(found) == sorted(acknowledged)


def test_a_second_server_on_the_same_directory_ends_with_a_sentence_and_the_first_goes_on(
    start_server: Start, failing_serve: Failing
) -> None:
    first = start_server()
    code, said = failing_serve(data=first.data)
    assert code != 0
    assert f"process {first.process.pid}" in said
    assert "--data" in said
    assert put(first.url, segment("first")).status == 200


def test_a_taken_port_ends_it_with_a_sentence(server: RunningServer, failing_serve: Failing) -> None:
    code, said = failing_serve("--port", str(server.port))
    assert code != 0
    assert str(server.port) in said
    assert "in use" in said


def test_documents_are_accepted_while_the_store_is_still_opening(start_server: Start, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    starting: list[RunningServer] = []
    thread = threading.Thread(target=lambda: starting.append(start_server("--port", str(port))))
    thread.start()
    url = f"http://127.0.0.1:{port}"
    sent = segment("early")

    def early() -> tuple[int, int] | None:
        try:
            status = put(url, sent).status
            return status, ask(url, "/readyz", method="GET").status
        except OSError:
            return None

    status, ready = eventually(early, 20)  # type: ignore[misc]
    assert status == 200
    assert ready == 503, "the store was not open yet"
    assert ask(url, "/Traces", {"TraceIds": [sent["trace_id"]]}).status in (200, 503)
    thread.join()
    eventually(lambda: segments_of(url, sent["trace_id"]) == [sent])
