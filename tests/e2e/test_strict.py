"""AWS's quotas on what a trace may hold: enforced when asked for, and each adjustable by itself."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import client


def large_trace(xray: Any) -> tuple[str, float]:
    """Send a trace of 54 annotations and a good half of a megabyte, document after document; give id and start."""
    start = time.time() - 20.0
    trace_id = f"1-{int(start):08x}-{os.urandom(12).hex()}"
    for n in range(9):
        document = {
            **{"trace_id": trace_id, "id": f"{n + 1:016x}", "name": f"part{n}", "start_time": start + n},
            **{"end_time": start + n + 1, "annotations": {f"k{n}_{key}": key for key in range(6)}},
            "metadata": {"default": {"filling": "x" * 60_000}},
        }
        answer = xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(document)])
        assert answer["UnprocessedTraceSegments"] == []
    return trace_id, start


def annotated(xray: Any, start: float, key: str) -> bool:
    window = {"StartTime": start - 60, "EndTime": start + 60}
    found = xray.get_trace_summaries(**window, FilterExpression=f"annotation.{key} >= 0")
    return bool(found["TraceSummaries"])


def whole(xray: Any, trace_id: str, segments: int) -> Any:
    """The trace, as soon as it has so many segments."""

    def read() -> Any:
        traces = xray.batch_get_traces(TraceIds=[trace_id])["Traces"]
        return traces[0] if traces and len(traces[0]["Segments"]) >= segments else None

    return eventually(read)


def summary(xray: Any, start: float) -> Any:
    (found,) = xray.get_trace_summaries(StartTime=start - 60, EndTime=start + 60)["TraceSummaries"]
    return found


def test_by_default_all_annotations_are_indexed_and_traces_are_given_whole(
    start_server: Callable[..., RunningServer],
) -> None:
    xray = client(start_server().url)
    trace_id, start = large_trace(xray)
    assert whole(xray, trace_id, segments=9)["LimitExceeded"] is False
    assert len(summary(xray, start)["Annotations"]) == 54
    assert annotated(xray, start, "k8_5")


def test_strict_limits_index_fifty_annotations_and_cut_traces_at_500_kb(
    start_server: Callable[..., RunningServer],
) -> None:
    xray = client(start_server("--aws-limits", "strict").url)
    trace_id, start = large_trace(xray)
    trace = whole(xray, trace_id, segments=8)
    eventually(lambda: xray.batch_get_traces(TraceIds=[trace_id])["Traces"][0]["LimitExceeded"])
    trace = whole(xray, trace_id, segments=8)
    assert [json.loads(one["Document"])["name"] for one in trace["Segments"]] == [f"part{n}" for n in range(8)]
    assert list(summary(xray, start)["Annotations"])[-2:] == ["k8_0", "k8_1"]
    assert annotated(xray, start, "k8_1")
    assert not annotated(xray, start, "k8_2")


def test_either_can_be_set_by_itself(start_server: Callable[..., RunningServer]) -> None:
    xray = client(start_server("--aws-limits", "strict", "--most-annotations", "3", "--most-trace-bytes", "130000").url)
    trace_id, start = large_trace(xray)
    trace = eventually(lambda: next((one for one in [whole(xray, trace_id, segments=2)] if one["LimitExceeded"]), None))
    assert len(trace["Segments"]) == 2  # type: ignore[index]
    assert list(summary(xray, start)["Annotations"]) == ["k0_0", "k0_1", "k0_2"]
    assert annotated(xray, start, "k0_2")
    assert not annotated(xray, start, "k0_3")
