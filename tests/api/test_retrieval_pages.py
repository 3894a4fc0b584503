"""Pages of retrieved traces: five traces, a hundred spans of each, no document too long."""

from __future__ import annotations

import itertools
import json

import pytest

from tests.api.desk import NOW, Desk
from tests.api.shelf import OTHER, TRACE, Shelf, begin, ended, listed, pages
from tests.oracle.documents import segment, subsegment


def trace_ids(count: int) -> list[str]:
    return [f"1-6553f100-{n:024x}" for n in range(1, count + 1)]


def test_a_page_has_five_traces(desk: Desk, shelf: Shelf) -> None:
    ids = trace_ids(12)
    shelf.put(*(segment(trace_id=id_) for id_ in ids))
    token = begin(desk, *ids)
    ended(desk, token)
    found = pages(desk, token)
    assert [len(page) for page in found] == [5, 5, 2]
    assert [id_ for page in found for id_, _ in page] == ids


@pytest.mark.parametrize("format_", ["XRAY", "OTEL"])
def test_a_page_has_a_hundred_spans_of_a_trace(desk: Desk, shelf: Shelf, format_: str) -> None:
    start = itertools.count()
    many = [segment(id=f"{n:016x}", start_time=NOW - 30 + next(start) % 7, end_time=NOW) for n in range(1, 251)]
    shelf.put(*many, segment(trace_id=OTHER))
    token = begin(desk, TRACE, OTHER)
    ended(desk, token)
    found = pages(desk, token, TraceFormat=format_)
    assert found == [[(TRACE, 100)], [(TRACE, 100)], [(TRACE, 50), (OTHER, 1)]]


def test_spans_come_by_start_each_once(desk: Desk, shelf: Shelf) -> None:
    shelf.put(*(segment(id=f"{n:016x}", start_time=NOW - 1 - n % 9, end_time=NOW) for n in range(1, 151)))
    token = begin(desk, TRACE)
    first = ended(desk, token)
    second = listed(desk, token, NextToken=first["NextToken"])
    spans = [one for page in (first, second) for one in page["Traces"][0]["Spans"]]
    assert len({one["Id"] for one in spans}) == 150
    starts = [json.loads(one["Document"])["start_time"] for one in spans]
    assert starts == sorted(starts)


def test_a_page_does_not_grow_without_end(desk: Desk, shelf: Shelf) -> None:
    long = {"metadata": {"default": {"text": "x" * 60_000}}}
    shelf.put(*(segment(id=f"{n:016x}", **long) for n in range(1, 101)))
    token = begin(desk, TRACE)
    ended(desk, token)
    found = pages(desk, token)
    assert len(found) == 2
    assert sum(count for page in found for _, count in page) == 100


def test_a_segment_too_long_for_a_span_comes_in_parts(desk: Desk, shelf: Shelf) -> None:
    long = {"metadata": {"default": {"text": "x" * 60_000}}}
    parts = [subsegment(id=f"{n:016x}", parent_id="a" * 16, **long) for n in range(1, 6)]
    shelf.put(segment(), *parts)
    (trace,) = ended(desk, begin(desk, TRACE))["Traces"]
    documents = [json.loads(one["Document"]) for one in trace["Spans"]]
    assert all(len(one["Document"]) <= 204_800 for one in trace["Spans"])
    assert sorted(one["id"] for one in documents) == sorted(["a" * 16, *(one["id"] for one in parts)])
    assert {one.get("parent_id") for one in documents} == {None, "a" * 16}


@pytest.mark.parametrize("format_", ["XRAY", "OTEL"])
def test_no_document_is_longer_than_a_span_may_be(desk: Desk, shelf: Shelf, format_: str) -> None:
    shelf.put(segment(metadata={"default": {"text": '\\"' * 30_000}, "other": 1}))
    (trace,) = ended(desk, begin(desk, TRACE), TraceFormat=format_)["Traces"]
    (span,) = trace["Spans"]
    assert len(span["Document"]) <= 204_800
    if format_ == "OTEL":
        members = json.loads(span["Document"])
        assert members["droppedAttributesCount"] == 1
        assert members["attributes"] == {"aws.xray.metadata.other": "1"}


def test_a_token_of_one_format_is_none_of_the_other(desk: Desk, shelf: Shelf) -> None:
    ids = trace_ids(6)
    shelf.put(*(segment(trace_id=id_) for id_ in ids))
    token = begin(desk, *ids)
    following = ended(desk, token)["NextToken"]
    members = {"RetrievalToken": token, "NextToken": following, "TraceFormat": "OTEL"}
    assert desk.refused("/ListRetrievedTraces", **members)[0] == "InvalidRequestException"


def test_what_was_dropped_for_its_age_meanwhile_is_not_listed(desk: Desk, shelf: Shelf) -> None:
    shelf.put(segment(), segment(trace_id=OTHER))
    token = begin(desk, TRACE, OTHER)
    ended(desk, token)
    del shelf.kept[0]
    assert pages(desk, token) == [[(OTHER, 1)]]
