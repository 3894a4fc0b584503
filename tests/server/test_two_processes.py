"""The store has a process of its own: whatever becomes of it, documents are taken; it never outlives the server."""

from __future__ import annotations

import os
import signal
import threading
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.asking import ask, sent
from tests.conftest import RunningServer, eventually

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")


def store_process(server: RunningServer) -> int:
    """Give the pid of the process with the store; 0 while there is none."""
    tasks = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    return next((int(pid) for task in tasks for pid in task.read_text().split()), 0)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def is_ready(server: RunningServer) -> bool:
    try:
        return server.get("/readyz")["status"] == "ready"
    except (urllib.error.HTTPError, urllib.error.URLError):
        return False


def known(server: RunningServer, ids: list[str]) -> int:
    return len(ask(server, "/Traces", TraceIds=ids)["Traces"])


def test_documents_are_taken_while_the_store_s_process_is_away_and_found_when_it_is_back(
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server()
    now = time.time() - 60
    before = sent(server, now, count=3)
    pid = store_process(server)
    os.kill(pid, signal.SIGKILL)
    documents = [
        f'{{"trace_id":"1-{int(now):08x}-{n:024x}","id":"{"b" * 16}","name":"api","start_time":{now},"end_time":{now}}}'
        for n in range(10)
    ]
    answer = ask(server, "/TraceSegments", TraceSegmentDocuments=documents)
    assert answer["UnprocessedTraceSegments"] == []
    eventually(lambda: is_ready(server) and server.counters()["applier.behind"] == 0)
    assert store_process(server) not in (0, pid)
    assert server.counters()["store.restarts"] == 1
    assert known(server, before) == 3
    assert known(server, [f"1-{int(now):08x}-{n:024x}" for n in range(10)]) == 10


def test_a_question_that_the_dying_process_leaves_open_is_answered_with_an_error_not_with_silence(
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server()
    os.kill(store_process(server), signal.SIGSTOP)
    pid = store_process(server)
    codes: list[int] = []

    def asking() -> None:
        try:
            server.get("/readyz")
            codes.append(200)
        except urllib.error.HTTPError as error:
            codes.append(error.code)

    thread = threading.Thread(target=asking)
    thread.start()
    time.sleep(0.3)
    os.kill(pid, signal.SIGKILL)
    thread.join(60)
    assert codes == [503]
    eventually(lambda: is_ready(server))


def test_the_store_s_process_ends_with_a_killed_server_and_the_next_one_starts_at_once(
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server()
    ids = sent(server, time.time() - 60, count=2)
    pid = store_process(server)
    server.process.kill()
    server.process.wait(60)
    again = start_server(data=server.data)
    assert is_gone(pid)
    assert known(again, ids) == 2


def test_a_stopped_server_leaves_no_process_behind(start_server: Callable[..., RunningServer]) -> None:
    server = start_server()
    pid = store_process(server)
    assert server.stop() == 0
    eventually(lambda: is_gone(pid))
