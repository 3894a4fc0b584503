"""Services that do not know of one another's SDK: their calls, both ways, are one trace.

Three Flask applications in processes of their own. ``x`` is under the official X-Ray SDK. ``a`` and ``b`` are under
OpenTelemetry's automatic instrumentation, unchanged: ``a`` speaks both headers, ``b`` only W3C's, and the semantic
conventions of before and after.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import requests

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import APPS, instrumented
from tests.e2e.reading import Document, arrived, documents, everything, graph, services, summary

Start = Callable[..., str]
PLAIN = {
    "OTEL_PYTHON_DISTRO": "distro",
    "OTEL_PYTHON_CONFIGURATOR": "configurator",
    "OTEL_TRACES_EXPORTER": "otlp",
    "OTEL_METRICS_EXPORTER": "none",
    "OTEL_LOGS_EXPORTER": "none",
    "OTEL_BSP_SCHEDULE_DELAY": "100",
}


class Services(NamedTuple):
    """Their URLs."""

    x: str
    a: str
    b: str


@pytest.fixture(scope="module")
def running(server: RunningServer, start_app: Start) -> Services:
    hop = str(APPS / "hop.py")
    return Services(
        x=start_app(
            [sys.executable, str(APPS / "hop_xray.py"), "x"], AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.port}"
        ),
        a=start_app(
            instrumented(hop),
            **PLAIN,
            OTEL_SERVICE_NAME="a",
            OTEL_PROPAGATORS="xray,tracecontext",
            OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf",
            OTEL_EXPORTER_OTLP_ENDPOINT=server.otlp_http,
        ),
        b=start_app(
            instrumented(hop),
            **PLAIN,
            OTEL_SERVICE_NAME="b",
            OTEL_PROPAGATORS="tracecontext",
            OTEL_SEMCONV_STABILITY_OPT_IN="http,database",
            OTEL_EXPORTER_OTLP_PROTOCOL="grpc",
            OTEL_EXPORTER_OTLP_ENDPOINT=server.otlp_grpc,
        ),
    )


def hop(first: str, *others: str) -> str:
    """Have services call one another in turn; give the trace's id as X-Ray writes it."""
    told = requests.get(f"{first}/hop", params={"to": ",".join(others)}, timeout=60).json()
    assert len(told) == 1 + len(others)
    ids = {_trace_id(one) for one in told[1:]}
    assert len(ids) == 1, f"everybody was told of one trace: {told}"
    return ids.pop()


def _trace_id(headers: dict[str, str]) -> str:
    found = re.search(r"Root=([^;]+)", headers.get("X-Amzn-Trace-Id", ""))
    if found:
        return found[1]
    digits = headers["traceparent"].split("-")[1]
    return f"1-{digits[:8]}-{digits[8:]}"


def callers(found: list[Document]) -> list[tuple[str, str]]:
    """Give (caller, called) for each segment that some subsegment of the trace is the parent of."""
    owners = {inner["id"]: one["name"] for one in found for inner in everything([one])}
    return sorted((owners[one["parent_id"]], one["name"]) for one in found if one.get("parent_id") in owners)


def test_the_xray_sdk_calls_opentelemetry_calls_the_xray_sdk(running: Services, xray: Any) -> None:
    trace_id = hop(running.x, running.a, running.x, running.a)
    found = arrived(xray, trace_id, 4)
    assert callers(found) == [("a", "x"), ("x", "a"), ("x", "a")]
    nodes, edges = graph(xray, trace_id)
    assert edges == {("x client", "x"), ("x", "a"), ("a", "x")}
    assert {name: node.get("Root", False) for name, node in nodes.items()} == {"x client": False, "x": True, "a": False}
    assert nodes["a"]["SummaryStatistics"]["OkCount"] == 2
    told = summary(xray, trace_id)
    assert told["EntryPoint"]["Name"] == "x"
    assert told["Http"]["HttpURL"] == f"{running.x}/hop"


def test_opentelemetry_calls_the_xray_sdk_calls_opentelemetry(running: Services, xray: Any) -> None:
    trace_id = hop(running.a, running.x, running.a)
    found = arrived(xray, trace_id, 3)
    assert callers(found) == [("a", "x"), ("x", "a")]
    _, edges = graph(xray, trace_id)
    assert edges == {("a client", "a"), ("a", "x"), ("x", "a")}
    told = summary(xray, trace_id)
    assert told["EntryPoint"]["Name"] == "a"
    assert told["Http"]["HttpURL"].startswith(f"{running.a}/hop?to=")
    assert (told["Http"]["HttpMethod"], told["Http"]["HttpStatus"]) == ("GET", 200)


def test_a_trace_of_the_xray_sdk_goes_on_under_traceparent(running: Services, xray: Any) -> None:
    trace_id = hop(running.x, running.a, running.b)
    assert callers(arrived(xray, trace_id, 3)) == [("a", "b"), ("x", "a")]
    _, edges = graph(xray, trace_id)
    assert edges == {("x client", "x"), ("x", "a"), ("a", "b")}


def test_a_trace_begun_with_random_digits_under_traceparent_reaches_the_xray_sdk(running: Services, xray: Any) -> None:
    trace_id = hop(running.b, running.a, running.x)
    assert callers(arrived(xray, trace_id, 3)) == [("a", "x"), ("b", "a")]
    _, edges = graph(xray, trace_id)
    assert edges == {("b client", "b"), ("b", "a"), ("a", "x")}


