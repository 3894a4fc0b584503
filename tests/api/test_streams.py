"""Server-sent events of a running server, as a plain HTTP client reads them."""

from __future__ import annotations

import http.client
import json
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.api.asking import ask, sent
from tests.conftest import RunningServer


@contextmanager
def listening(
    server: RunningServer, path: str, **headers: str
) -> Iterator[tuple[http.client.HTTPResponse, Iterator[tuple[str, Any]]]]:
    """Give the answer, and its events by name and data."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    try:
        yield answer, events(answer)
    finally:
        connection.close()


def events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, Any]]:
    name = ""
    while line := answer.readline().decode().rstrip("\n"):
        kind, _, value = line.partition(": ")
        if kind == "event":
            name = value
        elif kind == "data":
            yield name, json.loads(value)
            answer.readline()
        elif kind in ("id", ""):
            if kind == "id":
                yield "id", value
            answer.readline()


def live(expression: str) -> str:
    return f"/console/api/live?{urllib.parse.urlencode({'filter': expression})}"


def test_a_tail_tells_the_traces_that_come_and_satisfy_its_expression(server: RunningServer) -> None:
    with listening(server, live('service("tailed") { fault }')) as (answer, told):
        assert (answer.status, answer.headers["content-type"]) == (200, "text/event-stream")
        sent(server, time.time() - 5, name="tailed")
        [id_] = sent(server, time.time() - 5, name="tailed", fault=True)
        name, trace = next(told)
        assert (name, trace["Id"], trace["HasFault"]) == ("trace", id_, True)
        assert trace["EntryPoint"]["Name"] == "tailed"
        name, cursor = next(told)
        assert name == "id"
    [later] = sent(server, time.time() - 5, name="tailed", fault=True)
    with listening(server, live('service("tailed") { fault }'), **{"Last-Event-ID": cursor}) as (_, told):
        assert next(told)[1]["Id"] == later


def test_a_refused_expression_is_an_answer_and_no_stream(server: RunningServer) -> None:
    with listening(server, live("fautl")) as (answer, _):
        assert answer.status == 400
        assert answer.headers["x-amzn-ErrorType"] == "InvalidRequestException"
        assert "column 1" in json.loads(answer.read())["message"]
    with listening(server, "/console/api/live?most=0") as (answer, _):
        assert answer.status == 400


def test_pages_of_other_sites_hear_nothing(server: RunningServer) -> None:
    for path in ("/console/api/live", "/console/api/arrivals"):
        with listening(server, path, Origin="http://elsewhere.example") as (answer, _):
            assert answer.status == 403


def test_arrivals_say_what_came_and_why_some_did_not(server: RunningServer) -> None:
    with listening(server, "/console/api/arrivals") as (answer, told):
        assert answer.status == 200
        _, before = next(told)
        ask(server, "/TraceSegments", TraceSegmentDocuments=['{"trace_id": "1-oops"}'])
        [id_] = sent(server, time.time() - 5)
        after = before
        while after.get("NewestTraceId") != id_ or after["Stored"] <= before["Stored"]:
            name, after = next(told)
            assert name == "arrivals"
        assert after["Accepted"] > before["Accepted"]
        assert any(one["Source"] == "api" and one["Message"] for one in after["Rejected"])
