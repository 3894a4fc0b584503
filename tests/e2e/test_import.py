"""``radiograph import`` into a server: whatever the traces come out of, they are traces of X-Ray afterwards."""

from __future__ import annotations

import gzip
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import CREDENTIALS
from tests.e2e.documents import ask, put, segments_of

CORPORA = Path(__file__).parents[1] / "corpora"
WRITTEN_S = 1_700_000_000
"""When the traces of the corpora were."""


def run(server: RunningServer, *files: Path, code: int = 0, stdin: bytes = b"") -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "radiograph", "import", *map(str, files), "--endpoint", server.url],
        input=stdin,
        capture_output=True,
        timeout=120,
    )
    assert ran.returncode == code, ran.stdout.decode() + ran.stderr.decode()
    return ran.stdout.decode()


def of_today(content: str) -> str:
    """Give a corpus with its times moved to a minute ago, for the server to keep it."""
    return content.replace(str(WRITTEN_S)[:7], str(int(time.time()) - 60)[:7])


def trace(server: RunningServer, hexadecimal: str, segments: int) -> dict[str, dict[str, Any]]:
    """Give the segments of a trace by name, once they are all there."""
    id_ = f"1-{hexadecimal[:8]}-{hexadecimal[8:]}"
    eventually(lambda: len([one for one in segments_of(server.url, id_) if not one.get("inferred")]) == segments)
    return {one["name"]: one for one in segments_of(server.url, id_) if not one.get("inferred")}


