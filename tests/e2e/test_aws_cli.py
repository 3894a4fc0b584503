"""The AWS CLI, as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import CREDENTIALS
from tests.e2e.documents import put, segment, segments_of

AWS = Path(sys.executable).with_name("aws")


@pytest.fixture
def aws(server: RunningServer, tmp_path: Path) -> Any:
    """Run ``aws xray …`` against the server; give what it printed, decoded."""
    if not AWS.exists():
        pytest.skip(f"the AWS CLI is not installed as {AWS}")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"}
    environment |= {"AWS_DEFAULT_REGION": CREDENTIALS["region_name"]}
    environment |= {name.upper(): value for name, value in CREDENTIALS.items() if name.startswith("aws_")}

    def run(*arguments: str) -> Any:
        ran = subprocess.run(
            [str(AWS), "xray", *arguments, "--endpoint-url", server.url, "--output", "json"],
            capture_output=True,
            text=True,
            env=environment,
            timeout=180,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


def window() -> tuple[str, ...]:
    return "--start-time", str(int(time.time()) - 300), "--end-time", str(int(time.time()) + 5)


def test_put_trace_segments_takes_good_documents_and_lists_bad_ones(aws: Any, server: RunningServer) -> None:
    good, bad = segment("cli"), segment("cli", id="short")
    told = aws("put-trace-segments", "--trace-segment-documents", json.dumps(good), json.dumps(bad))
    (refused,) = told["UnprocessedTraceSegments"]
    assert (refused["Id"], refused["ErrorCode"]) == ("short", "InvalidId")
    assert eventually(lambda: segments_of(server.url, good["trace_id"])) == [good]


def test_get_trace_summaries_lists_a_trace_and_batch_get_traces_opens_it(aws: Any, server: RunningServer) -> None:
    sent = segment("cli-read", http={"response": {"status": 503}})
    put(server.url, sent)
    eventually(lambda: segments_of(server.url, sent["trace_id"]))
    listed = {one["Id"]: one for one in aws("get-trace-summaries", *window())["TraceSummaries"]}
    assert listed[sent["trace_id"]]["HasFault"] is True
    (trace,) = aws("batch-get-traces", "--trace-ids", sent["trace_id"])["Traces"]
    assert [json.loads(one["Document"])["name"] for one in trace["Segments"]] == ["cli-read"]


def test_get_service_graph_has_the_node_and_its_client(aws: Any, server: RunningServer) -> None:
    sent = segment("cli-graph")
    put(server.url, sent)
    eventually(lambda: segments_of(server.url, sent["trace_id"]))
    services = [one for one in aws("get-service-graph", *window())["Services"] if one["Name"] == "cli-graph"]
    assert sorted(one.get("Type", "") for one in services) == ["", "client"]