def test_a_trace_that_a_caller_elsewhere_began_has_its_id(running: Services, xray: Any) -> None:
    """The digits are anybody's: their first bytes are no time that X-Ray would take for one."""
    traceparent = "00-00000000000000000000000000000abc-00000000000000ff-01"
    requests.get(f"{running.b}/hop", headers={"traceparent": traceparent}, timeout=60)
    (segment,) = arrived(xray, "1-00000000-000000000000000000000abc", 1)
    assert (segment["name"], segment["parent_id"]) == ("b", "00000000000000ff")
    assert summary(xray, "1-00000000-000000000000000000000abc")["Http"]["HttpURL"] == f"{running.b}/hop"


def test_what_a_caller_did_not_sample_is_not_there(running: Services, xray: Any) -> None:
    trace_id = "1-5759e988-bd862e3fe1be46a994272793"
    header = f"Root={trace_id};Parent=53995c3f42cd8ad8;Sampled=0"
    requests.get(
        f"{running.a}/hop", params={"to": running.x}, headers={"X-Amzn-Trace-Id": header}, timeout=60
    ).raise_for_status()
    # What came after it has arrived, by both ways.
    arrived(xray, hop(running.a, running.x, running.a), 3)
    assert documents(xray, trace_id) == []


@pytest.mark.parametrize("service", ["a", "b"])
def test_the_instrumentation_of_a_database_gives_sql(service: str, running: Services, xray: Any) -> None:
    url = getattr(running, service)
    root = "1-5f000000-" + {"a": "a", "b": "b"}[service] * 24
    digits = root.replace("-", "")[1:]
    requests.get(f"{url}/order/3", headers={"traceparent": f"00-{digits}-00000000000000ff-01"}, timeout=60)
    (segment,) = arrived(xray, root, 1)
    create, select = segment["subsegments"]
    assert create["sql"]["sanitized_query"].startswith("CREATE TABLE orders")
    assert select["sql"]["sanitized_query"] == "SELECT number FROM orders WHERE number = ?"
    assert select["sql"]["database_type"] == "sqlite"
    assert select["namespace"] == "remote"
    nodes, edges = graph(xray, root)
    asked = {name for name in nodes if name.endswith(" Database::SQL")}
    assert asked
    assert edges == {(f"{service} client", service)} | {(service, one) for one in asked}


@pytest.mark.parametrize("service", ["a", "b"])
def test_a_service_that_throws_has_a_fault_and_the_stack(service: str, running: Services, xray: Any) -> None:
    root = "1-5f000001-" + {"a": "a", "b": "b"}[service] * 24
    digits = root.replace("-", "")[1:]
    answer = requests.get(
        f"{getattr(running, service)}/fail", headers={"traceparent": f"00-{digits}-00000000000000ff-01"}, timeout=60
    )
    assert answer.status_code == 500
    (segment,) = arrived(xray, root, 1)
    assert segment["fault"] is True
    assert segment["http"]["response"]["status"] == 500
    thrown, cause = segment["cause"]["exceptions"][:2]
    assert (thrown["type"], thrown["message"]) == ("ValueError", "the card is declined")
    assert (cause["type"], cause["message"]) == ("KeyError", "'sku'")
    assert thrown["cause"] == cause["id"]
    innermost = thrown["stack"][0]
    assert (innermost["path"], innermost["label"]) == (str(APPS / "hop.py"), "fail")
    told = summary(xray, root)
    assert told["HasFault"]
    assert [one["Services"][0]["EntityPath"][-1]["Exceptions"][0]["Name"] for one in told["FaultRootCauses"]] == [
        "ValueError"
    ]


@pytest.mark.parametrize(
    ("status", "flags"), [(404, (True, False, False)), (429, (True, True, False)), (503, (False, False, True))]
)
@pytest.mark.parametrize(("caller", "called"), [("a", "x"), ("b", "a"), ("x", "a"), ("a", "b")])
def test_a_call_that_fails_flags_the_call_and_the_service_called(
    caller: str, called: str, status: int, flags: tuple[bool, bool, bool], running: Services, xray: Any
) -> None:
    root = f"1-5f0{status:05d}-{(caller + called).encode().hex():0>24}"
    digits = root.replace("-", "")[1:]
    headers = {
        "X-Amzn-Trace-Id": f"Root={root};Parent=00000000000000ff;Sampled=1",
        "traceparent": f"00-{digits}-00000000000000ff-01",
    }
    of = getattr(running, called)
    requests.get(f"{getattr(running, caller)}/call/{status}", params={"of": of}, headers=headers, timeout=60)
    found = {one["name"]: one for one in arrived(xray, root, 2)}
    (call,) = found[caller]["subsegments"]
    for one in (call, found[called]):
        assert one["http"]["response"]["status"] == status
        assert tuple(one.get(flag, False) for flag in ("error", "throttle", "fault")) == flags, one["name"]
    assert not any(found[caller].get(flag, False) for flag in ("error", "throttle", "fault"))
    nodes, _ = graph(xray, root)
    assert nodes[called]["SummaryStatistics"]["OkCount"] == 0
    assert nodes[caller]["SummaryStatistics"]["OkCount"] == 1


def test_the_service_graph_joins_them_all(running: Services, xray: Any) -> None:
    trace_ids = [hop(running.x, running.a, running.b), hop(running.b, running.a, running.x)]
    for trace_id in trace_ids:
        arrived(xray, trace_id, 3)
    expected = {("x", "a"), ("a", "b"), ("b", "a"), ("a", "x")}
    eventually(lambda: expected <= services(xray)[1])
    nodes, edges = services(xray)
    named = {node["Name"] for node in nodes.values()}
    assert {"x", "a", "b"} <= named
    assert not [one for edge in edges for one in edge if one.startswith("127.0.0.1")], "nobody is inferred that is here"
