"""PutTraceSegments, BatchGetTraces and GetTraceSummaries: batches, windows, pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.asking import a_day_each, ask, client, post, refused, sent
from tests.conftest import RunningServer, eventually


@pytest.fixture(scope="module")
def days(server: RunningServer) -> Iterator[float]:
    return a_day_each(3, 15)


# PutTraceSegments


def test_every_document_that_is_not_taken_is_named_and_the_others_are_kept(
    server: RunningServer, days: Iterator[float]
) -> None:
    start = next(days)
    good = {"trace_id": f"1-{int(start):08x}-{0xABCDEF:024x}", "id": "a" * 16, "name": "api"}
    good |= {"start_time": start, "end_time": start + 1}
    nameless = {name: value for name, value in good.items() if name != "id"}
    answer = client(server).put_trace_segments(
        TraceSegmentDocuments=[json.dumps(good), json.dumps(nameless), "nonsense", json.dumps(good | {"name": "?"})]
    )
    unprocessed = answer["UnprocessedTraceSegments"]
    assert [(one.get("Id"), one["ErrorCode"]) for one in unprocessed] == [
        (None, "MissingId"),
        (None, "ParseError"),
        ("a" * 16, "InvalidName"),
    ]
    assert all(one["Message"].startswith("Invalid segment. ErrorCode: ") for one in unprocessed)
    eventually(lambda: ask(server, "/Traces", TraceIds=[good["trace_id"]])["Traces"])


@pytest.mark.parametrize("documents", [None, "x", [5], [None], {}])
def test_documents_are_a_list_of_strings(server: RunningServer, documents: Any) -> None:
    assert refused(server, "/TraceSegments", TraceSegmentDocuments=documents) == (400, "InvalidRequestException")


# BatchGetTraces


def test_traces_are_given_in_the_order_asked_for_and_unknown_ids_beside_them(
    server: RunningServer, days: Iterator[float]
) -> None:
    ids = sent(server, next(days), count=3)
    unknown = f"1-00000001-{'e' * 24}"
    answer = client(server).batch_get_traces(TraceIds=[ids[2], unknown, ids[0], "nonsense", ids[2]])
    assert [trace["Id"] for trace in answer["Traces"]] == [ids[2], ids[0]]
    assert answer["UnprocessedTraceIds"] == [unknown, "nonsense"]
    (segment,) = answer["Traces"][0]["Segments"]
    assert json.loads(segment["Document"])["trace_id"] == ids[2]
    assert answer["Traces"][0]["Duration"] == 0.5


def test_a_hundred_traces_can_be_asked_for_at_once_and_no_more(server: RunningServer) -> None:
    ids = [f"1-00000001-{n:024x}" for n in range(101)]
    assert len(ask(server, "/Traces", TraceIds=ids[:100])["UnprocessedTraceIds"]) == 100
    assert refused(server, "/Traces", TraceIds=ids) == (400, "InvalidRequestException")
    assert refused(server, "/TraceGraph", TraceIds=ids) == (400, "InvalidRequestException")


def test_asking_for_nothing_gives_nothing(server: RunningServer) -> None:
    assert ask(server, "/Traces", TraceIds=[]) == {"Traces": [], "UnprocessedTraceIds": []}
    assert ask(server, "/TraceGraph", TraceIds=[])["Services"] == []


# Windows and pages


@pytest.mark.parametrize("path", ["/TraceSummaries", "/ServiceGraph", "/TimeSeriesServiceStatistics"])
@pytest.mark.parametrize(
    "window",
    [
        {},
        {"StartTime": 1_500_000_000},
        {"StartTime": 1_500_000_060, "EndTime": 1_500_000_000},
        {"StartTime": 1_500_000_000, "EndTime": 1_500_000_000},
        {"StartTime": -5, "EndTime": 1_500_000_000},
        {"StartTime": 1_500_000_000, "EndTime": 9e15},
        {"StartTime": 1_500_000_000, "EndTime": 9e11},
    ],
)
def test_a_window_that_is_none_is_refused(server: RunningServer, path: str, window: dict[str, float]) -> None:
    assert refused(server, path, **window) == (400, "InvalidRequestException")


def test_a_window_may_be_fractions_or_iso_8601(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days)
    (id_,) = sent(server, start)
    moment = datetime.fromtimestamp(start, UTC)
    windows = [
        (start, start + 0.5),
        (moment.isoformat(), (moment + timedelta(seconds=1)).isoformat()),
        (f"{moment:%Y-%m-%dT%H:%M:%S}Z", start + 1),
    ]
    for low, high in windows:
        found = ask(server, "/TraceSummaries", StartTime=low, EndTime=high)["TraceSummaries"]
        assert [one["Id"] for one in found] == [id_]


def test_boto3_pages_through_a_window_newest_first_without_gaps_or_repeats(
    server: RunningServer, days: Iterator[float]
) -> None:
    start = next(days)
    ids = sent(server, start, count=250)
    paginator = client(server).get_paginator("get_trace_summaries")
    window = {"StartTime": datetime.fromtimestamp(start, UTC), "EndTime": datetime.fromtimestamp(start + 300, UTC)}
    pages = list(paginator.paginate(**window))
    assert [len(page["TraceSummaries"]) for page in pages] == [100, 100, 50]
    assert [one["Id"] for page in pages for one in page["TraceSummaries"]] == ids[::-1]
    times = [page["ApproximateTime"] for page in pages]
    assert times == sorted(times, reverse=True)
    assert all(page["TracesProcessedCount"] >= len(page["TraceSummaries"]) for page in pages)


@pytest.mark.parametrize("token", ["nonsense", "é", "AAAA", "%", "====", "kg", "gqA", "x" * 10_000])
def test_a_token_that_no_page_gave_is_refused(server: RunningServer, token: str) -> None:
    window = {"StartTime": 1_500_000_000, "EndTime": 1_500_000_060}
    assert refused(server, "/TraceSummaries", **window, NextToken=token) == (400, "InvalidRequestException")


def test_the_traces_of_an_event_window_say_when_they_matched(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days)
    (id_,) = sent(server, start, end_time=start + 100.5)
    window = {"StartTime": start + 90, "EndTime": start + 110}
    (found,) = ask(server, "/TraceSummaries", **window, TimeRangeType="Event")["TraceSummaries"]
    assert (found["Id"], found["MatchedEventTime"]) == (id_, start + 100)
    assert ask(server, "/TraceSummaries", **window)["TraceSummaries"] == []


def test_an_unknown_kind_of_window_is_refused(server: RunningServer) -> None:
    window = {"StartTime": 1_500_000_000, "EndTime": 1_500_000_060, "TimeRangeType": "Bogus"}
    assert refused(server, "/TraceSummaries", **window) == (400, "InvalidRequestException")


# Filters


def test_a_filter_chooses_traces(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days)
    slow = sent(server, start, user="ada", annotations={"tier": "gold", "age": 30})
    failed = sent(server, start + 10, fault=True, metadata={"default": {"cart": 7}})
    window = {"StartTime": start, "EndTime": start + 60}

    def found(expression: str) -> list[str]:
        answer = ask(server, "/TraceSummaries", **window, FilterExpression=expression)
        return [one["Id"] for one in answer["TraceSummaries"]]

    assert found("fault") == failed
    assert found("!fault") == slow
    assert found(" ") == found("fault OR !fault") == [*failed, *slow]
    assert found('user = "ada" AND annotation.tier = gold AND annotation.age >= 30') == slow
    assert found('service("api") { fault }') == failed
    assert found('edge(id(type: "client"), "api") { ok }') == slow
    assert found("metadata.default.cart = 7") == failed
    assert found("rootcause.fault.service { name = api }") == failed
    assert found('group.name = "Default" AND user') == slow
    assert found(f'traceid = "{slow[0]}"') == slow


def test_pages_of_a_filter_hold_everything_once(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days)
    ids = sent(server, start, count=150, annotations={"paged": True})
    sent(server, start + 200, count=30)
    window = {"StartTime": start, "EndTime": start + 600, "FilterExpression": "annotation.paged = true"}
    pages = list(client(server).get_paginator("get_trace_summaries").paginate(**window))
    assert [one["Id"] for page in pages for one in page["TraceSummaries"]] == ids[::-1]
    assert [len(page["TraceSummaries"]) for page in pages] == [100, 50]
    assert pages[0]["TracesProcessedCount"] >= 130


def test_a_group_stands_for_its_expression(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days)
    ids = sent(server, start, user="grouped")
    sent(server, start + 5)
    arn = ask(server, "/CreateGroup", GroupName=f"g{start:.0f}", FilterExpression="user = grouped")["Group"]["GroupARN"]
    window = {"StartTime": start, "EndTime": start + 60}
    for expression in (f'group.arn = "{arn}"', f'group.name = "g{start:.0f}" AND ok'):
        answer = ask(server, "/TraceSummaries", **window, FilterExpression=expression)
        assert [one["Id"] for one in answer["TraceSummaries"]] == ids
    assert ask(server, "/DeleteGroup", GroupARN=arn) == {}


@pytest.mark.parametrize(
    ("expression", "column"),
    [("fault AND", 10), ("flt", 1), ("responsetime > soon", 16), ('group.name = "nobody"', 1), ('service("a" {', 13)],
)
def test_an_expression_that_is_wrong_is_refused_with_the_column(
    server: RunningServer, expression: str, column: int
) -> None:
    window = {"StartTime": 1_500_000_000, "EndTime": 1_500_000_060, "FilterExpression": expression}
    status, _, answer = post(server, "/TraceSummaries", json.dumps(window).encode())
    assert (status, answer["__type"]) == (400, "InvalidRequestException")
    assert f"column {column}:" in answer["message"]


def test_a_share_of_traces_is_always_the_same(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days)
    ids = sent(server, start, count=60)
    window = {"StartTime": start, "EndTime": start + 600, "Sampling": True}

    def found(name: str, value: float) -> set[str]:
        strategy = {"Name": name, "Value": value}
        answer = ask(server, "/TraceSummaries", **window, SamplingStrategy=strategy)
        return {one["Id"] for one in answer["TraceSummaries"]}

    half = found("FixedRate", 0.5)
    assert 10 < len(half) < 50
    assert found("PartialScan", 0.5) == half
    assert found("FixedRate", 0.2) <= half
    assert found("FixedRate", 1.0) == set(ids)
    assert found("FixedRate", 0.0) == set()
    bad = {"Name": "FixedRate", "Value": 7}
    assert refused(server, "/TraceSummaries", **window, SamplingStrategy=bad) == (400, "InvalidRequestException")
