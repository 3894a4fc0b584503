"""Traces as a file: what is in it, and that it can be read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from radiograph.cli.export import export
from radiograph.cli.one_file import MOST_TRACES, TooMuch, one_file
from radiograph.console import viewer_page
from radiograph.model import Segment, Trace
from radiograph.segments.otel import json_spans

Run = Callable[..., Result]
ID = "1-6ab13b80-64b157c3d2914c7ab4f61a49"
DOCUMENT = {
    "trace_id": ID,
    "id": "1111111111111111",
    "name": "shop",
    "start_time": 1_790_000_000.0,
    "end_time": 1_790_000_001.0,
    "subsegments": [
        {"id": "2222222222222222", "name": "work", "start_time": 1_790_000_000.0, "end_time": 1_790_000_000.5}
    ],
}


@pytest.fixture
def one_trace(server: Any) -> Any:
    segments = [{"Id": DOCUMENT["id"], "Document": json.dumps(DOCUMENT)}]
    server.answers["/Traces"] = {"Traces": [{"Id": ID, "Duration": 1.0, "LimitExceeded": False, "Segments": segments}]}
    server.answers["/TraceSummaries"] = {"TraceSummaries": [{"Id": ID}], "TracesProcessedCount": 1}
    return server


def test_a_trace_is_a_line_as_batch_get_traces_answers(run: Run, one_trace: Any) -> None:
    result = run(export, ID, "--endpoint", one_trace.url)
    assert result.exit_code == 0, result.output
    (trace,) = json.loads(result.stdout)["Traces"]
    assert trace["Id"] == ID
    assert json.loads(trace["Segments"][0]["Document"]) == DOCUMENT


def test_a_trace_is_a_line_of_otlp_that_can_be_read(run: Run, one_trace: Any) -> None:
    result = run(export, ID, "--format", "otlp", "--endpoint", one_trace.url)
    assert [one.name for one in json_spans(result.stdout_bytes).spans] == ["shop", "work"]


def test_the_traces_of_a_window_are_written_to_a_file(run: Run, one_trace: Any, tmp_path: Path) -> None:
    file = tmp_path / "traces.jsonl"
    result = run(export, "--last", "1h", "-o", str(file), "--endpoint", one_trace.url)
    assert "1 trace written" in result.stderr
    assert len(file.read_text().splitlines()) == 1


def test_traces_that_are_not_there_are_said(run: Run, server: Any) -> None:
    server.answers["/Traces"] = {"Traces": [], "UnprocessedTraceIds": []}
    result = run(export, ID, "--endpoint", server.url)
    assert result.exit_code == 1
    assert "1 of 1 traces are not here" in result.stderr


def test_traces_are_one_page_with_their_map(run: Run, one_trace: Any, tmp_path: Path) -> None:
    if viewer_page() is None:
        pytest.skip("the console was not built")
    one_trace.answers["/TraceGraph"] = {"Services": [{"ReferenceId": 0, "Name": "shop", "Edges": []}]}
    file = tmp_path / "trace.html"
    result = run(export, "--filter", "fault", "--format", "html", "-o", str(file), "--endpoint", one_trace.url)
    assert result.exit_code == 0, result.output
    data = data_of(file.read_bytes())
    assert (data["Version"], data["Question"], data["Services"][0]["Name"]) == (1, "fault", "shop")
    (trace,) = data["Traces"]
    assert json.loads(trace["Segments"][0]["Document"]) == DOCUMENT
    assert trace["Services"][0]["Name"] == "shop"


def test_no_text_of_a_trace_can_leave_the_data_of_the_page() -> None:
    hostile = "</script><script>alert(1)</script><!-- ]]> & \u2028"
    segment = Segment(id="1", document=json.dumps({"name": hostile}))
    trace = Trace(id=ID, duration=1.0, limit_exceeded=False, segments=[segment])
    made = one_file(PAGE, [trace], lambda _: [], hostile, 0.0)
    assert made.count(b"<") == PAGE.count(b"<")
    assert json.loads(data_of(made)["Traces"][0]["Segments"][0]["Document"])["name"] == hostile
    assert data_of(made)["Question"] == hostile


def test_a_page_has_a_bound() -> None:
    trace = Trace(id=ID, duration=1.0, limit_exceeded=False, segments=[])
    with pytest.raises(TooMuch, match="at most 100 traces"):
        one_file(PAGE, [trace] * (MOST_TRACES + 1), lambda _: [], "", 0.0)
    large = Trace(
        id=ID, duration=1.0, limit_exceeded=False, segments=[Segment(id="1", document="x" * 17 * 1024 * 1024)]
    )
    with pytest.raises(TooMuch, match="2 traces are over 32 MiB"):
        one_file(PAGE, [large] * 3, lambda _: [], "", 0.0)


PAGE = b'<html><script type="application/json" id="data">@@RADIOGRAPH-DATA@@</script></html>'


def data_of(page: bytes) -> Any:
    return json.loads(page.split(b'id="data">')[1].split(b"</script>")[0])
