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
from typing import Any

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
    rest, _ = process.communicate(timeout=120)
    assert parts[0].startswith("Radiograph ")
    assert parts[0].endswith(" s")
    assert parts[1].startswith("http://127.0.0.1:")
    assert parts[2].startswith("udp 127.0.0.1:")
    assert parts[3].startswith("otlp grpc 127.0.0.1:")
    assert parts[4] == f"data {tmp_path / 'data'}"
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


def test_every_address_of_the_loopback_is_answered_under_its_own_name(start_server: Start) -> None:
    server = start_server("--host", "127.0.0.2")
    assert server.url.startswith("http://127.0.0.2:")
    assert put(server.url, segment("two")).status == 200


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

    eventually(answers, 60)
    process.terminate()
    _, said = process.communicate(timeout=120)
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
    assert begun.wait(60)
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


def test_a_taken_udp_port_is_told_apart_from_a_taken_tcp_port(server: RunningServer, failing_serve: Failing) -> None:
    code, said = failing_serve("--port", "0", "--udp-port", str(server.udp_port))
    assert code != 0
    assert f"UDP port {server.udp_port}" in said
    assert "--udp-port" in said


def test_documents_are_accepted_while_the_store_is_still_opening(start_server: Start, tmp_path: Path) -> None:
    def start_and_post(data: Path) -> tuple[str, dict[str, Any], int]:
        """Give the server's address, a document it took before it was ready, and what it said to /readyz then."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        url, sent = f"http://127.0.0.1:{port}", segment("early")
        thread = threading.Thread(target=lambda: start_server("--port", str(port), data=data))
        thread.start()

        def early() -> tuple[int, int] | None:
            try:
                return put(url, sent).status, ask(url, "/readyz", method="GET").status
            except OSError:
                return None

        status, ready = eventually(early, 60)  # type: ignore[misc]
        assert status == 200
        thread.join()
        return url, sent, ready

    # On a busy machine the store can be open before the question is asked: then another start has to tell.
    tries = (start_and_post(tmp_path / f"data-{number}") for number in range(10))
    url, sent, _ = next(told for told in tries if told[2] == 503)
    eventually(lambda: segments_of(url, sent["trace_id"]) == [sent])
