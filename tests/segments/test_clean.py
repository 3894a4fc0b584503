"""What does not follow the schema goes; everything else stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from radiograph.segments.clean import clean
from tests.oracle.documents import segment, subsegment


def cleaned(**members: Any) -> dict[str, Any]:
    whole = clean(segment(**members))
    return {name: whole[name] for name in members if name in whole}


@pytest.mark.parametrize(
    "members",
    [
        {"annotations": {"text": "a", "number": 1.5, "integer": 7, "flag": False, "a.b-c_D9": "x"}},
        {"metadata": {"default": {"k": [1, {"deep": None}]}, "other": 5}},
        {"http": {"request": {"method": "GET", "url": "https://a.test/"}, "response": {"status": 200}}},
        {"http": {"response": {"status": 200, "content_length": -1, "own": "kept"}, "own": [1]}},
        {"aws": {"ec2": {"instance_id": "i-1", "own": 5}, "own": {"a": 1}, "cloudwatch_logs": [{"log_group": "g"}]}},
        {"cause": "1234567890abcdef"},
        {"cause": {"exceptions": [{"id": "e", "message": "m", "stack": [{"path": "p", "line": 1}]}]}},
        {"service": {"version": "1", "runtime": "CPython", "own": 1}},
        {"links": [{"trace_id": "t", "id": "i"}]},
        {"precursor_ids": ["a"]},
        {"own": {"anything": [1, 2]}},
        {"subsegments": [subsegment(), subsegment(id="c" * 16, own=1)]},
    ],
)
def test_what_follows_the_schema_or_is_unknown_stays(members: dict[str, Any]) -> None:
    assert cleaned(**members) == members


@pytest.mark.parametrize(
    "members",
    [
        {"fault": "yes"},
        {"error": 1},
        {"http": []},
        {"aws": "x"},
        {"user": "u" * 251},
        {"user": 5},
        {"origin": ["a"]},
        {"type": 5},
        {"cause": "no id"},
        {"cause": 5},
        {"annotations": []},
        {"metadata": "x"},
        {"subsegments": {}},
        {"sql": []},
        {"service": "1.0"},
        {"resource_arn": 5},
        {"in_progress": "false"},
        {"http": None},
    ],
)
def test_a_member_of_the_wrong_type_or_too_long_goes(members: dict[str, Any]) -> None:
    assert cleaned(**members) == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"bad key": 1, "ok": 2}, {"ok": 2}),
        ({"k" * 501: 1, "k" * 500: 2}, {"k" * 500: 2}),
        ({"": 1, "é": 2}, {}),
        ({"long": "x" * 1001, "short": "x" * 1000}, {"short": "x" * 1000}),
        ({"null": None, "list": [1], "object": {}, "flag": True}, {"flag": True}),
    ],
)
def test_an_annotation_that_cannot_be_indexed_goes_and_its_neighbours_stay(sent: Any, kept: Any) -> None:
    assert cleaned(annotations=sent) == {"annotations": kept}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("200", 200), ("-1", -1), (200.0, 200), (200, 200), (200.5, None), ("x", None), ("²", None), ("--5", None)],
)
def test_a_number_sent_as_text_is_read_and_what_is_none_goes(sent: Any, kept: int | None) -> None:
    expected = {} if kept is None else {"status": kept}
    assert cleaned(http={"response": {"status": sent}}) == {"http": {"response": expected}}


@pytest.mark.parametrize(
    "broken",
    [
        5,
        None,
        [],
        {},
        subsegment(id=...),
        subsegment(id="none"),
        subsegment(id="0" * 16),
        subsegment(name=...),
        subsegment(name=5),
        subsegment(start_time=...),
        subsegment(start_time="1"),
        subsegment(start_time=True),
    ],
)
def test_an_embedded_subsegment_without_id_name_or_start_goes_and_its_neighbours_stay(broken: Any) -> None:
    good = subsegment(id="c" * 16)
    assert cleaned(subsegments=[broken, good]) == {"subsegments": [good]}


def test_the_rules_hold_at_every_depth() -> None:
    inner = subsegment(id="c" * 16, fault="yes", subsegments=[subsegment(id="d" * 16, annotations={"a b": 1})])
    (outer,) = cleaned(subsegments=[subsegment(subsegments=[inner])])["subsegments"]
    assert "fault" not in outer["subsegments"][0]
    assert outer["subsegments"][0]["subsegments"][0]["annotations"] == {}


def test_a_subsegment_s_name_that_is_too_long_is_cut_so_that_the_call_is_not_lost() -> None:
    (call,) = cleaned(subsegments=[subsegment(name="x" * 300)])["subsegments"]
    assert call["name"] == "x" * 200


def test_the_document_itself_is_left_alone() -> None:
    document = segment(subsegments=[subsegment(fault="yes")], user=5)
    clean(document)
    assert document == segment(subsegments=[subsegment(fault="yes")], user=5)
