"""Messages between traces: the graph that boto3 reads, and the map in the terminal, have an edge of type link."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from tests.conftest import RunningServer, eventually


def test_a_consumer_of_a_queue_is_linked_to_the_queue_with_the_age_of_its_messages(
    server: RunningServer, xray: Any
) -> None:
    now = time.time()
    sender, receiver = (f"1-{int(now):08x}-{os.urandom(12).hex()}" for _ in range(2))
    queue, worker = f"orders-{receiver[-8:]}", f"worker-{receiver[-8:]}"
    sent = {
        **{"id": "b" * 16, "name": "SQS", "namespace": "aws", "aws": {"queue_url": f"https://sqs.test/1/{queue}"}},
        **{"start_time": now - 8.0, "end_time": now - 7.9},
    }
    times = {"start_time": now - 3.0, "end_time": now - 2.0}
    shop = {"trace_id": sender, "id": "a" * 16, "name": "shop", **times, "start_time": now - 9.0, "subsegments": [sent]}
    works = {
        **{"trace_id": receiver, "id": "c" * 16, "name": worker, "origin": "AWS::Lambda::Function", **times},
        "links": [{"trace_id": sender, "id": "b" * 16, "attributes": {"messaging": "yes"}}],
    }
    for document in (works, shop):
        answer = xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(document)])
        assert answer["UnprocessedTraceSegments"] == []

    def link(services: list[dict[str, Any]]) -> dict[str, Any] | None:
        named = {(one["Name"], one.get("Type", "")): one for one in services}
        of_queue = named.get((queue, "AWS::SQS::Queue"), {"Edges": []})
        receivers = (one for one in of_queue["Edges"] if one.get("EdgeType") == "link")
        wanted = named.get((worker, "AWS::Lambda::Function"), {"ReferenceId": None})["ReferenceId"]
        return next((one for one in receivers if one["ReferenceId"] == wanted), None)

    exact = eventually(lambda: link(xray.get_trace_graph(TraceIds=[receiver])["Services"]))
    assert exact["ReceivedEventAgeHistogram"] == [{"Value": 5.0, "Count": 1}]  # type: ignore[index]
    window = {"StartTime": now - 60, "EndTime": now + 60}
    edge = eventually(lambda: link(xray.get_service_graph(**window)["Services"]))
    assert edge["SummaryStatistics"]["TotalCount"] == 1  # type: ignore[index]
    assert abs(edge["ReceivedEventAgeHistogram"][0]["Value"] - 5.0) < 0.25  # type: ignore[index]
    assert edge["ResponseTimeHistogram"] == []  # type: ignore[index]
    command = [sys.executable, "-m", "radiograph", "map", "--last", "5m", "--endpoint", server.url]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"COLUMNS": "200"})
    assert f"⇢ {worker}" in told.stdout
