"""The one door: taken and durable, or rejected with a code; each counted under the way it came."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radiograph.errors import ApiError, Throttled
from radiograph.ingest import Door
from radiograph.journal import Journal, JournalLimits, JournalReader
from radiograph.segments.decode import Limits
from radiograph.telemetry import Counters

from .conftest import ACCOUNT, NOW_S, Room


def document(number: int, **members: Any) -> str:
    made = {
        "trace_id": f"1-{int(NOW_S):08x}-{number:024x}",
        "id": f"{number:016x}",
        "name": "shop",
        "start_time": NOW_S,
        "end_time": NOW_S + 0.1,
    }
    return json.dumps({key: value for key, value in (made | members).items() if value is not None})


class Told:
    """What ``durable`` was told, and when."""

    def __init__(self) -> None:
        self.event, self.failures = threading.Event(), list[ApiError | None]()

    def __call__(self, failure: ApiError | None) -> None:
        self.failures.append(failure)
        self.event.set()


def door(room: Room) -> Door:
    return Door(room.journal, lambda: NOW_S, Limits(), room.counters)


def test_good_documents_are_durable_once_told_and_counted_by_way(room: Room) -> None:
    told = Told()
    assert door(room).accept(ACCOUNT, "api", [document(1), document(2)], told) == []
    assert told.event.wait(10)
    assert told.failures == [None]
    assert room.journal.durable_sequence == 2
    assert door(room).accept(ACCOUNT, "udp", [document(3).encode()], None) == []
    assert room.counters.get("api.accepted") == 2
    assert room.counters.get("udp.accepted") == 1


def test_each_bad_document_is_rejected_by_itself_and_counted_by_code(room: Room) -> None:
    told = Told()
    rejections = door(room).accept(
        ACCOUNT, "api", [document(1), document(2, id=None), None, "{", document(3, name=None), "[]"], told
    )
    assert [one.code for one in rejections] == ["MissingId", "ParseError", "ParseError", "MissingName", "MissingId"]
    assert told.event.wait(10)
    assert room.journal.durable_sequence == 1
    assert room.counters.get("api.accepted") == 1
    assert room.counters.get("api.rejected.MissingId") == 2
    assert room.counters.get("api.rejected.ParseError") == 2
    assert room.counters.get("api.rejected.MissingName") == 1


def test_when_nothing_is_taken_the_caller_is_told_at_once(room: Room) -> None:
    told = Told()
    door(room).accept(ACCOUNT, "api", ["{"], told)
    assert told.failures == [None]
    assert room.journal.durable_sequence == 0


def test_a_full_journal_takes_nothing_and_counts_nothing_as_accepted(tmp_path: Path) -> None:
    counters = Counters()
    journal = Journal(tmp_path / "journal", JournalLimits(min_free_bytes=1 << 62), counters)
    with pytest.raises(Throttled):
        Door(journal, lambda: NOW_S, Limits(), counters).accept(ACCOUNT, "api", [document(1)], None)
    journal.close()
    assert counters.get("api.accepted") == 0


def test_what_is_stored_is_what_was_sent_to_the_byte(room: Room) -> None:
    sent = [document(n, metadata={"é": ["\u2028", 1e-7, "x" * n]}) for n in range(1, 20)]
    told = Told()
    door(room).accept(ACCOUNT, "api", sent, told)
    assert told.event.wait(10)
    records = JournalReader(room.journal.files, 0, room.counters).read(19, 1000, 1 << 20)
    assert [one.document.decode() for one in records] == sent
    assert {one.account for one in records} == {ACCOUNT}


anything = st.one_of(st.none(), st.text(), st.binary(), st.integers(0, 5).map(document))


@given(st.lists(anything, max_size=10))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_whatever_comes_every_document_is_counted_as_accepted_or_rejected(room: Room, documents: list[Any]) -> None:
    def counted() -> int:
        names = (name for name in room.counters.snapshot() if name.startswith("api."))
        return sum(room.counters.get(name) for name in names)

    before = counted()
    told = Told()
    door(room).accept(ACCOUNT, "api", documents, told)
    assert told.event.wait(10)
    assert counted() - before == len(documents)
