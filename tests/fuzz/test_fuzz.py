"""Two thousand requests of the fuzzer, and the fuzzer itself."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.fuzz.requests import Request, Requests
from tests.fuzz.verdict import complaint
from tests.model.constraints import XRAY

NOW_S = 1_700_000_000.0


def fuzz(*arguments: str) -> str:
    """Run the command, in a process of its own because the engine allows one store a process; give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-5_000:]
    return done.stdout


def test_two_thousand_requests_are_answered() -> None:
    seed = os.environ.get("FUZZ_SEED", str(random.randrange(2**32)))
    told = fuzz("--requests", "2000", "--seed", seed, "--seconds", "55")
    assert f"0 failures, seed {seed}" in told


def test_a_running_server_answers_too(start_server: Callable[..., RunningServer]) -> None:
    server = start_server()
    assert "200 requests in" in fuzz("--requests", "200", "--seed", "5", "--url", server.url)


# The fuzzer


def test_the_same_seed_makes_the_same_requests() -> None:
    first, second = Requests(7, NOW_S), Requests(7, NOW_S)
    made = [first.next() for _ in range(300)]
    assert made == [second.next() for _ in range(300)]
    assert made != [Requests(8, NOW_S).next() for _ in range(300)]


def test_every_operation_is_asked_and_most_requests_are_json() -> None:
    requests = Requests(7, NOW_S)
    made = [requests.next() for _ in range(2_000)]
    assert {one.operation for one in made} - {None} == set(XRAY.operation_names)
    assert 0.6 < sum(_is_json(one.body) for one in made) / len(made) < 0.99


def test_what_a_server_gave_is_sent_back() -> None:
    requests = Requests(7, NOW_S)
    requests.learn({"RetrievalToken": "a-token"})
    assert any(b'"RetrievalToken": "a-token"' in requests.next().body for _ in range(300))


JSON = {"content-type": "application/json", "x-amzn-requestid": "r"}
REFUSED = {"__type": "InvalidRequestException", "message": "m", "Message": "m"}


@pytest.mark.parametrize(
    ("status", "headers", "body", "wrong"),
    [
        (200, JSON, {"Groups": []}, None),
        (200, {}, {"Groups": []}, "Content-Type"),
        (200, JSON, {"Groups": 5}, "botocore"),
        (200, JSON, [], "no object"),
        (400, JSON | {"x-amzn-errortype": "InvalidRequestException"}, REFUSED, None),
        (400, JSON, REFUSED, "x-amzn-ErrorType"),
        (400, JSON | {"x-amzn-errortype": "InvalidRequestException"}, {"message": "m"}, "__type"),
        (400, JSON | {"x-amzn-errortype": "Own"}, REFUSED | {"__type": "Own"}, "no error of GetGroups"),
        (500, JSON | {"x-amzn-errortype": "InternalFailure"}, REFUSED | {"__type": "InternalFailure"}, "status is 500"),
    ],
)
def test_an_answer_that_is_none_is_told(status: int, headers: dict[str, str], body: Any, wrong: str | None) -> None:
    found = complaint(Request("/Groups", b"{}", operation="GetGroups"), status, headers, json.dumps(body).encode())
    assert found is None if wrong is None else wrong in (found or "")


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True