def test_what_the_aws_cli_got_from_one_server_is_in_another_afterwards(
    demo_server: RunningServer, server: RunningServer, tmp_path: Path
) -> None:
    listed = ask(demo_server.url, "/TraceSummaries", {"StartTime": time.time() - 1800, "EndTime": time.time()})
    ids = [one["Id"] for one in listed.body["TraceSummaries"]][:5]
    got = subprocess.run(
        [
            *(sys.executable, "-m", "awscli", "xray", "batch-get-traces", "--endpoint-url", demo_server.url),
            *("--trace-ids", *ids),
        ],
        check=True,
        capture_output=True,
        env=os.environ
        | {
            "AWS_ACCESS_KEY_ID": CREDENTIALS["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": CREDENTIALS["aws_secret_access_key"],
            "AWS_DEFAULT_REGION": CREDENTIALS["region_name"],
        },
    ).stdout
    file = tmp_path / "traces.json.gz"
    file.write_bytes(gzip.compress(got))
    for _ in range(2):
        assert ("Left out" in run(server, file)) == ("inferred" in got.decode())
    for id_ in ids:
        theirs = sorted(segments_of(demo_server.url, id_), key=lambda one: one["id"])
        assert theirs
        eventually(lambda id_=id_, theirs=theirs: len(segments_of(server.url, id_)) == len(theirs))
        assert sorted(segments_of(server.url, id_), key=lambda one: one["id"]) == theirs


def test_documents_older_than_the_server_keeps_are_refused_and_explained(server: RunningServer, tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    old = {"trace_id": "1-6553f100-0123456789abcdef01234567", "id": "a" * 16, "name": "shop"}
    file.write_text(json.dumps(old | {"start_time": WRITTEN_S, "end_time": WRITTEN_S + 1}))
    said = run(server, file, code=1)
    assert "1 × InvalidStartTime" in said
    assert "1 of them began before what the server keeps" in said


def test_spans_of_zipkin_become_segments_of_each_service(server: RunningServer, tmp_path: Path) -> None:
    id_ = secrets.token_hex(8)
    file = tmp_path / "zipkin.json"
    file.write_text(of_today((CORPORA / "zipkin" / "shared-span.json").read_text()).replace("5af7183fb1d4cf5f", id_))
    assert run(server, file) == "Taken: 6 spans.\n"
    found = trace(server, id_.zfill(32), segments=2)
    assert found.keys() == {"frontend", "backend"}
    (call,) = found["frontend"]["subsegments"]
    assert (call["id"], call["name"]) == (found["backend"]["parent_id"], "backend")
    assert [one["name"] for one in found["backend"]["subsegments"]] == ["mysql", "render"]


def test_spans_of_zipkin_that_the_server_refuses_are_told(server: RunningServer) -> None:
    old = (CORPORA / "zipkin" / "messaging.json").read_bytes()
    bad = [{"traceId": "x", "id": "1"}, {"traceId": "1", "id": "1", "timestamp": int(time.time() * 1e6), "duration": 1}]
    said = run(server, Path("-"), stdin=old + b"\n" + json.dumps(bad).encode(), code=1)
    assert "Taken: 1 span." in said
    assert "Refused: 4" in said
    assert "traceId is 'x'" in said


def test_an_answer_of_jaeger_becomes_segments_of_each_service(server: RunningServer, tmp_path: Path) -> None:
    id_ = secrets.token_hex(16)
    content = (CORPORA / "jaeger" / "query-answer.json").read_text()
    file = tmp_path / "jaeger.json"
    file.write_text(of_today(content).replace("6553f1000123456789abcdef01234567", id_))
    assert run(server, file) == "Taken: 3 spans.\n"
    found = trace(server, id_, segments=2)
    assert found.keys() == {"frontend", "mailer"}
    (query,) = found["frontend"]["subsegments"]
    assert (query["name"], query["fault"]) == ("mysql", True)
    assert query["cause"]["exceptions"][0]["type"] == "TimeoutException"


@pytest.mark.parametrize("form", ["json lines", "messages", "one message"])
def test_what_a_collector_wrote_becomes_segments(server: RunningServer, tmp_path: Path, form: str) -> None:
    ids = [secrets.token_hex(16) for _ in range(1 if form == "one message" else 3)]
    now_ns = time.time_ns()
    file = tmp_path / "file"
    if form == "json lines":
        file.write_text("".join(json.dumps(in_json(id_, now_ns)) + "\n" for id_ in ids))
    elif form == "messages":
        bodies = [in_protobuf(id_, now_ns) for id_ in ids]
        file.write_bytes(b"".join(len(one).to_bytes(4, "big") + one for one in bodies))
    else:
        file.write_bytes(in_protobuf(ids[0], now_ns))
    assert run(server, file) == f"Taken: {len(ids)} span{'s' if len(ids) > 1 else ''}.\n"
    for id_ in ids:
        assert trace(server, id_, segments=1).keys() == {"shop"}


def in_json(trace_id: str, now_ns: int) -> dict[str, Any]:
    span = {"traceId": trace_id, "spanId": "a" * 16, "name": "GET /cart", "kind": 2}
    span |= {"startTimeUnixNano": str(now_ns - 10**9), "endTimeUnixNano": str(now_ns)}
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": [span]}]}]}


def in_protobuf(trace_id: str, now_ns: int) -> bytes:
    request = ExportTraceServiceRequest()
    resource = request.resource_spans.add()
    resource.resource.attributes.add(key="service.name").value.string_value = "shop"
    resource.scope_spans.add().spans.add(
        trace_id=bytes.fromhex(trace_id),
        span_id=b"\xaa" * 8,
        name="GET /cart",
        kind=2,
        start_time_unix_nano=now_ns - 10**9,
        end_time_unix_nano=now_ns,
    )
    return request.SerializeToString()


def test_a_trace_that_was_put_and_imported_is_there_once(server: RunningServer, tmp_path: Path) -> None:
    now = time.time()
    document = {"trace_id": f"1-{int(now):08x}-{secrets.token_hex(12)}", "id": secrets.token_hex(8), "name": "shop"}
    document |= {"start_time": now - 1, "end_time": now}
    put(server.url, document)
    file = tmp_path / "documents.jsonl"
    file.write_text(json.dumps(document))
    assert run(server, file) == "Taken: 1 document.\n"
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert len(segments_of(server.url, str(document["trace_id"]))) == 1
