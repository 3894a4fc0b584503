"""The edge: whatever fails behind it, the caller gets a whole and well-formed answer, and the failure is counted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from radiograph.api.auditor import Auditor
from radiograph.api.gate import OpenGate
from radiograph.api.http import Api, Health
from radiograph.api.replays import Replays
from radiograph.auth.caller import local_administrator
from radiograph.errors import ServiceUnavailable
from radiograph.telemetry import Counters
from tests.audit.trails import ACCOUNT, Trails


class Edge:
    """An Api whose parts fail as told."""

    def __init__(self, failure: Exception, auditor: Auditor) -> None:
        self.counters = Counters()

        async def fail(*_: object) -> Any:
            raise failure

        health = Health(fail, fail)
        gate = OpenGate("0" * 12)
        self.api = Api(
            gate,
            "eu-west-1",
            lambda: 0.0,
            None,
            fail,
            health,
            {},
            fail,
            None,
            self.counters,
            1 << 20,
            any_host=False,
            replays=Replays(600),
            auditor=auditor,  # type: ignore[arg-type]
            account="0" * 12,
        )

    def ask(self, method: str, path: str, host: str = "localhost:2000") -> tuple[int, dict[str, str], dict[str, Any]]:
        sent: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": b"{}"}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": [(b"host", host.encode())]}
        asyncio.run(self.api(scope, receive, send))
        start, body = sent
        headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return start["status"], headers, json.loads(body["body"])


@pytest.fixture
def auditor(tmp_path: Path) -> Iterator[Auditor]:
    trails = Trails(tmp_path)
    yield Auditor(trails.open(), ACCOUNT, "eu-west-1", lambda: 0.0, lambda _: None, local_administrator)
    trails.close()


@pytest.mark.parametrize("path", ["/", "/readyz", "/counters"])
def test_a_get_that_fails_is_answered_and_counted(auditor: Auditor, path: str) -> None:
    edge = Edge(ZeroDivisionError("secret"), auditor)
    status, headers, body = edge.ask("GET", path)
    assert (status, headers["x-amzn-errortype"]) == (500, "InternalFailure")
    assert headers["x-amzn-requestid"] in body["message"]
    assert "secret" not in json.dumps(body)
    assert edge.counters.get("http.failed") == 1


def test_an_answer_that_is_an_error_is_no_failure_of_ours(auditor: Auditor) -> None:
    edge = Edge(ServiceUnavailable("the store is being opened"), auditor)
    status, _, body = edge.ask("POST", "/ServiceGraph")
    assert (status, body["message"]) == (503, "the store is being opened")
    assert edge.counters.get("http.failed") == 0


@pytest.mark.parametrize(("method", "path"), [("GET", "/counters"), ("POST", "/ServiceGraph")])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:2000", ""])
def test_a_name_that_is_not_ours_is_refused(auditor: Auditor, method: str, path: str, host: str) -> None:
    status, _, body = Edge(ZeroDivisionError(), auditor).ask(method, path, host)
    assert (status, body["__type"]) == (403, "AccessDeniedException")
