"""PutTraceSegments, BatchGetTraces and GetTraceSummaries: batches, windows, pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.asking import a_day_each, ask, client, refused, sent
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


def test_a_filter_is_refused_until_it_is_answered_rather_than_ignored(server: RunningServer) -> None:
    window = {"StartTime": 1_500_000_000, "EndTime": 1_500_000_060}
    assert refused(server, "/TraceSummaries", **window, FilterExpression="fault")[0] == 501
    assert ask(server, "/TraceSummaries", **window, FilterExpression=" ")["TraceSummaries"] == []
