"""The bytes themselves: what clients are known to send that no SDK here does."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import ask, put, segment, segments_of, subsegment


def datagram(server: RunningServer, header: str, document: object) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(f"{header}\n{json.dumps(document)}".encode(), (server.host, server.udp_port))


def test_one_good_and_one_nameless_document(server: RunningServer) -> None:
    good = segment("wire")
    answer = put(server.url, good, segment("wire", id=None))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    (refused,) = answer.body["UnprocessedTraceSegments"]
    assert refused["Id"] is None, "the member is there, and null"
    assert refused["ErrorCode"] == "MissingId"
    assert eventually(lambda: segments_of(server.url, good["trace_id"])) == [good]


@pytest.mark.parametrize(
    "header",
    [
        '{"format":"json","version":1}',
        '{"format": "json", "version": 1}',
        '{ "version" : 1 , "format" : "JSON" }',
        '{"format":"json","version":1,"later":"member"}',
    ],
)
def test_a_datagram_header_may_be_spaced_and_ordered_freely(server: RunningServer, header: str) -> None:
    sent = segment("wire-udp")
    datagram(server, header, sent)
    assert eventually(lambda: segments_of(server.url, sent["trace_id"])) == [sent]


def test_a_datagram_of_a_header_alone_is_dropped_and_counted(server: RunningServer) -> None:
    before = server.counters().get("udp.dropped.incomplete", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b'{"format":"json","version":1}\n', (server.host, server.udp_port))
    eventually(lambda: server.counters().get("udp.dropped.incomplete", 0) == before + 1)


def test_sampling_rules_are_given_for_an_empty_unsigned_body(server: RunningServer) -> None:
    answer = ask(server.url, "/GetSamplingRules")
    assert answer.status == 200
    rules = {one["SamplingRule"]["RuleName"]: one["SamplingRule"] for one in answer.body["SamplingRuleRecords"]}
    assert rules["Default"]["Priority"] == 10_000


def test_sampling_targets_take_an_unsigned_report_and_a_null_list_of_boosts(server: RunningServer) -> None:
    report = {
        "ClientID": "0" * 24,
        "RuleName": "Default",
        "Timestamp": time.time(),
        "RequestCount": 3,
        "SampledCount": 1,
        "SampleCount": 1,
        "BorrowCount": 0,
    }
    body = {"SamplingStatisticsDocuments": [report], "SamplingBoostStatisticsDocuments": None}
    answer = ask(server.url, "/SamplingTargets", body)
    assert answer.status == 200, answer
    assert [one["RuleName"] for one in answer.body["SamplingTargetDocuments"]] == ["Default"]
    assert answer.body["UnprocessedStatistics"] == []


def summary(server: RunningServer, wanted: str) -> dict[str, Any] | None:
    window = {"StartTime": time.time() - 300, "EndTime": time.time() + 5}
    found = ask(server.url, "/TraceSummaries", window).body["TraceSummaries"]
    return next((one for one in found if one["Id"] == wanted), None)


def in_order(early: dict[str, Any], late: dict[str, Any]) -> list[dict[str, Any]]:
    return [early, late]


def in_reverse(early: dict[str, Any], late: dict[str, Any]) -> list[dict[str, Any]]:
    return [late, early]


@pytest.mark.parametrize("order", [in_order, in_reverse])
def test_an_in_progress_document_and_its_complete_one_are_one_segment(
    server: RunningServer, order: Callable[..., list[dict[str, Any]]]
) -> None:
    complete = segment("wire-progress")
    early = {key: value for key, value in complete.items() if key != "end_time"} | {"in_progress": True}
    first, second = order(early, complete)
    put(server.url, first)
    eventually(lambda: segments_of(server.url, complete["trace_id"]))
    put(server.url, second)
    eventually(lambda: server.counters()["applier.behind"] == 0)
    assert eventually(lambda: segments_of(server.url, complete["trace_id"]) == [complete])
    found = eventually(lambda: summary(server, complete["trace_id"]))
    assert found["IsPartial"] is False  # type: ignore[index]


def test_a_call_without_a_callee_has_an_inferred_one_until_the_true_one_comes(server: RunningServer) -> None:
    call = subsegment("stock.test", namespace="remote", http={"response": {"status": 200}})
    caller = segment("wire-caller", subsegments=[call])
    wanted = caller["trace_id"]

    def nodes() -> set[tuple[str, str]]:
        services = ask(server.url, "/TraceGraph", {"TraceIds": [wanted]}).body["Services"]
        return {(one["Name"], one.get("Type", "")) for one in services}

    put(server.url, caller)
    found = eventually(lambda: segments_of(server.url, wanted))
    assert [one["name"] for one in found if one.get("inferred")] == ["stock.test"]  # type: ignore[attr-defined]
    assert nodes() == {("wire-caller", "client"), ("wire-caller", ""), ("stock.test", "remote")}

    callee = segment("wire-callee", trace_id=wanted, parent_id=call["id"])
    put(server.url, callee)
    eventually(lambda: callee["id"] in [one["id"] for one in segments_of(server.url, wanted)])
    assert [one for one in segments_of(server.url, wanted) if one.get("inferred")] == []
    assert nodes() == {("wire-caller", "client"), ("wire-caller", ""), ("wire-callee", "")}
