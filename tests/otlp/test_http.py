"""Spans over HTTP: what is answered, in the words of the dialect."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse

from radiograph.errors import AccessDenied, ApiError, Throttled
from radiograph.ingest import Door, SpanDoor
from radiograph.otlp import OTLP, ZIPKIN, SpansOverHttp
from radiograph.otlp.dialect import Dialect
from radiograph.segments.decode import Limits
from radiograph.segments.otel import Annotated
from radiograph.telemetry import Counters
from tests.segments.otlp import request
from tests.segments.spans import NOW_NS, NOW_S

PROTOBUF, JSON = "application/x-protobuf", "application/json"
MOST = 100_000


class Journal:
    """A journal that takes everything, or what it is told to answer."""

    def __init__(self) -> None:
        self.documents: list[bytes] = []
        self.refuses: ApiError | None = None
        self.fails: ApiError | None = None

    def append(self, _account: str, _received: float, documents: Any, durable: Any) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.documents += documents
        durable(self.fails)


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def whose(_scope: Any, body: bytes) -> str:
    if body == b"a stranger's":
        raise AccessDenied("you are not let in")
    return "123456789012"


@pytest.fixture
def post(journal: Journal, threads: ThreadPoolExecutor):
    def post(
        body: bytes, kind: str = PROTOBUF, dialect: Dialect = OTLP, method: str = "POST", **headers: str
    ) -> Answer:
        counters = Counters()
        door = Door(journal, lambda: NOW_S, Limits(), counters)  # type: ignore[arg-type]
        spans = SpanDoor(door, lambda: NOW_S, Limits(), Annotated(), counters)
        app = SpansOverHttp(dialect, spans, whose, threads, counters, MOST, any_host=False)
        told = {
            "host": "localhost",
            "content-type": kind,
            **{key.replace("_", "-"): one for key, one in headers.items()},
        }
        scope = {
            "type": "http",
            "method": method,
            "path": "/",
            "headers": [(k.encode(), v.encode()) for k, v in told.items()],
        }
        answer = Answer()

        async def receive() -> Any:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {key.decode(): one.decode() for key, one in message["headers"]}
            else:
                answer.body = message["body"]

        asyncio.run(app(scope, receive, send))
        return answer

    return post


def test_spans_that_are_all_taken_are_answered_with_nothing(post: Any, journal: Journal):
    answer = post(request({}, {}).SerializeToString())
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == PROTOBUF
    assert len(journal.documents) == 2


def test_spans_that_are_refused_are_counted_and_named(post: Any, journal: Journal):
    answer = post(request({}, {"start_time_unix_nano": 5, "end_time_unix_nano": 6}).SerializeToString())
    said = ExportTraceServiceResponse.FromString(answer.body).partial_success
    assert answer.status == 200
    assert said.rejected_spans == 1
    assert "0000000000000002" in said.error_message
    assert len(journal.documents) == 1


def test_json_is_answered_in_json(post: Any):
    spans = [{"traceId": "a" * 32, "spanId": "b" * 16, "startTimeUnixNano": str(NOW_NS)}, {"traceId": "?"}]
    answer = post(json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}).encode(), JSON)
    assert answer.headers["content-type"] == JSON
    assert json.loads(answer.body)["partialSuccess"]["rejectedSpans"] == "1"


def test_a_charset_behind_the_content_type_is_passed_over(post: Any):
    assert post(b'{"resourceSpans":[]}', "application/json; charset=utf-8").status == 200


def test_a_compressed_body_is_unpacked(post: Any, journal: Journal):
    assert post(gzip.compress(request({}).SerializeToString()), content_encoding="gzip").status == 200
    assert len(journal.documents) == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"garbage", {}, 400),
        (b"", {"content_encoding": "gzip"}, 200),
        (b"garbage", {"content_encoding": "gzip"}, 400),
        (b"", {"content_encoding": "br"}, 400),
        (bytes(MOST + 1), {}, 413),
        (gzip.compress(bytes(MOST + 1)), {"content_encoding": "gzip"}, 413),
        (b"", {"kind": "text/plain"}, 415),
        (b"", {"method": "PUT"}, 405),
        (b"", {"origin": "http://elsewhere.example"}, 403),
        (b"", {"host": "elsewhere.example"}, 403),
        (b"a stranger's", {}, 403),
    ],
)
def test_what_cannot_be_taken_is_answered_with_a_status(post: Any, body: bytes, headers: dict[str, str], status: int):
    answer = post(body, **headers)
    assert answer.status == status
    assert status == 200 or answer.body[:1] == b"\x08"


def test_a_full_journal_says_when_to_come_back(post: Any, journal: Journal):
    journal.refuses = Throttled("full", 7)
    answer = post(request({}).SerializeToString())
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")


def test_what_is_not_durable_is_not_acknowledged(post: Any, journal: Journal):
    journal.fails = Throttled("the disk is full")
    assert post(request({}).SerializeToString()).status == 429


def test_a_request_of_no_spans_is_taken(post: Any):
    assert post(b"").status == 200


def test_zipkin_is_answered_as_zipkin_does(post: Any, journal: Journal):
    one = {"traceId": "a" * 16, "id": "b" * 16, "timestamp": NOW_NS // 1000, "duration": 5}
    assert post(json.dumps([one]).encode(), JSON, ZIPKIN).status == 202
    assert len(journal.documents) == 1
    answer = post(json.dumps([one, {"id": "?"}]).encode(), JSON, ZIPKIN)
    assert answer.status == 202
    assert "1 spans refused" in json.loads(answer.body)["message"]
    assert post(b"{}", JSON, ZIPKIN).status == 400
