"""OpenTelemetry for Node.js as it is: OTLP in JSON, in protobuf and over gRPC, and its exporter for Zipkin."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import RunningServer
from tests.e2e.conftest import APPS
from tests.e2e.documents import trace_id
from tests.e2e.reading import Document, arrived, graph, summary

NODE = Path(__file__).parent / "node"
PARENT = "53995c3f42cd8ad8"


@pytest.fixture(scope="module")
def stock(server: RunningServer, start_app: Callable[..., str]) -> str:
    """Give the URL of a service under the X-Ray SDK."""
    command = [sys.executable, str(APPS / "hop_xray.py"), "stock-of-node"]
    return start_app(command, AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.port}")


@pytest.fixture(scope="module")
def start_shop(server: RunningServer, start_app: Callable[..., str]) -> Callable[[str], tuple[str, str]]:
    """Start a service under OpenTelemetry that exports in some protocol; give its name and its URL."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (NODE / "node_modules" / "@opentelemetry").is_dir():
        pytest.skip(f"OpenTelemetry for Node.js is not installed: run 'npm ci' in {NODE}")

    def start(protocol: str) -> tuple[str, str]:
        name = f"node-{protocol}"
        to = {"grpc": server.otlp_grpc, "zipkin": server.url}.get(protocol, server.otlp_http)
        return name, start_app([node, str(NODE / "opentelemetry.js"), name, protocol, to])

    return start


@pytest.fixture(scope="module", params=["json", "proto", "grpc"])
def shop(request: pytest.FixtureRequest, start_shop: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    return start_shop(request.param)


@pytest.fixture(scope="module")
def zipkin_shop(start_shop: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    return start_shop("zipkin")


def visit(url: str, path: str) -> str:
    root = trace_id()
    requests.get(url + path, headers={"X-Amzn-Trace-Id": f"Root={root};Parent={PARENT};Sampled=1"}, timeout=60)
    return root


def named(found: list[Document], name: str) -> Document:
    (only,) = [one for one in found if one["name"] == name]
    return only


def test_a_request_served_by_node_is_a_segment_with_what_was_put_on_it(shop: tuple[str, str], xray: Any) -> None:
    name, url = shop
    (segment,) = arrived(xray, visit(url, "/checkout"), 1)
    assert (segment["name"], segment["parent_id"]) == (name, PARENT)
    assert segment["aws"]["xray"]["sdk"] == "opentelemetry for nodejs"
    assert segment["http"]["request"]["method"] == "GET"
    assert segment["http"]["request"]["url"] == f"{url}/checkout"
    assert segment["http"]["response"]["status"] == 200
    (basket,) = segment["subsegments"]
    assert basket["annotations"] == {"tier": "gold", "items": 3}
    assert "fault" not in segment


def test_node_under_opentelemetry_calls_python_under_the_xray_sdk(shop: tuple[str, str], stock: str, xray: Any) -> None:
    name, url = shop
    root = visit(url, f"/checkout?to={stock}/status/404")
    found = arrived(xray, root, 2)
    (basket,) = named(found, name)["subsegments"]
    (call,) = basket["subsegments"]
    assert (call["namespace"], call["error"], call["http"]["response"]["status"]) == ("remote", True, 404)
    assert named(found, "stock-of-node")["parent_id"] == call["id"]
    nodes, edges = graph(xray, root)
    assert edges == {(f"{name} client", name), (name, "stock-of-node")}
    assert nodes["stock-of-node"]["SummaryStatistics"]["ErrorStatistics"]["TotalCount"] == 1


def test_python_under_the_xray_sdk_calls_node_under_opentelemetry(shop: tuple[str, str], stock: str, xray: Any) -> None:
    name, url = shop
    root = trace_id()
    headers = {"X-Amzn-Trace-Id": f"Root={root};Sampled=1"}
    requests.get(f"{stock}/call/200", params={"of": url}, headers=headers, timeout=60)
    found = arrived(xray, root, 2)
    (call,) = named(found, "stock-of-node")["subsegments"]
    assert named(found, name)["parent_id"] == call["id"]
    _, edges = graph(xray, root)
    assert edges == {("stock-of-node client", "stock-of-node"), ("stock-of-node", name)}


def test_an_exception_of_node_has_its_stack(shop: tuple[str, str], xray: Any) -> None:
    name, url = shop
    root = visit(url, "/fail")
    (segment,) = arrived(xray, root, 1)
    assert (segment["fault"], segment["http"]["response"]["status"]) == (True, 500)
    (basket,) = segment["subsegments"]
    assert basket["fault"] is True
    thrown = basket["cause"]["exceptions"][0]
    assert (thrown["type"], thrown["message"]) == ("RangeError", "the card is declined\nfor good")
    innermost = thrown["stack"][0]
    assert (innermost["path"], innermost["label"]) == (str(NODE / "opentelemetry.js"), "charge")
    assert innermost["line"] > 0
    told = summary(xray, root)
    assert told["HasFault"]
    assert told["FaultRootCauses"][0]["Services"][0]["Name"] == name


def test_what_nodes_exporter_for_zipkin_sends_joins_the_xray_sdk_both_ways(
    zipkin_shop: tuple[str, str], stock: str, xray: Any
) -> None:
    name, url = zipkin_shop
    root = trace_id()
    headers = {"X-Amzn-Trace-Id": f"Root={root};Sampled=1"}
    requests.get(f"{stock}/hop", params={"to": f"{url}/checkout?to={stock}"}, headers=headers, timeout=60)
    found = arrived(xray, root, 3)
    segment = named(found, name)
    first, last = sorted((one for one in found if one is not segment), key=lambda one: one["start_time"])
    assert segment["parent_id"] == first["subsegments"][0]["id"]
    assert segment["http"]["response"]["status"] == 200
    (basket,) = segment["subsegments"]
    assert basket["annotations"]["tier"] == "gold"
    assert last["parent_id"] == basket["subsegments"][0]["id"]
    _, edges = graph(xray, root)
    assert edges == {("stock-of-node client", "stock-of-node"), ("stock-of-node", name), (name, "stock-of-node")}


def test_a_failure_told_to_zipkin_is_a_fault_with_its_status_and_its_url(
    zipkin_shop: tuple[str, str], xray: Any
) -> None:
    name, url = zipkin_shop
    root = visit(url, "/fail")
    (segment,) = arrived(xray, root, 1)
    assert (segment["name"], segment["fault"]) == (name, True)
    assert segment["http"]["request"]["url"] == f"{url}/fail"
    assert segment["http"]["response"]["status"] == 500
    (basket,) = segment["subsegments"]
    assert (basket["name"], basket["fault"]) == ("basket", True)
    assert summary(xray, root)["HasFault"]


def test_a_failure_told_to_zipkin_keeps_the_message_of_its_status(zipkin_shop: tuple[str, str], xray: Any) -> None:
    """This exporter tells of the exception's name only, and what was wrong in the tag ``error``."""
    (segment,) = arrived(xray, visit(zipkin_shop[1], "/fail"), 1)
    exceptions = segment["subsegments"][0]["cause"]["exceptions"]
    assert [one.get("message") for one in exceptions] == ["the card is declined\nfor good"]
