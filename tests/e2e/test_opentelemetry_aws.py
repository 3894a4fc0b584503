"""The AWS distribution of OpenTelemetry as it is: in Lambda, where it sends datagrams, and with X-Ray's sampler."""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import APPS, instrumented, run
from tests.e2e.documents import trace_id
from tests.e2e.reading import Document, arrived, documents, graph, services, summary

AWS = {
    "OTEL_PYTHON_DISTRO": "aws_distro",
    "OTEL_PYTHON_CONFIGURATOR": "aws_configurator",
    "OTEL_TRACES_EXPORTER": "otlp",
    "OTEL_METRICS_EXPORTER": "none",
    "OTEL_LOGS_EXPORTER": "none",
    "OTEL_BSP_SCHEDULE_DELAY": "100",
}
FUNCTION = "charge"


@pytest.fixture(scope="module")
def stock(server: RunningServer, start_app: Callable[..., str]) -> str:
    """Give the URL of a service under the X-Ray SDK."""
    command = [sys.executable, str(APPS / "hop_xray.py"), "stock-of-lambda"]
    return start_app(command, AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.port}")


@pytest.fixture(scope="module")
def invoke(server: RunningServer, stock: str) -> Callable[..., None]:
    """Have Lambda's stand-in invoke the function, once for each event."""

    def call(*events: dict[str, Any], **variables: str) -> None:
        run(
            instrumented(str(APPS / "adot_lambda.py"), *(json.dumps({"url": stock} | event) for event in events)),
            **AWS,
            **{
                "PYTHONPATH": str(APPS),
                "AWS_LAMBDA_FUNCTION_NAME": FUNCTION,
                "AWS_REGION": "eu-west-3",
                "_HANDLER": "adot_function.handler",
                "AWS_XRAY_DAEMON_ADDRESS": f"127.0.0.1:{server.udp_port}",
                "OTEL_SERVICE_NAME": FUNCTION,
                "OTEL_PROPAGATORS": "baggage,xray-lambda,tracecontext",
                "OTEL_RESOURCE_ATTRIBUTES": "cloud.provider=aws,cloud.platform=aws_lambda,faas.name=charge",
            },
            **variables,
        )

    return call


def header(root: str, sampled: int = 1) -> dict[str, str]:
    """Give what Lambda tells a function of its trace."""
    return {"trace": f"Root={root};Parent={secrets.token_hex(8)};Sampled={sampled};Lineage=a87bd80c:0|68fd508a:5"}


def own(found: list[Document]) -> Document:
    (only,) = [one for one in found if one["name"] == FUNCTION]
    return only


@pytest.fixture(scope="module")
def invoked(invoke: Callable[..., None], xray: Any) -> dict[str, tuple[str, list[Document]]]:
    """Give (trace id, segments) of what one process of Lambda did: well, failing, and with many calls."""
    roots = {"well": trace_id(), "failing": trace_id(), "many": trace_id()}
    invoke(
        header(roots["well"]),
        header(roots["failing"]) | {"fail": True},
        header(roots["many"]) | {"calls": 25},
    )
    return {which: (root, arrived(xray, root, 26 if which == "many" else 2)) for which, root in roots.items()}


def test_an_invocation_arrives_in_a_datagram_as_the_functions_segment(invoked: dict[str, Any]) -> None:
    segment = own(invoked["well"][1])
    assert segment["origin"] == "AWS::Lambda::Function"
    assert segment["parent_id"], "Lambda's own segment is its caller"
    assert segment["aws"]["xray"]["auto_instrumentation"] is True
    (call,) = segment["subsegments"]
    assert call["namespace"] == "remote"
    assert call["http"]["response"]["status"] == 200
    assert not segment.get("fault")


def test_what_the_function_calls_is_in_its_trace(invoked: dict[str, Any], xray: Any) -> None:
    root, found = invoked["well"]
    (called,) = [one for one in found if one["name"] == "stock-of-lambda"]
    assert called["parent_id"] == own(found)["subsegments"][0]["id"]
    _, edges = graph(xray, root)
    function = f"{FUNCTION} AWS::Lambda::Function"
    assert (function, "stock-of-lambda") in edges
    assert edges <= {(function, "stock-of-lambda"), (f"{FUNCTION} client", function)}


def test_an_invocation_that_throws_has_a_fault_and_the_stack(invoked: dict[str, Any], xray: Any) -> None:
    root, found = invoked["failing"]
    segment = own(found)
    assert segment["fault"] is True
    thrown = segment["cause"]["exceptions"][0]
    assert (thrown["type"], thrown["message"]) == ("RuntimeError", "the function fails")
    assert (thrown["stack"][0]["path"], thrown["stack"][0]["label"]) == (str(APPS / "adot_function.py"), "handler")
    assert summary(xray, root)["HasFault"]


