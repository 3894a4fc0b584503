"""The room where retrievals run: how many, how long, and what becomes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from radiograph.api.retrievals import RetrievalLimits, Retrievals
from radiograph.errors import ServiceUnavailable, Throttled
from radiograph.telemetry import Counters
from tests.api.desk import ACCOUNT, NOW
from tests.conftest import eventually


def find_all(ids: Sequence[str]) -> list[str]:
    return list(ids)


@pytest.fixture
def room() -> Iterator[Callable[..., Retrievals]]:
    made: list[Retrievals] = []

    def make(**limits: Any) -> Retrievals:
        made.append(Retrievals(lambda: NOW, Counters(), RetrievalLimits(**limits)))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def status(retrievals: Retrievals, token: str, account: str = ACCOUNT) -> str | None:
    retrieval = retrievals.get(account, token)
    return retrieval.status if retrieval is not None else None


def test_more_than_may_wait_is_throttled_until_some_ended(room: Callable[..., Retrievals]) -> None:
    retrievals, gate = room(at_once=1, waiting=2), threading.Event()

    def find(ids: Sequence[str]) -> list[str]:
        gate.wait(10)
        return []

    tokens = [retrievals.start(ACCOUNT, ["a"], find) for _ in range(3)]
    with pytest.raises(Throttled):
        retrievals.start(ACCOUNT, ["a"], find)
    gate.set()
    eventually(lambda: all(status(retrievals, token) == "COMPLETE" for token in tokens))
    eventually(lambda: retrievals.start(ACCOUNT, [], find_all))


def test_what_was_asked_for_first_is_forgotten_first(room: Callable[..., Retrievals]) -> None:
    retrievals = room(keep=3)
    tokens = []
    for _ in range(5):
        tokens.append(retrievals.start(ACCOUNT, ["a"], find_all))
        eventually(lambda: status(retrievals, tokens[-1]) == "COMPLETE")
    assert [status(retrievals, token) for token in tokens] == [None, None, *["COMPLETE"] * 3]


def test_a_store_that_is_away_is_asked_again(room: Callable[..., Retrievals]) -> None:
    retrievals, failures = room(again_s=0.001), iter([True, True, False, True, False])

    def find(ids: Sequence[str]) -> list[str]:
        if next(failures):
            raise ServiceUnavailable("the store is being opened")
        return list(ids)

    ids = [str(n) for n in range(15)]
    token = retrievals.start(ACCOUNT, ids, find)
    eventually(lambda: status(retrievals, token) == "COMPLETE")
    retrieval = retrievals.get(ACCOUNT, token)
    assert retrieval is not None
    assert retrieval.trace_ids == tuple(ids)


def test_a_retrieval_is_its_account_s(room: Callable[..., Retrievals]) -> None:
    retrievals = room()
    token = retrievals.start(ACCOUNT, [], find_all)
    assert status(retrievals, token, "999999999999") is None
    assert not retrievals.cancel("999999999999", token)


def test_stopping_does_not_wait_for_what_has_not_begun(room: Callable[..., Retrievals]) -> None:
    retrievals = room(at_once=1, again_s=60.0)

    def find(ids: Sequence[str]) -> list[str]:
        raise ServiceUnavailable("away")

    tokens = [retrievals.start(ACCOUNT, ["a"], find) for _ in range(3)]
    retrievals.stop()
    assert {status(retrievals, token) for token in tokens} <= {"RUNNING", "SCHEDULED"}
