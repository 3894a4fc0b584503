"""Two Flask applications in processes of their own, traced by the unmodified official SDK, read back with boto3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import trace_id

APPS = Path(__file__).parent / "apps"


class DynamoDb(BaseHTTPRequestHandler):
    """Knows one item."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b'{"Item":{"id":{"S":"1"}}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("x-amzn-RequestId", "REQUEST-OF-DYNAMODB")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[str]:
    stub = ThreadingHTTPServer(("127.0.0.1", 0), DynamoDb)
    thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{stub.server_port}"
    stub.shutdown()
    stub.server_close()
    thread.join()


@pytest.fixture(scope="module")
def application(server: RunningServer) -> Iterator[Callable[..., str]]:
    """Start an application whose daemon address is the server; give its URL."""
    assert server.udp_port == server.port, "the SDK polls sampling rules at the UDP port's number"
    running: list[subprocess.Popen[str]] = []
    environment = os.environ | {"AWS_XRAY_DAEMON_ADDRESS": f"127.0.0.1:{server.udp_port}"}

    def start(name: str, *arguments: str) -> str:
        command = [sys.executable, str(APPS / name), *arguments]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        running.append(process)
        assert process.stdout is not None
        return f"http://127.0.0.1:{int(process.stdout.readline())}"

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def shop(application: Callable[..., str], dynamodb: str) -> str:
    return application("shop.py", application("stock.py"), dynamodb)


def visit(shop: str, path: str) -> str:
    """Give the id of the trace of a visit."""
    root = trace_id()
    requests.get(shop + path, headers={"X-Amzn-Trace-Id": f"Root={root};Sampled=1"}, timeout=60)
    return root


def summary(xray: Any, wanted: str) -> dict[str, Any]:
    def find() -> dict[str, Any] | None:
        pages = xray.get_paginator("get_trace_summaries").paginate(StartTime=time.time() - 300, EndTime=time.time() + 5)
        return next((one for page in pages for one in page["TraceSummaries"] if one["Id"] == wanted), None)

    return eventually(find, 60)  # type: ignore[return-value]


def documents(xray: Any, wanted: str) -> dict[str, dict[str, Any]]:
    """Give the segments of a trace by name."""
    (trace,) = xray.batch_get_traces(TraceIds=[wanted])["Traces"]
    assert trace["Id"] == wanted
    decoded = [json.loads(segment["Document"]) for segment in trace["Segments"]]
    return {document["name"]: document for document in decoded}


def inside(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in document.get("subsegments", ())}


@pytest.fixture(scope="module")
def checkout(shop: str, xray: Any, server: RunningServer) -> str:
    root = visit(shop, "/checkout")
    summary(xray, root)
    # Counted by name: until the callee's own segment is here, an inferred one stands in for it.
    eventually(lambda: set(documents(xray, root)) == {"shop-flask", "stock-flask", "orders", ":memory:"}, 60)
    eventually(lambda: server.counters()["applier.behind"] == 0, 60)
    return root


def test_a_trace_shows_in_the_summaries(shop: str, xray: Any) -> None:
    root = visit(shop, "/checkout")
    # The callee tells of itself first; the trace is the entry's once that has told too.
    eventually(lambda: summary(xray, root)["Http"]["HttpURL"] == f"{shop}/checkout", 60)
    found = summary(xray, root)
    assert found["Http"]["HttpStatus"] == 200
    assert not found["HasFault"]


def test_the_summary_knows_annotations_and_every_service(checkout: str, xray: Any) -> None:
    found = summary(xray, checkout)
    assert not found["IsPartial"]
    assert [one["AnnotationValue"] for one in found["Annotations"]["tier"]] == [{"StringValue": "gold"}]
    assert [one["AnnotationValue"] for one in found["Annotations"]["aisle"]] == [{"NumberValue": 7.0}]
    assert {"shop-flask", "stock-flask", "orders", ":memory:"} <= {one["Name"] for one in found["ServiceIds"]}


def test_subsegments_stand_inside_one_another_with_what_was_put_on_them(checkout: str, xray: Any) -> None:
    shop = documents(xray, checkout)["shop-flask"]
    price = inside(shop)["price"]
    assert price["annotations"] == {"tier": "gold"}
    assert price["metadata"] == {"shop": {"basket": {"items": [1, 2, 3]}}}
    assert list(inside(price)) == ["discount"]
    assert shop["aws"]["xray"]["sdk"] == "X-Ray for Python"
    assert {"127.0.0.1", ":memory:", "dynamodb"} <= set(inside(shop))


def test_the_second_service_joins_by_the_header(checkout: str, xray: Any) -> None:
    found = documents(xray, checkout)
    call = inside(found["shop-flask"])["127.0.0.1"]
    assert found["stock-flask"]["parent_id"] == call["id"]
    assert call["http"]["response"]["status"] == 200
    assert "127.0.0.1" not in found, "what has a segment of its own is not inferred as well"