def test_spans_cut_into_datagrams_of_ten_are_one_segment(invoked: dict[str, Any], xray: Any) -> None:
    root, found = invoked["many"]
    segment = own(found)
    assert len(segment["subsegments"]) == 25
    assert {one["parent_id"] for one in found if one is not segment} == {one["id"] for one in segment["subsegments"]}
    nodes, _ = graph(xray, root)
    assert nodes[f"{FUNCTION} AWS::Lambda::Function"]["SummaryStatistics"]["TotalCount"] == 1
    assert nodes["stock-of-lambda"]["SummaryStatistics"]["TotalCount"] == 25


def test_spans_that_nobody_sampled_are_counted_and_not_shown(
    invoke: Callable[..., None], server: RunningServer, xray: Any
) -> None:
    root = trace_id()
    before = server.counters().get("udp.dropped.unsampled", 0)
    # With Application Signals the distribution sends what was not sampled too, marked as such.
    invoke(
        header(root, sampled=0),
        OTEL_AWS_APPLICATION_SIGNALS_ENABLED="true",
        OTEL_AWS_APPLICATION_SIGNALS_RUNTIME_ENABLED="false",
    )
    eventually(lambda: server.counters().get("udp.dropped.unsampled", 0) > before)
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert documents(xray, root) == []


def test_the_small_sdk_that_writes_protobuf_itself_is_read_too(server: RunningServer, stock: str, xray: Any) -> None:
    root = trace_id()
    run(
        [sys.executable, str(APPS / "adot_lite.py"), header(root)["trace"], stock],
        AWS_LAMBDA_FUNCTION_NAME=FUNCTION,
        AWS_XRAY_DAEMON_ADDRESS=f"127.0.0.1:{server.udp_port}",
        OTEL_SERVICE_NAME=FUNCTION,
    )
    found = arrived(xray, root, 2)
    segment = own(found)
    assert (segment["fault"], segment["annotations"]) == (True, {"tier": "gold", "items": 3})
    thrown = segment["cause"]["exceptions"][0]
    assert (thrown["type"], thrown["message"]) == ("ValueError", "the card is declined")
    assert thrown["stack"][0]["path"] == str(APPS / "adot_lite.py")
    (call,) = segment["subsegments"]
    assert (call["error"], call["http"]["response"]["status"]) == (True, 404)
    assert {one["parent_id"] for one in found if one is not segment} == {call["id"]}


def test_a_service_outside_lambda_runs_with_the_sampler_of_xray(
    server: RunningServer, start_app: Callable[..., str], xray: Any
) -> None:
    rule = {
        "RuleName": "adot-all",
        "Priority": 7,
        "FixedRate": 1.0,
        "ReservoirSize": 0,
        "ServiceName": "sampled-adot",
        "ServiceType": "*",
        "Host": "*",
        "HTTPMethod": "*",
        "URLPath": "/order/*",
        "ResourceARN": "*",
        "Version": 1,
    }
    never = rule | {"RuleName": "adot-never", "Priority": 8, "FixedRate": 0.0, "URLPath": "*"}
    for one in (rule, never):
        xray.create_sampling_rule(SamplingRule=one)
    try:
        url = start_app(
            instrumented(str(APPS / "hop.py")),
            **AWS,
            OTEL_SERVICE_NAME="sampled-adot",
            OTEL_EXPORTER_OTLP_ENDPOINT=server.otlp_http,
            OTEL_TRACES_SAMPLER="xray",
            OTEL_TRACES_SAMPLER_ARG=f"endpoint={server.url},polling_interval=1",
        )

        def decided() -> dict[str, Any]:
            # Until the first poll the sampler goes by a rule of its own.
            requests.get(f"{url}/order/1", timeout=60)
            requests.get(f"{url}/status/200", timeout=60)
            told = xray.get_sampling_statistic_summaries()["SamplingStatisticSummaries"]
            return {one["RuleName"]: one for one in told if one["RequestCount"]}

        eventually(lambda: {"adot-all", "adot-never"} <= set(decided()), 90)
        told = decided()
        assert told["adot-all"]["SampledCount"] == told["adot-all"]["RequestCount"]
        assert told["adot-never"]["SampledCount"] == 0
        began = time.time()
        for _ in range(5):
            requests.get(f"{url}/order/2", timeout=60)
            requests.get(f"{url}/status/201", timeout=60)

        def kept() -> list[str]:
            pages = xray.get_paginator("get_trace_summaries").paginate(
                StartTime=began - 1, EndTime=time.time() + 5, FilterExpression='service("sampled-adot")'
            )
            return [one["Http"]["HttpURL"] for page in pages for one in page["TraceSummaries"]]

        eventually(lambda: kept().count(f"{url}/order/2") == 5)
        assert f"{url}/status/201" not in kept()
        assert "sampled-adot" in services(xray)[0]
    finally:
        for one in (rule, never):
            xray.delete_sampling_rule(RuleName=one["RuleName"])
