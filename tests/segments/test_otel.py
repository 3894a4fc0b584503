"""Documents as spans of OpenTelemetry: whose they are, what they are called, and nothing of them lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.compile import compile_trace
from radiograph.segments.decode import Accepted, decode
from radiograph.segments.otel import OtelLink, OtelSpan, log_event, resource_spans, to_spans
from tests.oracle.documents import NOW_S, ROOT, TRACE, segment, stored, subsegment
from tests.segments.test_hostile_structures import documents

CORPUS = sorted((Path(__file__).parents[1] / "corpora" / "segments").glob("*.json"))
W3C = "6553f1000123456789abcdef01234567"
OTHER = "1-6553f100-00000000000000000000BEEF"


def spans(document: dict[str, Any]) -> list[OtelSpan]:
    return to_spans(json.dumps(document).encode())


def span(**members: Any) -> OtelSpan:
    (only,) = spans(segment(**members))
    return only


def call(**members: Any) -> OtelSpan:
    """Give the span of a subsegment."""
    _, inner = spans(segment(subsegments=[subsegment(**members)]))
    return inner


# What a span is


def test_a_segment_is_a_server_span() -> None:
    found = span(id="AAAAAAAAAAAAAAAA")
    assert (found.trace_id, found.span_id, found.parent_span_id) == (W3C, ROOT, "")
    assert (found.name, found.kind) == ("shop", "SERVER")
    assert (found.start_unix_nano, found.end_unix_nano) == (1_699_999_999_000_000_000, 1_699_999_999_500_000_000)
    assert (found.failed, found.events, found.links, found.attributes) == (False, [], [], {})
    assert found.resource == {"service.name": "shop"}


def test_subsegments_are_the_spans_of_its_children_parents_first() -> None:
    inner = subsegment(id="d" * 16, name="inner")
    found = spans(segment(subsegments=[subsegment(id="C" * 16, name="one", subsegments=[inner]), subsegment()]))
    assert [(one.name, one.parent_span_id) for one in found] == [
        ("shop", ""),
        ("one", ROOT),
        ("inner", "c" * 16),
        ("work", ROOT),
    ]
    assert all(one.resource is found[0].resource for one in found)


@pytest.mark.parametrize(
    ("namespace", "kind"), [("aws", "CLIENT"), ("remote", "CLIENT"), ("local", "INTERNAL"), (..., "INTERNAL")]
)
def test_the_kind_of_a_subsegment_is_in_its_namespace(namespace: Any, kind: str) -> None:
    assert call(namespace=namespace).kind == kind
    (alone,) = spans(subsegment(parent_id="e" * 16, namespace=namespace))
    assert (alone.kind, alone.parent_span_id, alone.resource) == (kind, "e" * 16, {})


def test_flags_tell_whether_the_parent_is_elsewhere() -> None:
    first, second = spans(segment(parent_id="e" * 16, subsegments=[subsegment()]))
    assert (first.flags, second.flags, span().flags) == (0x301, 0x101, 0x101)


def test_a_parent_of_zeros_is_none() -> None:
    assert span(parent_id="0" * 16).parent_span_id == ""


def test_what_is_in_progress_has_no_end() -> None:
    found = span(end_time=..., in_progress=True)
    assert found.end_unix_nano is None
    assert found.attributes == {"aws.xray.inprogress": True}


@pytest.mark.parametrize(
    ("start", "end", "nanos"),
    [
        (1_699_999_999.123456, 1_699_999_999.1234567, (1_699_999_999_123_456_000, 1_699_999_999_123_457_000)),
        (5, 4, (5_000_000_000, 5_000_000_000)),
        (-1e308, 1e308, (0, 9_223_372_036_000_000_000)),
        (-(2**63), 2**64 - 1, (0, 9_223_372_036_000_000_000)),
    ],
)
def test_times_are_whole_microseconds_that_fit_64_bits(start: float, end: float, nanos: tuple[int, int]) -> None:
    found = call(start_time=start, end_time=end)
    assert (found.start_unix_nano, found.end_unix_nano) == nanos


# How it went


@pytest.mark.parametrize(
    ("members", "failed"),
    [
        ({}, False),
        ({"error": True}, True),
        ({"throttle": True}, True),
        ({"fault": True}, True),
        ({"http": {"response": {"status": 200}}}, False),
        ({"http": {"response": {"status": 404}}}, True),
        ({"http": {"response": {"status": 503}}}, True),
        ({"http": {"response": {"status": 503}}, "fault": False}, False),
    ],
)
def test_the_status_is_an_error_by_flag_or_http_status(members: dict[str, Any], failed: bool) -> None:
    assert span(**members).failed is failed


def test_exceptions_are_events() -> None:
    stack = [{"path": "shop.py", "line": 7, "label": "pay"}, {"path": "x"}]
    first = {"id": "e" * 16, "type": "ValueError", "message": "no money", "remote": True, "stack": stack, "cause": "f"}
    found = span(fault=True, cause={"working_directory": "/app", "paths": ["a", "b"], "exceptions": [first, {}]})
    one, other = found.events
    assert (one.name, one.time_unix_nano) == ("exception", found.end_unix_nano)
    assert one.attributes == {
        "exception.type": "ValueError",
        "exception.message": "no money",
        "exception.stacktrace": "ValueError: no money\n    at pay (shop.py:7)\n    at  (x:0)",
        "aws.xray.exception.id": "e" * 16,
        "aws.xray.exception.remote": True,
        "aws.xray.exception.cause": "f",
    }
    assert other.attributes == {}
    assert found.status_message == "no money"
    assert found.attributes["aws.xray.cause.working_directory"] == "/app"
    assert found.attributes["aws.xray.cause.paths"] == ["a", "b"]


def test_an_exception_recorded_elsewhere_is_named() -> None:
    assert span(cause="e" * 16).attributes == {"aws.xray.cause.id": "e" * 16}


def test_links_are_links() -> None:
    given = [{"trace_id": OTHER, "id": "B" * 16, "attributes": {"a": 1, "b": [1]}}, {"trace_id": "x"}, 5, {}]
    assert span(links=given).links == [OtelLink(OTHER[2:].replace("-", "").lower(), "b" * 16, {"a": 1, "b": "[1]"})]


def test_whoever_recorded_it_is_the_scope() -> None:
    aws = {"xray": {"sdk": "X-Ray for Go", "sdk_version": "1.8"}}
    first, second = spans(segment(aws=aws, subsegments=[subsegment()]))
    assert {(one.scope, one.scope_version) for one in (first, second)} == {("X-Ray for Go", "1.8")}


# Whatever comes


def shown(found: list[OtelSpan]) -> None:
    """Everything that is done with spans; their ids are what OTLP takes."""
    for one in found:
        msgspec.json.encode(log_event(one))
        assert (len(one.trace_id), len(one.span_id), len(one.parent_span_id)) in ((32, 16, 16), (32, 16, 0))
        int(one.trace_id, 16), int(one.span_id, 16), int(one.parent_span_id or "0", 16)
        assert 0 <= one.start_unix_nano <= (one.end_unix_nano or one.start_unix_nano) < 2**63
    msgspec.json.encode(resource_spans(found))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_real_document_has_a_span_for_every_entity(path: Path) -> None:
    given = json.loads(path.read_text())
    for document in given if isinstance(given, list) else [given]:
        if "trace_id" in document:
            found = spans(document)
            assert len(found) == json.dumps(document).count('"start_time"')
            shown(found)


@given(documents())
def test_whatever_is_taken_has_spans(taken: list[bytes]) -> None:
    for data in taken:
        found = to_spans(data)
        assert found
        shown(found)
    if taken:
        trace = compile_trace(TRACE, stored(*map(json.loads, taken)))
        shown([one for part in trace.segments for one in to_spans(json.loads(part.document))])


HOSTILE = {
    "links": [5, {}, "x", [{}], [{"trace_id": [], "attributes": 5}]],
    "aws": [{"xray": {"sdk": 5}}, {"ecs": 5, "eks": [], "cloudwatch_logs": 5}, {"cloudwatch_logs": [[]]}, 5],
    "metadata": [{"default": 5}, {"default": {"otel.resource.": {}}}, {"": None}, []],
    "cause": [{"exceptions": [{"stack": [{}]}, 5]}, {"exceptions": 5}, {"x": {}}, 5],
    "sql": [{"database_type": 5}, {"database_type": []}, 5],
    "service": [{"version": []}, 5],
    "origin": [5, ""],
    "http": [{"response": {"status": "500"}, "own": 5}, {"response": {"status": -1}}],
    "precursor_ids": [5, ["x", 5]],
}


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in HOSTILE.items()}))
def test_a_member_that_is_wrong_spoils_nothing_else(members: dict[str, Any]) -> None:
    document = segment(**members, subsegments=[subsegment(namespace="aws", **members)])
    assert isinstance(decode(json.dumps(document), NOW_S)[0], Accepted)
    found = spans(document)
    assert [one.name for one in found] == ["shop", "work"]
    shown(found)
