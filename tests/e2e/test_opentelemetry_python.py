"""OpenTelemetry for Python as it is, over gRPC and HTTP: what users tell spans is what they find in X-Ray."""

from __future__ import annotations

import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.e2e.conftest import APPS, run
from tests.e2e.reading import Document, documents, graph, services, summary, whole

PROTOCOLS = ["grpc", "http", "main", "gzip"]


@pytest.fixture(scope="module", params=PROTOCOLS)
def worked(request: pytest.FixtureRequest, server: RunningServer, xray: Any) -> tuple[str, str]:
    """Give the name of a worker and the id of the trace that it sent, twice."""
    protocol = request.param
    name = f"worker-{protocol}"
    url = {"grpc": server.otlp_grpc, "main": server.url}.get(protocol, server.otlp_http)
    told = run(
        [sys.executable, str(APPS / "otel_worker.py"), name, "grpc" if protocol == "grpc" else "http", url],
        **({"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"} if protocol == "gzip" else {}),
    )
    whole(xray, told, {name, "orders@db.test", "mail.test", "carts"})
    return name, told


@pytest.fixture
def segment(worked: tuple[str, str], xray: Any) -> Document:
    name, trace_id = worked
    (only,) = [one for one in documents(xray, trace_id) if one["name"] == name]
    return only


@pytest.fixture
def inside(segment: Document) -> dict[str, Document]:
    return {one["name"]: one for one in segment["subsegments"]}


def test_a_request_served_is_a_segment_with_its_http_and_its_machine(segment: Document) -> None:
    assert segment["http"] == {
        "request": {
            "method": "POST",
            "url": "https://shop.test/checkout?tier=gold",
            "user_agent": "curl/8",
            "client_ip": "203.0.113.9",
            "x_forwarded_for": True,
        },
        "response": {"status": 500},
    }
    assert segment["fault"] is True
    assert segment["origin"] == "AWS::EC2::Instance"
    assert segment["aws"]["ec2"]["instance_id"] == "i-0123456789abcdef0"
    assert segment["aws"]["xray"]["sdk"] == "opentelemetry for python"
    assert segment["service"]["version"] == "1.2.0"
    assert segment["user"] == "user-7"


def test_listed_attributes_are_annotations_and_the_others_metadata(segment: Document) -> None:
    assert segment["annotations"] == {"tenant": "gold", "basket.items": 3}
    assert segment["metadata"]["default"]["note"] == "not indexed"
    assert segment["metadata"]["default"]["otel.resource.team"] == "payments"


def test_an_exception_and_its_cause_have_their_stacks(segment: Document) -> None:
    thrown, cause = segment["cause"]["exceptions"]
    assert (thrown["type"], thrown["message"]) == ("ValueError", "the card is declined")
    assert (cause["type"], cause["message"]) == ("KeyError", "'sku'")
    assert thrown["cause"] == cause["id"]
    for one in (thrown, cause):
        (frame,) = one["stack"]
        assert frame["path"] == str(APPS / "otel_worker.py")
        assert frame["label"] == "<module>"
        assert frame["line"] > 0


def test_a_link_leads_to_the_other_trace(segment: Document) -> None:
    assert segment["links"] == [
        {"trace_id": "1-65a0b1c2-aaaaaaaaaaaaaaaaaaaaaaaa", "id": "bbbbbbbbbbbbbbbb", "attributes": {"why": "batch"}}
    ]


def test_work_inside_stands_below_with_its_events(inside: dict[str, Document]) -> None:
    assert set(inside) == {"price", "orders@db.test", "mail.test", "DynamoDB"}
    (event,) = inside["price"]["metadata"]["default"]["otel.events"]
    assert (event["name"], event["attributes"]) == ("cache miss", {"key": "basket"})
    assert "namespace" not in inside["price"]


def test_a_question_to_a_database_has_its_sql(inside: dict[str, Document]) -> None:
    assert inside["orders@db.test"]["namespace"] == "remote"
    assert inside["orders@db.test"]["sql"] == {
        "url": "SELECT orders",
        "connection_string": "db.test/orders",
        "database_type": "postgresql",
        "user": "shop",
        "sanitized_query": "SELECT * FROM orders WHERE id = ?",
    }


def test_a_call_that_was_throttled_says_so(inside: dict[str, Document]) -> None:
    call = inside["mail.test"]
    assert call["http"]["request"] == {"method": "POST", "url": "https://mail.test/send"}
    assert (call["error"], call["throttle"], "fault" in call) == (True, True, False)


def test_a_call_of_aws_names_service_operation_and_table(inside: dict[str, Document]) -> None:
    call = inside["DynamoDB"]
    assert call["namespace"] == "aws"
    assert (call["aws"]["operation"], call["aws"]["table_name"]) == ("GetItem", "carts")
    assert (call["aws"]["region"], call["aws"]["request_id"]) == ("eu-west-3", "REQUEST-OF-DYNAMODB")


