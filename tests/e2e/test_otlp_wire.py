"""OTLP's bytes against a running server: every way in, hostile bodies, and that nothing good is lost beside them."""

from __future__ import annotations

import base64
import gzip
import json
import os
import socket
import time
import urllib.error
import urllib.request
from typing import Any

import grpc
import pytest
import zstandard
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import TraceServiceStub

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import put, segment, segments_of
from tests.segments.otlp import request

PROTOBUF, JSON = "application/x-protobuf", "application/json"


def spans(*members: dict[str, Any], service: str = "otlp-wire") -> tuple[ExportTraceServiceRequest, str]:
    """Give a request of spans of one new trace, now, and the trace's id as X-Ray writes it."""
    trace = os.urandom(16)
    made = request(*({"trace_id": trace, **one} for one in members), service=service, now_ns=time.time_ns())
    return made, f"1-{trace[:4].hex()}-{trace[4:].hex()}"


def post(url: str, body: bytes, kind: str = PROTOBUF, coding: str = "") -> tuple[int, bytes]:
    headers = {"content-type": kind, **({"content-encoding": coding} if coding else {})}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def refused(answer: bytes) -> ExportTraceServiceResponse:
    return ExportTraceServiceResponse.FromString(answer)


def stored(server: RunningServer, trace_id: str) -> list[dict[str, Any]]:
    return eventually(lambda: segments_of(server.url, trace_id))  # type: ignore[return-value]


def test_spans_over_http_are_a_trace(server: RunningServer) -> None:
    made, trace_id = spans({})
    assert post(f"{server.otlp_http}/v1/traces", made.SerializeToString()) == (200, b"")
    (one,) = stored(server, trace_id)
    assert one["name"] == "otlp-wire"


def test_spans_on_the_main_ports_path_are_a_trace(server: RunningServer) -> None:
    made, trace_id = spans({})
    assert post(f"{server.url}/v1/traces", gzip.compress(made.SerializeToString()), coding="gzip") == (200, b"")
    assert len(stored(server, trace_id)) == 1


def test_spans_over_grpc_are_a_trace(server: RunningServer) -> None:
    made, trace_id = spans({})
    with grpc.insecure_channel(server.otlp_grpc.removeprefix("http://")) as channel:
        assert not TraceServiceStub(channel).Export(made).HasField("partial_success")
    assert len(stored(server, trace_id)) == 1


def test_spans_in_a_datagram_are_a_trace(server: RunningServer) -> None:
    made, trace_id = spans({})
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        body = b'{"format":"json","version":1}\nT1S' + base64.b64encode(made.SerializeToString())
        one.sendto(body, (server.host, server.udp_port))
    assert len(stored(server, trace_id)) == 1


def test_spans_that_were_not_sampled_are_counted_and_not_kept(server: RunningServer) -> None:
    before = server.counters().get("udp.dropped.unsampled", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        body = b'{"format":"json","version":1}\nT1U' + base64.b64encode(spans({})[0].SerializeToString())
        one.sendto(body, (server.host, server.udp_port))
    eventually(lambda: server.counters().get("udp.dropped.unsampled", 0) == before + 1)


def test_zipkins_spans_are_a_trace(server: RunningServer) -> None:
    trace = os.urandom(16).hex()
    one = {
        "traceId": trace,
        "id": "1" * 16,
        "kind": "SERVER",
        "name": "get",
        "timestamp": time.time_ns() // 1000,
        "duration": 5000,
        "localEndpoint": {"serviceName": "zipkin-wire"},
    }
    assert post(f"{server.url}/api/v2/spans", json.dumps([one]).encode(), JSON)[0] == 202
    assert stored(server, f"1-{trace[:8]}-{trace[8:]}")[0]["name"] == "zipkin-wire"


def test_a_batch_sent_twice_is_stored_once(server: RunningServer) -> None:
    made, trace_id = spans({}, {"kind": 3, "parent_span_id": (1).to_bytes(8, "big")}, {"kind": 3})
    body = made.SerializeToString()
    for _ in range(2):
        assert post(f"{server.otlp_http}/v1/traces", body) == (200, b"")
    found = stored(server, trace_id)
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert segments_of(server.url, trace_id) == found
    assert [one["name"] for one in found].count("otlp-wire") == 2, "the server's, and one around the lone call"
    assert len({one["id"] for one in found}) == len(found)


def test_segments_of_an_sdk_and_spans_are_one_trace(server: RunningServer) -> None:
    made, trace_id = spans({"kind": 2, "parent_span_id": b"\x11" * 8})
    caller = segment("caller", trace_id=trace_id)
    caller["subsegments"] = [
        {
            **{key: caller[key] for key in ("start_time", "end_time")},
            "id": "11" * 8,
            "name": "callee",
            "namespace": "remote",
        }
    ]
    put(server.url, caller)
    post(f"{server.otlp_http}/v1/traces", made.SerializeToString())
    now = time.time()
    body = json.dumps({"TraceIds": [trace_id], "StartTime": now - 60, "EndTime": now + 60}).encode()

    def joined() -> bool:
        services = json.loads(post(f"{server.url}/TraceGraph", body, JSON)[1])["Services"]
        called = {one["ReferenceId"] for one in services if one["Name"] == "otlp-wire"}
        edges = {edge["ReferenceId"] for one in services if one["Name"] == "caller" for edge in one["Edges"]}
        return bool(called & edges)

    eventually(joined)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"trace_id": b"\x01" * 8}, "trace_id"),
        ({"span_id": bytes(8)}, "span_id"),
        ({"attributes": {"x": "y" * 10_000_000}}, "bytes"),
        ({"start_time_unix_nano": 1, "end_time_unix_nano": 2}, "time"),
        ({"start_time_unix_nano": 2**63, "end_time_unix_nano": 2**63}, "time"),
    ],
    ids=["trace id", "span id", "ten megabytes", "1970", "2262"],
)
def test_a_bad_span_is_named_and_its_neighbours_are_kept(
    server: RunningServer, bad: dict[str, Any], words: str
) -> None:
    made, trace_id = spans({}, bad, {})
    status, answer = post(f"{server.otlp_http}/v1/traces", made.SerializeToString())
    assert status == 200
    assert refused(answer).partial_success.rejected_spans == 1
    assert words in refused(answer).partial_success.error_message
    assert len(stored(server, trace_id)) == 2


