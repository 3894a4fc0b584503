"""Traces as a file: what is in it, and that it can be read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from radiograph.cli.export import export
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
