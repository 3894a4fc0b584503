"""Which documents are taken, and what is said of the others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.segments.decode import MAX_DOCUMENT_BYTES, Accepted, Limits, Rejection, decode
from tests.oracle.documents import NOW_S, ROOT, TRACE, segment, subsegment

DAY_S = 86_400


def verdict(document: Any) -> Accepted | Rejection:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    (one,) = decode(text, NOW_S)
    return one


def code(document: Any) -> str | None:
    one = verdict(document)
    return one.code if isinstance(one, Rejection) else None


# What is taken


@pytest.mark.parametrize(
    "document",
    [
        segment(),
        segment(type="segment"),
        segment(end_time=..., in_progress=True),
        segment(in_progress=False),
        segment(parent_id="bbbbbbbbbbbbbbbb"),
        segment(parent_id=None, end_time=None, in_progress=True),
        subsegment(parent_id=ROOT),
        subsegment(parent_id=ROOT, end_time=..., in_progress=True),
        segment(id="AAAAAAAAAAAAAAAA", trace_id=TRACE.upper()),
        segment(start_time=int(NOW_S), end_time=int(NOW_S)),
    ],
)
def test_a_document_with_all_that_is_required_is_taken(document: dict[str, Any]) -> None:
    assert code(document) is None


def test_what_is_taken_is_kept_as_it_was_sent() -> None:
    text = json.dumps(segment(unknown={"a": [1]}), indent=3)
    assert verdict(text) == Accepted(text.encode())


@pytest.mark.parametrize("name", ["a", "x" * 200, "café 日本 ٣", r"_.:/%&#=+\-@", "GET /cart/1", "db@host.test:5432"])
def test_a_name_of_letters_digits_white_space_and_the_documented_symbols_is_taken(name: str) -> None:
    assert code(segment(name=name)) is None


@pytest.mark.parametrize(
    "members",
    [
        {"annotations": {"bad key!": 1, "k": {"o": 1}}},
        {"annotations": 5},
        {"metadata": []},
        {"http": "x"},
        {"aws": [1]},
    ],
)
def test_what_is_wrong_with_an_optional_member_refuses_nothing(members: dict[str, Any]) -> None:
    assert code(segment(**members)) is None


# What is refused, and the code it is refused with


@pytest.mark.parametrize(
    ("expected", "document"),
    [
        ("MissingId", segment(id=...)),
        ("MissingId", segment(id=None)),
        ("MissingId", "[]"),
        ("InvalidId", segment(id="")),
        ("InvalidId", segment(id="abc")),
        ("InvalidId", segment(id="g" * 16)),
        ("InvalidId", segment(id="a" * 17)),
        ("InvalidId", segment(id="aaaaaaaaaaaaaaa\n")),
        ("InvalidId", segment(id=1234567890123456)),
        ("InvalidId", segment(id="0" * 16)),
        ("MissingTraceId", segment(trace_id=...)),
        ("InvalidTraceId", segment(trace_id="1-6553f100-0123456789abcdef0123456")),
        ("InvalidTraceId", segment(trace_id=TRACE.replace("-", ""))),
        ("InvalidTraceId", segment(trace_id="2" + TRACE[1:])),
        ("InvalidTraceId", segment(trace_id=TRACE + "\n")),
        ("InvalidTraceId", segment(trace_id=5)),
        ("InvalidTraceId", segment(trace_id=f"1-{'0' * 8}-{'0' * 24}")),
        ("MissingName", segment(name=...)),
        ("InvalidName", segment(name="")),
        ("InvalidName", segment(name="x" * 201)),
        ("InvalidName", segment(name="a?b")),
        ("InvalidName", segment(name="a\0b")),
        ("InvalidName", segment(name=["a"])),
        ("MissingParentId", subsegment(parent_id=..., type="subsegment", trace_id=TRACE)),
        ("InvalidParentId", segment(parent_id="abc")),
        ("InvalidParentId", segment(parent_id=5)),
        ("MissingStartTime", segment(start_time=...)),
        ("InvalidStartTime", segment(start_time="1700000000")),
        ("InvalidStartTime", segment(start_time=True)),
        ("InvalidStartTime", segment(start_time=-1)),
        ("InvalidStartTime", segment(start_time=NOW_S - 31 * DAY_S)),
        ("InvalidStartTime", segment(start_time=NOW_S + 301, end_time=NOW_S + 302)),
        ("MissingEndTime", segment(end_time=...)),
        ("MissingEndTime", segment(end_time=..., in_progress=False)),
        ("MissingEndTime", segment(end_time=..., in_progress="true")),
        ("InvalidEndTime", segment(end_time="x")),
        ("InvalidEndTime", segment(end_time=NOW_S - 2)),
        ("InvalidEndTime", segment(end_time=NOW_S + 301)),
        ("ParseError", ""),
        ("ParseError", "{"),
        ("ParseError", "nonsense"),
        ("ParseError", '"text"'),
        ("ParseError", "5"),
        ("ParseError", "null"),
        ("ParseError", "{} {}"),
        ("ParseError", b"\xff\xfe"),
        ("ParseError", b"\xef\xbb\xbf{}"),
    ],
)
def test_a_document_that_breaks_a_rule_is_refused_with_its_code(expected: str, document: Any) -> None:
    assert code(document) == expected


def test_the_epoch_of_a_trace_id_is_not_looked_at_so_that_w3c_ids_work() -> None:
    assert code(segment(trace_id="1-ffffffff-0123456789abcdef01234567")) is None
    assert code(segment(trace_id="1-00000000-0123456789abcdef01234567")) is None


@pytest.mark.parametrize(
    ("size", "expected"), [(MAX_DOCUMENT_BYTES, None), (MAX_DOCUMENT_BYTES + 1, "SegmentTooLarge")]
)
def test_a_document_has_at_most_64_kb(size: int, expected: str | None) -> None:
    text = json.dumps(segment(metadata={"default": {"k": ""}}))
    assert code(text.replace('""', f'"{"x" * (size - len(text))}"')) == expected


def test_64_kb_are_bytes_and_not_characters() -> None:
    text = json.dumps(segment(user="é" * 33_000), ensure_ascii=False)
    assert len(text) < MAX_DOCUMENT_BYTES < len(text.encode())
    assert code(text) == "SegmentTooLarge"


def test_how_far_times_may_be_from_now_is_configured() -> None:
    week_old = json.dumps(segment(start_time=NOW_S - 7 * DAY_S))
    (taken,) = decode(week_old, NOW_S, Limits(max_age_s=8 * DAY_S))
    (refused,) = decode(week_old, NOW_S, Limits(max_age_s=6 * DAY_S))
    assert isinstance(taken, Accepted)
    assert isinstance(refused, Rejection)
    assert refused.code == "InvalidStartTime"


# What a rejection says


def test_a_rejection_repeats_the_document_s_id() -> None:
    one = verdict(segment(name=""))
    assert isinstance(one, Rejection)
    assert one.id == ROOT


@pytest.mark.parametrize("id_", [..., None, 5, ["a"]])
def test_a_rejection_of_a_document_without_a_readable_id_has_none(id_: Any) -> None:
    one = verdict(segment(id=id_))
    assert isinstance(one, Rejection)
    assert one.id is None


def test_the_message_has_aws_s_wording_for_segments_and_for_subsegments() -> None:
    of_segment, of_subsegment = verdict(segment(name="a?b")), verdict(subsegment(parent_id=ROOT, name="a?b"))
    assert isinstance(of_segment, Rejection)
    assert isinstance(of_subsegment, Rejection)
    assert of_segment.message.startswith("Invalid segment. ErrorCode: InvalidName")
    assert of_subsegment.message.startswith("Invalid subsegment. ErrorCode: InvalidName, Cause: ")
    assert "'a?b'" in of_segment.message


def test_a_long_value_is_cut_in_the_message() -> None:
    one = verdict(segment(name="?" * 60_000))
    assert isinstance(one, Rejection)
    assert len(one.message) < 300


# Arrays of documents


def test_every_element_of_an_array_has_a_verdict_of_its_own() -> None:
    verdicts = decode(json.dumps([segment(), 5, [], segment(id=...), subsegment(parent_id=ROOT)]), NOW_S)
    codes = [one.code if isinstance(one, Rejection) else None for one in verdicts]
    assert codes == [None, "ParseError", "ParseError", "MissingId", None]


def test_an_accepted_element_is_kept_as_a_document_of_its_own() -> None:
    document = segment(metadata={"default": {"é": [1, 2.5, None, True]}})
    (one,) = decode(json.dumps([document]), NOW_S)
    assert isinstance(one, Accepted)
    assert json.loads(one.document) == document
