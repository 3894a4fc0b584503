"""Traces, graphs and targets, through boto3 as it is."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.conftest import RunningServer, eventually
from tests.e2e.documents import entity_id, segment, subsegment, trace_id


def send(xray: Any, *documents: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what was not taken."""
    answer = xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(document) for document in documents])
    assert answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    return answer["UnprocessedTraceSegments"]


def traces(xray: Any, *ids: str) -> list[dict[str, Any]]:
    return xray.batch_get_traces(TraceIds=list(ids))["Traces"]


def test_what_is_put_can_be_read(xray: Any) -> None:
    sent = segment("reader", annotations={"tier": "gold"})
    assert send(xray, sent) == []
    (trace,) = eventually(lambda: traces(xray, sent["trace_id"]), 2)  # type: ignore[misc]
    assert trace["Duration"] == pytest.approx(0.05, abs=0.001)
    assert json.loads(trace["Segments"][0]["Document"]) == sent


LONE = {"type": "subsegment"}


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"id": None}, "MissingId"),
        ({"id": "xyz"}, "InvalidId"),
        ({"name": None}, "MissingName"),
        ({"name": "a<b>"}, "InvalidName"),
        ({"name": "n" * 201}, "InvalidName"),
        ({"trace_id": None}, "MissingTraceId"),
        ({"trace_id": "1-2-3"}, "InvalidTraceId"),
        ({"start_time": None}, "MissingStartTime"),
        ({"start_time": "now"}, "InvalidStartTime"),
        ({"start_time": 1.0}, "InvalidStartTime"),
        ({"start_time": time.time() + 3600}, "InvalidStartTime"),
        ({"end_time": None}, "MissingEndTime"),
        ({"end_time": 1.0}, "InvalidEndTime"),
        (LONE, "MissingParentId"),
        ({"metadata": {"default": {"long": "x" * 65_536}}}, "SegmentTooLarge"),
    ],
)
def test_a_bad_document_comes_back_with_its_code(xray: Any, members: dict[str, Any], code: str) -> None:
    bad = segment(**members)
    (refused,) = send(xray, bad)
    assert refused["ErrorCode"] == code
    assert refused.get("Id") == (None if code == "SegmentTooLarge" else bad.get("id"))
    kind = "subsegment" if members is LONE else "segment"
    assert refused["Message"].startswith(f"Invalid {kind}. ErrorCode: {code}")


@pytest.mark.parametrize(
    ("text", "code"), [("", "ParseError"), ("{", "ParseError"), ("7", "ParseError"), ("[]", "MissingId")]
)
def test_what_is_no_document_comes_back_without_an_id(xray: Any, text: str, code: str) -> None:
    (refused,) = xray.put_trace_segments(TraceSegmentDocuments=[text])["UnprocessedTraceSegments"]
    assert refused["ErrorCode"] == code
    assert "Id" not in refused


def test_an_array_of_documents_is_taken_one_by_one(xray: Any) -> None:
    parent = segment("array")
    members = {"trace_id": parent["trace_id"], "parent_id": parent["id"], "type": "subsegment"}
    texts = [json.dumps([parent, subsegment("step", **members)])]
    assert xray.put_trace_segments(TraceSegmentDocuments=texts)["UnprocessedTraceSegments"] == []
    (trace,) = eventually(lambda: traces(xray, parent["trace_id"]), 2)  # type: ignore[misc]
    (only,) = trace["Segments"]
    assert [one["name"] for one in json.loads(only["Document"])["subsegments"]] == ["step"]


def test_unknown_ids_are_told_apart(xray: Any) -> None:
    nowhere = trace_id()
    answer = xray.batch_get_traces(TraceIds=[nowhere])
    assert answer["Traces"] == []
    assert answer["UnprocessedTraceIds"] == [nowhere]


