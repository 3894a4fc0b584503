"""Retrievals: begun, waited for, listed and drawn, cancelled and forgotten."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.model.graph_rows import EDGE, RESPONSE, GraphRow
from tests.api.desk import NOW, Desk
from tests.api.shelf import OTHER, TRACE, WINDOW, Shelf, begin, ended, found, listed
from tests.conftest import eventually
from tests.oracle.documents import segment, subsegment

# What is retrieved


def test_a_trace_is_retrieved_as_its_segments(desk: Desk, shelf: Shelf) -> None:
    shelf.put(segment(subsegments=[subsegment(name="stock", namespace="remote")]))
    answer = ended(desk, begin(desk, TRACE))
    assert (answer["RetrievalStatus"], answer["TraceFormat"]) == ("COMPLETE", "XRAY")
    assert "NextToken" not in answer
    (trace,) = answer["Traces"]
    assert (trace["Id"], trace["Duration"]) == (TRACE, 0.5)
    documents = [json.loads(one["Document"]) for one in trace["Spans"]]
    assert [one["name"] for one in documents if not one.get("inferred")] == ["shop"]
    assert [one["name"] for one in documents if one.get("inferred")] == ["stock"]
    assert {one["Id"] for one in trace["Spans"]} == {one["id"] for one in documents}


def test_a_trace_is_retrieved_as_spans_of_opentelemetry(desk: Desk, shelf: Shelf) -> None:
    shelf.put(segment(subsegments=[subsegment(name="stock", namespace="remote")]))
    answer = ended(desk, begin(desk, TRACE), TraceFormat="OTEL")
    assert answer["TraceFormat"] == "OTEL"
    spans = [json.loads(one["Document"]) for one in answer["Traces"][0]["Spans"]]
    assert [(one["name"], one["kind"]) for one in spans] == [("shop", "SERVER"), ("stock", "CLIENT")]
    assert spans[1]["parentSpanId"] == spans[0]["spanId"] == answer["Traces"][0]["Spans"][0]["Id"]
    assert {one["traceId"] for one in spans} == {"6553f1000123456789abcdef01234567"}


def test_traces_come_in_the_order_asked_for_each_once_and_what_is_not_known_not_at_all(
    desk: Desk, shelf: Shelf
) -> None:
    shelf.put(segment(), segment(trace_id=OTHER))
    assert found(desk, OTHER, "1-6553f100-ffffffffffffffffffffffff", "nonsense", TRACE, OTHER) == [OTHER, TRACE]
    assert found(desk, "nonsense") == found(desk) == []


@pytest.mark.parametrize(
    ("asked", "told"), [(TRACE.upper(), TRACE.upper()), ("6553f1000123456789abcdef01234567", TRACE)]
)
def test_an_id_may_be_spelled_in_capitals_or_as_w3c_does(desk: Desk, shelf: Shelf, asked: str, told: str) -> None:
    shelf.put(segment())
    assert found(desk, asked) == [told]


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [(-1, 0, True), (-60, -1, True), (-60, -1.5, False), (-0.4, 0, True), (0, 10, False), (-1, -1, True)],
)
def test_what_ran_in_the_window_counts_and_both_its_seconds_belong_to_it(
    desk: Desk, shelf: Shelf, start: float, end: float, there: bool
) -> None:
    shelf.put(segment(start_time=NOW - 1, end_time=NOW - 0.5))
    assert found(desk, TRACE, StartTime=NOW + start, EndTime=NOW + end) == ([TRACE] if there else [])


# The graph


def row(kind: int, name: str, caller: str = "", caller_type: str = "", type_: str = "") -> GraphRow:
    return GraphRow(0, kind, caller, caller_type, name, type_, True, 1, 0, 0, 0, 5, 0, 5, [5], [1])


def test_the_graph_has_services_edges_and_links(desk: Desk, shelf: Shelf) -> None:
    linked = {"trace_id": OTHER, "id": "b" * 16}
    shelf.put(segment(links=[linked, linked, {"trace_id": 7}, 5], subsegments=[subsegment(links=[{"trace_id": "x"}])]))
    shelf.put(segment(id="c" * 16, name="worker", origin="AWS::Lambda", links="none"))
    shelf.rows = [row(RESPONSE, "shop"), row(EDGE, "shop", "shop", "client"), row(RESPONSE, "worker", type_="AWS::ECS")]
    token = begin(desk, TRACE)
    ended(desk, token)
    answer = desk.ask("/GetRetrievedTracesGraph", RetrievalToken=token)
    assert answer["RetrievalStatus"] == "COMPLETE"
    links = {one["Service"]["Name"]: one["Links"] for one in answer["Services"]}
    told = {"ReferenceType": "link", "SourceTraceId": TRACE, "DestinationTraceIds": [OTHER, "x"]}
    assert [(one["Service"]["Name"], one["Service"].get("Type")) for one in answer["Services"]] == [
        ("shop", None),
        ("worker", "AWS::ECS"),
        ("shop", "client"),
    ]
    assert links["worker"] == []
    assert answer["Services"][0]["Links"] == [told]
    assert answer["Services"][2]["Service"]["Edges"][0]["ReferenceId"] == 0


def test_the_graph_comes_in_pages_of_a_thousand_services(desk: Desk, shelf: Shelf) -> None:
    shelf.put(segment())
    shelf.rows = [row(RESPONSE, f"service-{n}") for n in range(1_005)]
    token = begin(desk, TRACE)
    ended(desk, token)
    first = desk.ask("/GetRetrievedTracesGraph", RetrievalToken=token)
    second = desk.ask("/GetRetrievedTracesGraph", RetrievalToken=token, NextToken=first["NextToken"])
    assert (len(first["Services"]), len(second["Services"])) == (1_000, 5)
    numbers = [one["Service"]["ReferenceId"] for page in (first, second) for one in page["Services"]]
    assert numbers == list(range(1_005))
    assert "NextToken" not in second


# How it stands


def test_a_retrieval_that_is_not_complete_has_nothing_yet(desk: Desk, shelf: Shelf) -> None:
    shelf.put(segment())
    shelf.open.clear()
    running = begin(desk, TRACE), begin(desk, TRACE)
    waiting = begin(desk, TRACE)
    eventually(lambda: all(listed(desk, token)["RetrievalStatus"] == "RUNNING" for token in running))
    assert listed(desk, waiting) == {"RetrievalStatus": "SCHEDULED", "TraceFormat": "XRAY", "Traces": []}
    graph = desk.ask("/GetRetrievedTracesGraph", RetrievalToken=waiting)
    assert graph == {"RetrievalStatus": "SCHEDULED", "Services": []}
    shelf.open.set()
    assert all(len(ended(desk, token)["Traces"]) == 1 for token in (*running, waiting))


def test_a_retrieval_is_cancelled_whether_it_waits_runs_or_is_complete(desk: Desk, shelf: Shelf) -> None:
    shelf.put(segment())
    complete = begin(desk, TRACE)
    ended(desk, complete)
    shelf.open.clear()
    others = [begin(desk, TRACE) for _ in range(3)]
    for token in (complete, *others, complete):
        assert desk.ask("/CancelTraceRetrieval", RetrievalToken=token) == {}
    shelf.open.set()
    last = begin(desk, TRACE)
    assert ended(desk, last)["RetrievalStatus"] == "COMPLETE"
    for token in (complete, *others):
        assert listed(desk, token) == {"RetrievalStatus": "CANCELLED", "TraceFormat": "XRAY", "Traces": []}


def test_a_store_that_breaks_fails_the_retrieval(desk: Desk, shelf: Shelf) -> None:
    shelf.failure = RuntimeError("broken")
    token = begin(desk, TRACE)
    assert ended(desk, token)["RetrievalStatus"] == "FAILED"
    assert desk.context.counters.get("retrievals.failed") == 1
    desk.ask("/CancelTraceRetrieval", RetrievalToken=token)
    assert listed(desk, token)["RetrievalStatus"] == "FAILED"


def test_after_an_hour_a_retrieval_has_timed_out_and_after_another_it_is_forgotten(desk: Desk, shelf: Shelf) -> None:
    shelf.open.clear()
    token = begin(desk, TRACE)
    desk.passes(3599)
    assert listed(desk, token)["RetrievalStatus"] in ("SCHEDULED", "RUNNING")
    desk.passes(1)
    assert listed(desk, token)["RetrievalStatus"] == "TIMEOUT"
    desk.passes(3599)
    assert listed(desk, token)["RetrievalStatus"] == "TIMEOUT"
    desk.passes(1)
    assert desk.refused("/ListRetrievedTraces", RetrievalToken=token)[0] == "ResourceNotFoundException"


@pytest.mark.parametrize("path", ["/ListRetrievedTraces", "/GetRetrievedTracesGraph", "/CancelTraceRetrieval"])
@pytest.mark.parametrize("token", ["", "nobody's", "x" * 1020])
def test_a_token_of_nobody_is_not_found(desk: Desk, path: str, token: str) -> None:
    status, answer = desk.answer(path, RetrievalToken=token)
    assert (status, answer["__type"], answer["ResourceName"]) == (404, "ResourceNotFoundException", token)


@pytest.mark.parametrize(
    "members",
    [
        {"TraceIds": [""]},
        {"TraceIds": ["x" * 36]},
        {"TraceIds": ["1"] * 101},
        {"StartTime": NOW, "EndTime": NOW - 1},
        {"StartTime": -1},
        {"EndTime": 5e9},
    ],
)
def test_a_retrieval_that_cannot_be_is_an_invalid_request(desk: Desk, members: dict[str, Any]) -> None:
    asked = {"TraceIds": [TRACE], **WINDOW} | members
    code, message = desk.refused("/StartTraceRetrieval", **asked)
    assert code == "InvalidRequestException"
    assert next(iter(members)) in message