def test_the_trace_graph_has_the_service_and_what_it_calls(worked: tuple[str, str], xray: Any) -> None:
    name, trace_id = worked
    nodes, edges = graph(xray, trace_id)
    service = f"{name} AWS::EC2::Instance"
    assert edges == {
        (f"{name} client", service),
        (service, "carts AWS::DynamoDB::Table"),
        (service, "mail.test remote"),
        (service, "orders@db.test Database::SQL"),
    }
    assert nodes[service]["Root"] is True
    assert nodes[service]["SummaryStatistics"]["FaultStatistics"]["TotalCount"] == 1
    assert nodes["mail.test remote"]["SummaryStatistics"]["ErrorStatistics"]["ThrottleCount"] == 1


def test_a_batch_sent_twice_is_counted_and_shown_once(
    worked: tuple[str, str], server: RunningServer, xray: Any
) -> None:
    name, trace_id = worked
    assert len(documents(xray, trace_id)) == 4
    nodes, _ = graph(xray, trace_id)
    assert {node.get("SummaryStatistics", {"TotalCount": 1})["TotalCount"] for node in nodes.values()} == {1}
    nodes, _ = services(xray)
    assert nodes[f"{name} AWS::EC2::Instance"]["SummaryStatistics"]["TotalCount"] == 1


def test_the_summary_tells_of_the_request_its_fault_and_its_annotations(worked: tuple[str, str], xray: Any) -> None:
    name, trace_id = worked
    found = summary(xray, trace_id)
    assert found["Http"]["HttpURL"] == "https://shop.test/checkout?tier=gold"
    assert (found["Http"]["HttpMethod"], found["Http"]["HttpStatus"]) == ("POST", 500)
    assert found["HasFault"]
    assert not found["IsPartial"]
    assert [one["AnnotationValue"] for one in found["Annotations"]["tenant"]] == [{"StringValue": "gold"}]
    assert {one["UserName"] for one in found["Users"]} == {"user-7"}
    assert {one["Name"] for one in found["ServiceIds"]} == {name, "orders@db.test", "mail.test", "carts"}


def test_the_filter_language_finds_it_by_any_of_these(worked: tuple[str, str], xray: Any) -> None:
    name, trace_id = worked

    def found(expression: str) -> bool:
        pages = xray.get_paginator("get_trace_summaries").paginate(
            StartTime=time.time() - 300, EndTime=time.time() + 5, FilterExpression=expression
        )
        return trace_id in {one["Id"] for page in pages for one in page["TraceSummaries"]}

    assert found(f'service("{name}") {{ fault }} AND annotation.tenant = "gold"')
    assert found(f'edge("{name}", "mail.test") {{ throttle }} AND annotation[basket.items] > 2')
    assert found(
        f'service("{name}") AND rootcause.fault.exception {{ message CONTAINS "declined" }} AND user = "user-7"'
    )
    assert found(f'service("{name}") AND http.url BEGINSWITH "https://shop.test/" AND http.status = 500')
    assert not found(f'service("{name}") AND annotation.tenant = "silver"')


class LosesAnswers(BaseHTTPRequestHandler):
    """Passes requests on to ``upstream``, and at first says that it could not."""

    upstream = ""
    passed: list[int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: value for name, value in self.headers.items() if name.lower().startswith("content-")}
        with urllib.request.urlopen(urllib.request.Request(self.upstream + self.path, body, headers)) as answer:
            content = answer.read()
        self.passed.append(answer.status)
        self.send_response(200 if len(self.passed) > 2 else 503)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def loses_answers(server: RunningServer) -> Iterator[tuple[str, list[int]]]:
    handler = type("Handler", (LosesAnswers,), {"upstream": server.otlp_http, "passed": []})
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{proxy.server_port}", handler.passed
    proxy.shutdown()
    proxy.server_close()
    thread.join()


def test_what_an_exporter_sends_again_because_answers_were_lost_is_there_once(
    loses_answers: tuple[str, list[int]], xray: Any
) -> None:
    url, passed = loses_answers
    trace_id = run([sys.executable, str(APPS / "otel_worker.py"), "worker-again", "http", url])
    assert passed == [200] * 4, "two answers were lost, and the worker exports everything twice itself"
    whole(xray, trace_id, {"worker-again", "orders@db.test", "mail.test", "carts"})
    assert len(documents(xray, trace_id)) == 4
    nodes, _ = services(xray)
    assert nodes["worker-again AWS::EC2::Instance"]["SummaryStatistics"]["TotalCount"] == 1