def test_telemetry_of_a_daemon_is_counted(xray: Any, server: RunningServer) -> None:
    before = server.counters().get("daemon.segments.sent", 0)
    xray.put_telemetry_records(
        TelemetryRecords=[
            {
                "Timestamp": time.time(),
                "SegmentsReceivedCount": 5,
                "SegmentsSentCount": 4,
                "SegmentsSpilloverCount": 1,
                "SegmentsRejectedCount": 0,
                "BackendConnectionErrors": {"TimeoutCount": 1, "HTTPCode5XXCount": 2},
            }
        ],
        EC2InstanceId="i-0123456789abcdef0",
        Hostname="shop-1",
    )
    assert server.counters()["daemon.segments.sent"] == before + 4


def test_the_default_rule_is_there(xray: Any) -> None:
    pages = xray.get_paginator("get_sampling_rules").paginate()
    rules = [one["SamplingRule"] for page in pages for one in page["SamplingRuleRecords"]]
    (default,) = [rule for rule in rules if rule["RuleName"] == "Default"]
    assert (default["Priority"], default["FixedRate"], default["ReservoirSize"]) == (10_000, 0.05, 1)
    assert default["RuleARN"].endswith(":sampling-rule/Default")


def report(rule: str, at_s: float | None = None) -> dict[str, Any]:
    counts = {"RequestCount": 10, "SampledCount": 2, "BorrowCount": 1}
    return {"RuleName": rule, "ClientID": entity_id() + "12345678", "Timestamp": at_s or time.time()} | counts


def test_targets_are_given_for_known_rules_and_the_others_told_apart(xray: Any) -> None:
    answer = xray.get_sampling_targets(
        SamplingStatisticsDocuments=[report("Default"), report("Nobody"), report("Default", time.time() - 3600)]
    )
    (target,) = answer["SamplingTargetDocuments"]
    assert target["RuleName"] == "Default"
    assert target["FixedRate"] == 0.05
    assert target["ReservoirQuota"] <= 1
    assert target["Interval"] == 10
    assert target["ReservoirQuotaTTL"].timestamp() > time.time() + 60
    assert answer["LastRuleModification"].timestamp() <= time.time()
    assert [one["RuleName"] for one in answer["UnprocessedStatistics"]] == ["Nobody", "Default"]


def test_the_time_series_counts_a_service_and_an_edge(xray: Any) -> None:
    name = f"series-{entity_id()}"
    sent = [segment(name) for _ in range(3)] + [segment(name, fault=True)]
    assert send(xray, *sent) == []
    window = {"StartTime": time.time() - 120, "EndTime": time.time() + 1, "Period": 60}

    def counted(selector: str, kind: str) -> list[int]:
        pages = xray.get_paginator("get_time_series_service_statistics").paginate(
            EntitySelectorExpression=selector, **window
        )
        points = [one for page in pages for one in page["TimeSeriesServiceStatistics"]]
        assert all(one["Timestamp"].timestamp() % 60 == 0 for one in points)
        found = [one[kind] for one in points if kind in one]
        return [
            sum(one["TotalCount"] for one in found),
            sum(one["FaultStatistics"]["TotalCount"] for one in found),
        ]

    eventually(lambda: counted(f'service("{name}")', "ServiceSummaryStatistics") == [4, 1], 5)
    assert counted(f'edge("{name}", "{name}")', "EdgeSummaryStatistics") == [4, 1]


