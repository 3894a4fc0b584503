"""What a server refuses for want of room, and that it takes documents again when there is room."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import ask, put, segment, segments_of

Start = Callable[..., RunningServer]


def test_beyond_the_bound_of_the_journal_callers_get_429_and_when_to_come_back(start_server: Start) -> None:
    server = start_server("--journal-unapplied-bytes", "5000")
    sent = segment("bounded")
    answer = put(server.url, *[segment("bounded", metadata={"default": {"long": "x" * 500}}) for _ in range(20)])
    assert answer.status == 429
    assert answer.body["__type"] == "ThrottledException"
    assert int(answer.headers["retry-after"]) >= 1
    assert "wait for the store" in answer.body["message"]
    assert put(server.url, sent).status == 200
    eventually(lambda: segments_of(server.url, sent["trace_id"]))


def test_a_journal_the_store_has_all_of_does_not_refuse_after_a_restart(start_server: Start) -> None:
    bounds = ("--journal-unapplied-bytes", "100000", "--journal-file-bytes", "50000")
    server = start_server(*bounds)
    for _ in range(10):
        documents = [segment("kept", metadata={"default": {"long": "x" * 2000}}) for _ in range(15)]
        eventually(lambda documents=documents: put(server.url, *documents).status == 200)  # type: ignore[misc]
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert server.stop() == 0
    assert sum(path.stat().st_size for path in (server.data / "journal").iterdir()) > 200_000
    again = start_server(*bounds)
    assert again.counters()["journal.unapplied_bytes"] == 0
    assert put(again.url, segment("kept")).status == 200


def test_a_lost_journal_directory_does_not_hide_what_comes_after(start_server: Start) -> None:
    server = start_server()
    put(server.url, *[segment("before") for _ in range(50)])
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert server.stop() == 0
    for path in (server.data / "journal").iterdir():
        path.unlink()
    again = start_server()
    sent = segment("after")
    assert put(again.url, sent).status == 200
    eventually(lambda: segments_of(again.url, sent["trace_id"]) == [sent])


def test_below_the_mark_of_free_space_callers_get_429_and_questions_are_answered(start_server: Start) -> None:
    server = start_server()
    sent = segment("roomy")
    put(server.url, sent)
    eventually(lambda: segments_of(server.url, sent["trace_id"]))
    assert server.stop() == 0
    full = start_server("--min-free-bytes", str(1 << 60))
    answer = put(full.url, segment("refused"))
    assert answer.status == 429
    assert "make room" in answer.body["message"]
    assert segments_of(full.url, sent["trace_id"]) == [sent]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 192 MiB, when we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", str(place)], capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, leave_bytes: int) -> Path:
    filler = disk / "filler"
    with filler.open("wb") as file:
        space = os.statvfs(disk)
        os.posix_fallocate(file.fileno(), 0, space.f_bavail * space.f_frsize - leave_bytes)
    return filler


def test_on_a_full_disk_documents_are_refused_questions_answered_and_nothing_acknowledged_is_lost(
    start_server: Start, small_disk: Path
) -> None:
    options = ("--min-free-bytes", "0", "--journal-file-bytes", str(1 << 20))
    server = start_server(*options, data=small_disk / "data")
    acknowledged: list[str] = []

    def post() -> tuple[int, str]:
        sent = [segment("full", metadata={"default": {"long": os.urandom(500).hex()}}) for _ in range(50)]
        answer = put(server.url, *sent)
        if answer.status == 200:
            acknowledged.extend(one["trace_id"] for one in sent)
        return answer.status, answer.body.get("message", "")

    for _ in range(10):
        assert post()[0] == 200
    eventually(lambda: server.counters()["applier.behind"] == 0)
    filler = fill(small_disk, 200_000)
    refused = eventually(lambda: answer if (answer := post())[0] != 200 else None, 60)
    assert refused[0] in (429, 503)  # type: ignore[index]
    assert "No space left" in refused[1] or "bytes" in refused[1]  # type: ignore[index]
    assert len(segments_of(server.url, *acknowledged[:50])) == 50
    assert ask(server.url, "/healthz", method="GET").status == 200

    eventually(lambda: tried_to_store(server.counters()))
    filler.unlink()
    eventually(lambda: post()[0] == 200, 60)
    eventually(lambda: server.counters()["applier.behind"] == 0, 60)
    assert missing(server, acknowledged) == set()
    eventually(lambda: counted(server) == len(acknowledged))
    assert server.stop() == 0
    assert missing(start_server(*options, data=server.data), acknowledged) == set()


def counted(server: RunningServer) -> int:
    window = {"StartTime": time.time() - 300, "EndTime": time.time() + 60}
    services = ask(server.url, "/ServiceGraph", window).body["Services"]
    return sum(one["SummaryStatistics"]["TotalCount"] for one in services if "SummaryStatistics" in one)


def tried_to_store(counters: dict[str, int]) -> bool:
    return counters["applier.behind"] == 0 or counters.get("applier.failed_writes", 0) > 0


def missing(server: RunningServer, acknowledged: list[str]) -> set[str]:
    pages = (acknowledged[first : first + 100] for first in range(0, len(acknowledged), 100))
    return set(acknowledged) - {one["trace_id"] for page in pages for one in segments_of(server.url, *page)}
