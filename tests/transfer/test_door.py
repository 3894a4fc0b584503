"""The way into a server: what is sent again, what is told, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from radiograph.transfer.door import Door, NotTaken, Unanswered
from tests.transfer.sink import Said, Sink, running


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as made:
        yield made


class Waits:
    """Pauses that take no time."""

    def __init__(self, stop_after: int = 1000) -> None:
        self.asked_s: list[float] = []
        self._stop_after = stop_after

    def __call__(self, seconds: float) -> bool:
        self.asked_s.append(seconds)
        return len(self.asked_s) >= self._stop_after


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_a_server_has_no_room_for_is_sent_again(sink: Sink, status: int) -> None:
    sink.next["/TraceSegments"].extend([Said(status), Said(status)])
    waits = Waits()
    assert Door(sink.url, waits).put(["{}"]) == []
    assert sink.documents == ["{}"]
    assert waits.asked_s == [0.25, 0.5]


def test_a_server_that_says_when_is_believed_within_reason(sink: Sink) -> None:
    for asked in ("2", "7200", "soon", "-1"):
        sink.next["/TraceSegments"].append(Said(429, headers={"Retry-After": asked}))
    waits = Waits()
    Door(sink.url, waits).put(["{}"])
    assert waits.asked_s == [2.0, 30.0, 1.0, 2.0]


def test_a_refusal_is_told_with_its_status_and_its_sentence(sink: Sink) -> None:
    sink.next["/TraceSegments"].append(Said(400, b'{"message":"what you sent"}'))
    waits = Waits()
    with pytest.raises(NotTaken, match="/TraceSegments answered 400: what you sent") as told:
        Door(sink.url, waits).put(["{}"])
    assert told.value.status == 400
    assert waits.asked_s == []


def test_a_server_that_says_later_for_too_long_is_given_up(sink: Sink) -> None:
    sink.next["/TraceSegments"].extend([Said(503, b'{"message":"the disk is full"}')] * 100)
    waits = Waits()
    with pytest.raises(Unanswered, match="answered 503: the disk is full"):
        Door(sink.url, waits).put(["{}"])
    assert 30 < sum(waits.asked_s) < 120


def test_whoever_asks_to_stop_while_waiting_is_heard(sink: Sink) -> None:
    sink.next["/TraceSegments"].extend([Said(503)] * 100)
    with pytest.raises(Unanswered):
        Door(sink.url, Waits(stop_after=2)).put(["{}"])
    assert len(sink.next["/TraceSegments"]) == 98


def test_a_server_that_was_never_there_is_told_at_once() -> None:
    with running() as gone:
        pass
    waits = Waits()
    with pytest.raises(Unanswered, match="is not answering"):
        Door(gone.url, waits).put(["{}"])
    assert waits.asked_s == []


def test_a_server_that_goes_away_is_waited_for(sink: Sink) -> None:
    waits = Waits()
    door = Door(sink.url, waits)
    sink.next["/TraceSegments"].append(Said(200, b"{}", {"Connection": "close"}))
    door.put(["1"])
    sink.http.shutdown()
    sink.http.server_close()
    with pytest.raises(Unanswered, match="is not answering"):
        door.put(["2"])
    assert len(waits.asked_s) > 10


@pytest.mark.parametrize("endpoint", ["", "127.0.0.1:2000", "ftp://x", "http://"])
def test_what_is_no_address_is_told_what_is_one(endpoint: str) -> None:
    with pytest.raises(ValueError, match="is not a URL such as"):
        Door(endpoint, Waits())


def test_an_answer_that_is_none_of_ours_is_told(sink: Sink) -> None:
    sink.next["/TraceSegments"].append(Said(200, b"<html>"))
    with pytest.raises(Unanswered, match="not as a Radiograph server does"):
        Door(sink.url, Waits()).put(["{}"])
