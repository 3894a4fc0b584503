"""AWS's quotas: not enforced unless asked for, and each adjustable by itself."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.api.asking import ask, post, refused
from tests.conftest import RunningServer

DAY = {"StartTime": 1_500_000_000, "EndTime": 1_500_086_400}


def test_any_window_and_any_number_of_calls_is_answered_unless_told_otherwise(
    start_server: Callable[..., RunningServer],
) -> None:
    server = start_server()
    for path in ("/TraceSummaries", "/ServiceGraph", "/TimeSeriesServiceStatistics"):
        ask(server, path, **DAY)
    for _ in range(80):
        ask(server, "/Groups")


def test_strict_limits_refuse_long_windows_and_too_many_calls(start_server: Callable[..., RunningServer]) -> None:
    server = start_server("--aws-limits", "strict")
    for path in ("/TraceSummaries", "/ServiceGraph", "/TimeSeriesServiceStatistics"):
        assert refused(server, path, **DAY) == (400, "InvalidRequestException")
        ask(server, path, StartTime=1_500_000_000, EndTime=1_500_000_000 + 6 * 3600)
    answers = [post(server, "/Groups") for _ in range(400)]
    throttled = [headers for status, headers, answer in answers if status == 429]
    assert throttled
    assert {headers["x-amzn-ErrorType"] for headers in throttled} == {"ThrottledException"}
    assert throttled[0]["Retry-After"] == "1"


def test_each_quota_can_be_set_by_itself(start_server: Callable[..., RunningServer]) -> None:
    server = start_server("--aws-limits", "strict", "--most-window-hours", "0", "--most-segments-per-s", "5")
    ask(server, "/ServiceGraph", **DAY)
    now = time.time()
    documents = [
        f'{{"trace_id":"1-{int(now):08x}-{n:024x}","id":"{"a" * 16}","name":"n","start_time":{now},"end_time":{now}}}'
        for n in range(6)
    ]
    ask(server, "/TraceSegments", TraceSegmentDocuments=documents)
    assert refused(server, "/TraceSegments", TraceSegmentDocuments=documents) == (429, "ThrottledException")
