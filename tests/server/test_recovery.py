"""Whatever becomes of the store or the mark, the next start has everything that the journal holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import ask, put, segment, segments_of

Start = Callable[..., RunningServer]


def no_store(data: Path) -> None:
    shutil.rmtree(data / "store")


def empty_metadata(data: Path) -> None:
    for path in (data / "store").rglob("*.sql"):
        path.write_text("")


def no_mark(data: Path) -> None:
    (data / "applied").unlink()


def torn_mark(data: Path) -> None:
    (data / "applied").write_bytes(b"\xff" * 7)


@pytest.mark.parametrize("damage", [no_store, empty_metadata, no_mark, torn_mark])
def test_after_damage_everything_is_there_once(start_server: Start, damage: Callable[[Path], Any]) -> None:
    server = start_server()
    sent = [segment("recovered") for _ in range(300)]
    for first in range(0, 300, 50):
        assert put(server.url, *sent[first : first + 50]).status == 200
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert server.stop() == 0
    damage(server.data)

    again = start_server()
    late = segment("recovered")
    assert put(again.url, late).status == 200
    eventually(lambda: again.counters()["applier.behind"] == 0, 60)
    for first in range(0, 300, 100):
        wanted = sorted(one["trace_id"] for one in sent[first : first + 100])
        assert sorted(one["trace_id"] for one in segments_of(again.url, *wanted)) == wanted
    window = {"StartTime": sent[0]["start_time"] - 60, "EndTime": late["end_time"] + 60}

    def counted() -> int:
        services = ask(again.url, "/ServiceGraph", window).body["Services"]
        return sum(
            one["SummaryStatistics"]["TotalCount"]
            for one in services
            if one["Name"] == "recovered" and "SummaryStatistics" in one
        )

    eventually(lambda: counted() == 301)


def test_a_store_that_cannot_be_opened_is_kept_aside(start_server: Start) -> None:
    server = start_server()
    put(server.url, segment("aside"))
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert server.stop() == 0
    empty_metadata(server.data)
    start_server()
    assert (server.data / "store.broken-0").is_dir()
    assert "beginning anew from the journal" in server.log.read_text()