def test_calls_to_what_sends_no_segment_are_followed_by_an_inferred_one(checkout: str, xray: Any) -> None:
    found = documents(xray, checkout)
    calls = inside(found["shop-flask"])
    assert found["orders"]["inferred"] is True
    assert found["orders"]["origin"] == "AWS::DynamoDB::Table"
    assert found["orders"]["parent_id"] == calls["dynamodb"]["id"]
    assert found["orders"]["aws"]["operation"] == "GetItem"
    assert found["orders"]["aws"]["request_id"] == "REQUEST-OF-DYNAMODB"
    assert found[":memory:"]["inferred"] is True
    assert found[":memory:"]["origin"] == "Database::SQL"
    assert found[":memory:"]["parent_id"] == calls[":memory:"]["id"]


def test_an_exception_is_kept_with_its_message_and_stack(shop: str, xray: Any) -> None:
    root = visit(shop, "/fail")
    found = summary(xray, root)
    assert found["HasFault"]
    assert found["Http"]["HttpStatus"] == 500
    failed = documents(xray, root)["shop-flask"]
    (thrown,) = inside(failed)["payment"]["cause"]["exceptions"]
    assert (thrown["type"], thrown["message"]) == ("ValueError", "the card is declined")
    assert "shop.py" in [frame["path"] for frame in thrown["stack"]]
    assert failed["fault"] is True
    assert failed["cause"], "the segment names the exception that escaped it"


def graph_by_name(services: list[dict[str, Any]]) -> tuple[dict[str, dict[str, Any]], set[tuple[str, str]]]:
    """Give nodes by ``name type``, and the edges between them."""
    key = {one["ReferenceId"]: f"{one['Name']} {one.get('Type', '')}".strip() for one in services}
    edges = {(key[one["ReferenceId"]], key[edge["ReferenceId"]]) for one in services for edge in one["Edges"]}
    return {key[one["ReferenceId"]]: one for one in services}, edges


EDGES = {
    ("shop-flask client", "shop-flask"),
    ("shop-flask", "stock-flask"),
    ("shop-flask", "orders AWS::DynamoDB::Table"),
    ("shop-flask", ":memory: Database::SQL"),
}


def test_the_trace_graph_has_the_true_callee_the_inferred_nodes_and_the_client(checkout: str, xray: Any) -> None:
    nodes, edges = graph_by_name(xray.get_trace_graph(TraceIds=[checkout])["Services"])
    assert edges == EDGES
    assert nodes["shop-flask"]["Root"] is True
    assert nodes["shop-flask"]["State"] == "active"
    assert nodes["orders AWS::DynamoDB::Table"]["State"] == "unknown"
    assert nodes["stock-flask"]["SummaryStatistics"]["OkCount"] == 1
    assert "SummaryStatistics" not in nodes["shop-flask client"]


def test_the_service_graph_has_them_too(checkout: str, xray: Any) -> None:
    pages = xray.get_paginator("get_service_graph").paginate(StartTime=time.time() - 900, EndTime=time.time() + 1)
    nodes, edges = graph_by_name([one for page in pages for one in page["Services"]])
    assert edges >= EDGES
    assert not [edge for edge in edges if edge[0] == "shop-flask" and edge not in EDGES]
    assert nodes["stock-flask"]["SummaryStatistics"]["TotalCount"] >= 1


def test_subsegments_streamed_before_their_segment_join_up(shop: str, xray: Any) -> None:
    root = visit(shop, "/many")
    summary(xray, root)
    names = [f"step {number}" for number in range(40)]

    def joined() -> bool:
        found = documents(xray, root)
        return list(found) == ["shop-flask"] and sorted(inside(found["shop-flask"])) == sorted(names)

    eventually(joined, 60)
    (only,) = xray.batch_get_traces(TraceIds=[root])["Traces"][0]["Segments"]
    assert len(json.loads(only["Document"])["subsegments"]) == 40


def test_central_sampling_asks_the_server_for_rules_and_targets(shop: str, xray: Any) -> None:
    def told() -> dict[str, Any]:
        requests.get(f"{shop}/checkout", timeout=60)
        return requests.get(f"{shop}/sampling", timeout=60).json()

    eventually(lambda: "Default" in told(), 60)
    began = time.time()
    eventually(lambda: told()["Default"]["quota"] is not None, 60)

    def by_rule() -> bool:
        requests.get(f"{shop}/checkout", timeout=60)
        pages = xray.get_paginator("get_trace_summaries").paginate(StartTime=began - 1, EndTime=time.time() + 5)
        found = [one["Id"] for page in pages for one in page["TraceSummaries"]]
        shops = [documents(xray, one).get("shop-flask", {}) for one in found[:5]]
        return any(one.get("aws", {}).get("xray", {}).get("sampling_rule_name") == "Default" for one in shops)

    eventually(by_rule, 60)
