"""Bodies: how large, how cut, and one bad document among good ones."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import JSON, ask, put, segment, segments_of

Start = Callable[..., RunningServer]
LIMIT = 5 << 20


def post(server: RunningServer, body: bytes | Iterator[bytes], **headers: str) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    try:
        connection.request(
            "POST", "/TraceSegments", body, JSON | headers, encode_chunked="Transfer-Encoding" in headers
        )
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_a_body_over_the_limit_gets_413(server: RunningServer) -> None:
    status, body = post(server, b" " * (LIMIT + 1))
    assert status == 413
    assert str(LIMIT) in str(body["message"])


def test_a_chunked_body_over_the_limit_gets_413(server: RunningServer) -> None:
    chunks = (b" " * 65_536 for _ in range(LIMIT // 65_536 + 1))
    status, body = post(server, chunks, **{"Transfer-Encoding": "chunked"})
    assert status == 413
    assert body["__type"] == "RequestEntityTooLargeException"


def test_a_chunked_body_is_a_body_like_any_other(server: RunningServer) -> None:
    sent = segment("chunked")
    text = json.dumps({"TraceSegmentDocuments": [json.dumps(sent)]}).encode()
    pieces = (text[n : n + 7] for n in range(0, len(text), 7))
    assert post(server, pieces, **{"Transfer-Encoding": "chunked"}) == (200, {"UnprocessedTraceSegments": []})
    eventually(lambda: segments_of(server.url, sent["trace_id"]) == [sent])


def test_a_limit_of_ones_own_holds(start_server: Start) -> None:
    server = start_server("--most-body-bytes", "1000")
    assert post(server, b" " * 1001)[0] == 413
    assert put(server.url, segment("short")).status == 200


def test_the_connection_serves_on_after_a_refusal(server: RunningServer) -> None:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    for body, status in ((b"{", 400), (b'{"TraceSegmentDocuments":[]}', 200)):
        connection.request("POST", "/TraceSegments", body, JSON)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
    connection.close()


def test_one_bad_document_among_fifty_spoils_itself_only(server: RunningServer) -> None:
    sent = [segment("fifty") for _ in range(50)]
    texts = [json.dumps(one) for one in sent]
    texts[20] = texts[20][:-5]
    answer = put(server.url, *texts)
    assert answer.status == 200
    (refused,) = answer.body["UnprocessedTraceSegments"]
    assert refused["ErrorCode"] == "ParseError"
    ids = [one["trace_id"] for n, one in enumerate(sent) if n != 20]
    eventually(lambda: {one["trace_id"] for one in segments_of(server.url, *ids)} == set(ids))
    assert segments_of(server.url, sent[20]["trace_id"]) == []


def test_a_document_that_cannot_be_indexed_spoils_itself_only(start_server: Start) -> None:
    server = start_server()
    before, behind = segment("healthy"), segment("healthy")
    monsters = [
        segment("monster", subsegments=[{"id": "b" * 16, "name": "x", "start_time": start, "end_time": end}])
        for start, end in ((1e30, 1e31), (-1e30, 1e30), (1e308, 1e308), (0, 2**63))
    ]
    for one in (before, *monsters, behind):
        assert put(server.url, one).status == 200
    eventually(lambda: server.counters()["applier.behind"] == 0)
    window = {"StartTime": behind["start_time"] - 60, "EndTime": behind["start_time"] + 60}
    listed = {one["Id"] for one in ask(server.url, "/TraceSummaries", window).body["TraceSummaries"]}
    assert {before["trace_id"], behind["trace_id"]} <= listed


def test_a_repeated_document_is_one_segment(server: RunningServer) -> None:
    sent = segment("repeated")
    for _ in range(3):
        assert put(server.url, sent, sent).status == 200
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert segments_of(server.url, sent["trace_id"]) == [sent]
    services = ask(server.url, "/TraceGraph", {"TraceIds": [sent["trace_id"]]}).body["Services"]
    assert [one["SummaryStatistics"]["TotalCount"] for one in services if "SummaryStatistics" in one] == [1]
