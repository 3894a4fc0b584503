"""Bytes that were made to hurt: refused or taken, one by one, never an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.decode import Accepted, Rejection, decode
from tests.oracle.documents import NOW_S, segment

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = ["id", "trace_id", "name", "type", "parent_id", "start_time", "end_time", "in_progress"]


def with_member(text: str) -> str:
    """A valid document with one more member, spelled as given."""
    return json.dumps(segment())[:-1] + f',"extra":{text}}}'


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_no_bytes_and_no_text_make_it_raise(document: bytes | str) -> None:
    assert decode(document, NOW_S)


@given(JSON)
def test_no_json_makes_it_raise(value: Any) -> None:
    assert decode(json.dumps(value), NOW_S)


@given(st.dictionaries(st.sampled_from(MEMBERS), JSON, max_size=4))
def test_no_value_of_a_member_makes_it_raise(members: dict[str, Any]) -> None:
    assert decode(json.dumps(segment(**members)), NOW_S)


@given(st.lists(st.sampled_from([segment(), 5, None, [], {}, segment(id=7)]), min_size=1, max_size=6))
def test_an_array_has_as_many_verdicts_as_elements(elements: list[Any]) -> None:
    verdicts = decode(json.dumps(elements), NOW_S)
    assert [isinstance(one, Accepted) for one in verdicts] == [element == segment() for element in elements]


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("times", [500, 10_000])
def test_json_without_a_bottom_is_refused(opening: str, times: int) -> None:
    (one,) = decode(opening * times, NOW_S)
    assert isinstance(one, Rejection)
    assert one.code == "ParseError"


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_a_hundred_thousand_levels_deep_is_refused(opening: str) -> None:
    (one,) = decode(opening * 100_000, NOW_S)
    assert isinstance(one, Rejection)
    assert one.code == "SegmentTooLarge"


@pytest.mark.parametrize(("levels", "taken"), [(300, True), (399, True), (400, False), (900, False)])
def test_a_member_may_be_so_deep_that_everyone_can_read_it_again(levels: int, taken: bool) -> None:
    (one,) = decode(with_member("[" * levels + "]" * levels), NOW_S)
    assert isinstance(one, Accepted) is taken


@pytest.mark.parametrize("wide", ["[" + "[],[]," * 8_000 + "0]", "{" + '"a":{},' * 7_000 + '"b":0}'])
def test_a_document_may_be_wide(wide: str) -> None:
    (one,) = decode(with_member(wide), NOW_S)
    assert isinstance(one, Accepted)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "9" * 400,
        "9" * 20,
        "-" + "9" * 5_000,
        '"\\ud800"',
        '"\\udc00\\ud800"',
        '"\0"',
        "01",
        "'a'",
        "{a:1}",
        "[1,]",
    ],
)
def test_what_could_not_be_written_back_as_json_is_refused(text: str) -> None:
    (one,) = decode(with_member(text), NOW_S)
    assert isinstance(one, Rejection)
    assert one.code == "ParseError"


@pytest.mark.parametrize(
    "text", ['"\\u0000"', '"\\ud83d\\ude00"', "1e308", "-0.0", str(2**64 - 1), str(-(2**63)), "1e-400"]
)
def test_what_json_can_say_is_taken(text: str) -> None:
    (one,) = decode(with_member(text), NOW_S)
    assert isinstance(one, Accepted)


def test_a_lone_surrogate_in_the_text_itself_is_refused() -> None:
    (one,) = decode('{"name":"\ud800"}', NOW_S)
    assert isinstance(one, Rejection)
    assert one.code == "ParseError"


def test_of_a_member_sent_twice_the_last_counts() -> None:
    valid = json.dumps(segment())
    (taken,) = decode('{"id":"none",' + valid[1:], NOW_S)
    (refused,) = decode(valid[:-1] + ',"id":"none"}', NOW_S)
    assert isinstance(taken, Accepted)
    assert isinstance(refused, Rejection)
