"""The oracle of filters agrees with the trace summaries, which were made another way, wherever both say something."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from msgspec import UNSET

from radiograph.filters import parse
from radiograph.filters.tree import NodePattern, Service
from radiograph.model.rows import StoredSegment
from radiograph.model.traces import TraceSummary
from radiograph.segments.flatten import flatten
from radiograph.segments.summarise import summarise
from tests.oracle.filters import ACCOUNT, matches
from tests.oracle.traces import Arrival, arrivals


def told(parts: list[Arrival]) -> list[tuple[list[Any], TraceSummary]]:
    """Give the documents of each trace, and its summary."""
    documents: dict[str, list[Any]] = {}
    rows: dict[tuple[str, int], StoredSegment] = {}
    everything = [document for part in parts for document in part.documents]
    for sequence, document in enumerate(everything, 1):
        documents.setdefault(document["trace_id"], []).append(document)
        row = flatten(json.dumps(document).encode(), sequence)
        if (kept := rows.get((row.trace_id, row.id))) is None or kept.version < row.version:
            rows[row.trace_id, row.id] = row
    return [
        (found, summarise([row for row in rows.values() if row.trace_id == trace_id], ACCOUNT))
        for trace_id, found in documents.items()
    ]


def says(documents: list[Any], text: str) -> bool:
    return matches(parse(text), documents)


@settings(max_examples=150, deadline=None)
@given(arrivals())
def test_a_summary_and_the_oracle_tell_the_same_trace(parts: list[Arrival]) -> None:
    for documents, summary in told(parts):
        assert says(documents, "fault") == summary.has_fault
        assert says(documents, "error") == summary.has_error
        assert says(documents, "partial") == summary.is_partial
        assert says(documents, f"traceid = {summary.id}")
        assert says(documents, f"duration >= {summary.duration} duration <= {summary.duration}")
        assert says(documents, "responsetime") == (summary.response_time is not UNSET)
        if summary.response_time is not UNSET:
            assert says(documents, f"responsetime = {summary.response_time}")
        assert says(documents, "http.status") == (summary.http.http_status is not UNSET)


@settings(max_examples=150, deadline=None)
@given(arrivals())
def test_a_trace_has_the_services_its_summary_names_and_no_other(parts: list[Arrival]) -> None:
    for documents, summary in told(parts):
        named = [NodePattern(one.name, "" if one.type is UNSET else one.type) for one in summary.service_ids]
        services = [pattern for pattern in named if pattern.type != "client"]
        assert all(matches(Service(pattern), documents) for pattern in services)
        inferred = [one for one in summary.service_ids if one.account_id is UNSET and one.type != "client"]
        assert says(documents, "inferred") == bool(inferred)