def test_pages_of_summaries_and_graph_hold_everything_once(xray: Any) -> None:
    at_s = time.time() - 4000
    name = f"paged-{entity_id()}"
    sent = [
        segment(name, trace_id=trace_id(at_s + n / 10), start_time=at_s + n / 10, end_time=at_s + n / 10 + 0.05)
        for n in range(250)
    ]
    for first in range(0, 250, 50):
        assert send(xray, *sent[first : first + 50]) == []
    window = {"StartTime": at_s - 1, "EndTime": at_s + 60}

    def found() -> list[list[dict[str, Any]]]:
        return [page["TraceSummaries"] for page in xray.get_paginator("get_trace_summaries").paginate(**window)]

    eventually(lambda: sum(map(len, found())) == 250, 5)
    pages = found()
    assert len(pages) == 3
    listed = [one["Id"] for page in pages for one in page]
    assert sorted(listed) == sorted(one["trace_id"] for one in sent)
    times = [int(id_.split("-")[1], 16) for id_ in listed]
    assert times == sorted(times, reverse=True)
    graph = xray.get_paginator("get_service_graph").paginate(**window)
    counts = [
        one["SummaryStatistics"]["TotalCount"]
        for page in graph
        for one in page["Services"]
        if one["Name"] == name and "SummaryStatistics" in one
    ]
    assert counts == [250]
    several = xray.get_paginator("batch_get_traces").paginate(TraceIds=listed[:5])
    assert [one["Id"] for page in several for one in page["Traces"]] == listed[:5]


def test_filters_choose_among_traces_of_two_segments(xray: Any) -> None:
    name, user = f"filtered-{entity_id()}", f"user-{entity_id()}"
    call = subsegment("stock.test", namespace="remote", http={"response": {"status": 503}}, fault=True)
    caller = segment(name, user=user, annotations={"tier": "gold", "amount": 12.5}, subsegments=[call])
    callee = segment(f"{name}-stock", trace_id=caller["trace_id"], parent_id=call["id"], fault=True)
    other = segment(name, annotations={"tier": "silver"})
    assert send(xray, caller, callee, other) == []
    eventually(lambda: len(traces(xray, caller["trace_id"], other["trace_id"])) == 2, 5)
    window = {"StartTime": time.time() - 120, "EndTime": time.time() + 5}

    def found(expression: str) -> list[str]:
        pages = xray.get_paginator("get_trace_summaries").paginate(FilterExpression=expression, **window)
        return [one["Id"] for page in pages for one in page["TraceSummaries"]]

    for expression in (
        f'user = "{user}"',
        f'service("{name}") AND annotation.tier = "gold" AND annotation.amount > 12',
        f'service("{name}-stock") {{ fault AND !root }}',
        f'edge("{name}", "{name}-stock") {{ fault AND http.status = 503 }}',
        f'service("{name}") -> service("{name}-stock")',
        f'rootcause.fault.service {{ last AND name = "{name}-stock" }}',
    ):
        assert found(expression) == [caller["trace_id"]], expression
    assert found(f'service("{name}") AND !edge("{name}", "{name}-stock")') == [other["trace_id"]]
    with pytest.raises(ClientError, match="column 7"):
        found("fault nonsense")


def test_a_token_of_nobody_is_refused(xray: Any) -> None:
    with pytest.raises(ClientError) as refused:
        xray.get_trace_summaries(StartTime=time.time() - 60, EndTime=time.time(), NextToken="nonsense")
    assert refused.value.response["Error"]["Code"] == "InvalidRequestException"
    assert "NextToken" in refused.value.response["Error"]["Message"]
    assert refused.value.response["ResponseMetadata"]["RequestId"]


# Retrieval: botocore has no paginators for it


def retrieved(xray: Any, token: str, **members: Any) -> list[dict[str, Any]]:
    """Wait until a retrieval is complete; give the traces of all its pages."""
    eventually(lambda: xray.list_retrieved_traces(RetrievalToken=token)["RetrievalStatus"] == "COMPLETE")
    found, following = [], {}
    while True:
        page = xray.list_retrieved_traces(RetrievalToken=token, **members, **following)
        assert len(page["Traces"]) <= 5
        found += page["Traces"]
        if "NextToken" not in page:
            return found
        following = {"NextToken": page["NextToken"]}


def in_graph(xray: Any, *ids: str) -> bool:
    """Whether the traces' columns are stored, which are written after their documents."""
    return all(xray.get_trace_graph(TraceIds=[id_])["Services"] for id_ in ids)