def test_spans_that_are_each_others_parents_are_kept(server: RunningServer) -> None:
    made, trace_id = spans(
        {"span_id": b"\x0a" * 8, "parent_span_id": b"\x0b" * 8, "kind": 1},
        {"span_id": b"\x0b" * 8, "parent_span_id": b"\x0a" * 8, "kind": 1},
    )
    assert post(f"{server.otlp_http}/v1/traces", made.SerializeToString()) == (200, b"")
    assert "0a" * 8 in json.dumps(stored(server, trace_id))


def test_a_text_that_is_not_utf8_loses_no_span(server: RunningServer) -> None:
    made, trace_id = spans({"name": "BROKEN"}, {})
    status, answer = post(f"{server.otlp_http}/v1/traces", made.SerializeToString().replace(b"BROKEN", b"BRO\xff\xfeN"))
    assert (status, answer) == (200, b"")
    assert len(stored(server, trace_id)) == 2


def test_of_a_body_that_breaks_off_the_whole_spans_are_kept(server: RunningServer) -> None:
    made, trace_id = spans({}, {})
    status, answer = post(f"{server.otlp_http}/v1/traces", made.SerializeToString()[:-10])
    assert status == 200
    assert "breaks off" in refused(answer).partial_success.error_message
    assert len(stored(server, trace_id)) == 1


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [("gzip", gzip.compress(bytes(200 << 20))), ("zstd", zstandard.compress(bytes(200 << 20)))],
    ids=["gzip", "zstd"],
)
def test_a_bomb_is_refused(server: RunningServer, coding: str, bomb: bytes) -> None:
    assert post(f"{server.otlp_http}/v1/traces", bomb, coding=coding)[0] == 413


def test_100_000_spans_in_a_call_are_all_kept(server: RunningServer) -> None:
    made = ExportTraceServiceRequest()
    now, traces = time.time_ns(), [os.urandom(16) for _ in range(1000)]
    scope = made.resource_spans.add().scope_spans.add()
    for number in range(100_000):
        scope.spans.add(
            trace_id=traces[number % 1000],
            span_id=(number + 1).to_bytes(8, "big"),
            parent_span_id=b"" if number < 1000 else (number % 1000 + 1).to_bytes(8, "big"),
            name="one",
            start_time_unix_nano=now - 1000,
            end_time_unix_nano=now,
        )
    before = server.counters().get("otlp.spans.accepted", 0)
    assert post(f"{server.otlp_http}/v1/traces", made.SerializeToString()) == (200, b"")
    assert server.counters()["otlp.spans.accepted"] == before + 100_000
    trace = traces[-1].hex()
    (one,) = stored(server, f"1-{trace[:8]}-{trace[8:]}")
    assert len(one["subsegments"]) == 99