def window() -> dict[str, float]:
    return {"StartTime": time.time() - 60, "EndTime": time.time() + 1}


def test_traces_are_retrieved_in_both_formats(xray: Any) -> None:
    name = f"retrieved-{entity_id()}"
    sent = [segment(name, subsegments=[subsegment("stock", namespace="remote")]) for _ in range(7)]
    assert send(xray, *sent) == []
    ids = [one["trace_id"] for one in sent]
    eventually(lambda: len(traces(xray, *ids)) == 7 and in_graph(xray, *ids))
    token = xray.start_trace_retrieval(TraceIds=[*ids, trace_id()], **window())["RetrievalToken"]
    found = retrieved(xray, token)
    assert [one["Id"] for one in found] == ids
    assert found[0]["Duration"] == pytest.approx(0.05, abs=0.001)
    (document,) = [json.loads(one["Document"]) for one in found[0]["Spans"] if one["Id"] == sent[0]["id"]]
    assert document == sent[0]
    spans = [json.loads(one["Document"]) for one in retrieved(xray, token, TraceFormat="OTEL")[0]["Spans"]]
    assert [one["name"] for one in spans if one["kind"] == "SERVER"] == [name]
    assert [one["name"] for one in spans if one["kind"] == "CLIENT"] == ["stock"]
    assert {one["traceId"] for one in spans} == {ids[0][2:].replace("-", "")}


def test_the_graph_of_retrieved_traces_has_their_services_and_links(xray: Any) -> None:
    other = trace_id()
    name = f"drawn-{entity_id()}"
    sent = segment(
        name,
        subsegments=[subsegment("stock", namespace="remote")],
        links=[{"trace_id": other, "id": entity_id()}],
    )
    assert send(xray, sent) == []
    eventually(lambda: in_graph(xray, sent["trace_id"]))
    token = xray.start_trace_retrieval(TraceIds=[sent["trace_id"]], **window())["RetrievalToken"]
    retrieved(xray, token)

    def services() -> dict[str, Any]:
        graph = xray.get_retrieved_traces_graph(RetrievalToken=token)
        assert graph["RetrievalStatus"] == "COMPLETE"
        return {one["Service"].get("Type", ""): one for one in graph["Services"]}

    eventually(lambda: set(services()) == {"", "remote", "client"})
    found = services()
    assert found[""]["Service"]["Name"] == name
    assert found[""]["Service"]["Edges"][0]["ReferenceId"] == found["remote"]["Service"]["ReferenceId"]
    assert [(one["SourceTraceId"], one["DestinationTraceIds"]) for one in found[""]["Links"]] == [
        (sent["trace_id"], [other])
    ]
    assert found["remote"]["Links"] == []


def test_a_retrieval_is_cancelled(xray: Any) -> None:
    token = xray.start_trace_retrieval(TraceIds=[trace_id()], **window())["RetrievalToken"]
    xray.cancel_trace_retrieval(RetrievalToken=token)
    assert xray.list_retrieved_traces(RetrievalToken=token)["RetrievalStatus"] == "CANCELLED"
    assert xray.get_retrieved_traces_graph(RetrievalToken=token)["Services"] == []


@pytest.mark.parametrize("ask", ["cancel_trace_retrieval", "list_retrieved_traces", "get_retrieved_traces_graph"])
def test_a_retrieval_of_nobody_is_not_found(xray: Any, ask: str) -> None:
    with pytest.raises(xray.exceptions.ResourceNotFoundException) as refused:
        getattr(xray, ask)(RetrievalToken="nobody's")
    assert refused.value.response["ResourceName"] == "nobody's"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_a_window_that_ends_before_it_starts_is_refused(xray: Any) -> None:
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.start_trace_retrieval(TraceIds=[trace_id()], StartTime=time.time(), EndTime=time.time() - 60)
