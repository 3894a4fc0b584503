"""Documents to a whole trace: nested, merged, with what was called."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from radiograph.model.rows import COMPLETE
from radiograph.segments.compile import compile_trace
from tests.oracle.documents import NOW_S, ROOT, TRACE, segment, stored, subsegment

Json = dict[str, Any]
CALL = subsegment(name="stock.test", namespace="remote")


def compiled(*documents: Json) -> list[Json]:
    return [json.loads(one.document) for one in compile_trace(TRACE, stored(*documents)).segments]


def in_every_order(*documents: Json) -> Iterator[list[Json]]:
    for order in itertools.permutations(documents):
        yield compiled(*order)


def shape(entities: list[Json]) -> Any:
    """Names, nested as the subsegments are."""
    return [[one["name"], *shape(one.get("subsegments", []))] for one in entities]


# Nesting and streaming


def test_a_document_comes_out_as_it_went_in_unknown_members_and_all() -> None:
    document = segment(
        own={"deep": [1, 2.5, None, "é"]}, links=[{"trace_id": "t", "id": "i"}], metadata={"AWS.x": {"k": []}}
    )
    assert compiled(document) == [document]


def test_segments_stand_side_by_side_by_their_start() -> None:
    later = segment(id="c" * 16, name="cart", start_time=NOW_S - 0.9)
    assert [one["name"] for one in compiled(later, segment())] == ["shop", "cart"]


def test_a_subsegment_sent_alone_stands_inside_its_parent_whichever_came_first() -> None:
    for result in in_every_order(segment(), subsegment(parent_id=ROOT)):
        assert shape(result) == [["shop", ["work"]]]


def test_subsegments_sent_alone_stand_inside_one_another_and_inside_embedded_ones() -> None:
    documents = [
        segment(subsegments=[subsegment(id="1" * 16, name="embedded")]),
        subsegment(id="2" * 16, name="alone", parent_id="1" * 16),
        subsegment(id="3" * 16, name="deeper", parent_id="2" * 16, subsegments=[subsegment(id="4" * 16, name="last")]),
    ]
    for result in in_every_order(*documents):
        assert shape(result) == [["shop", ["embedded", ["alone", ["deeper", ["last"]]]]]]


def test_streamed_subsegments_join_those_that_stayed_embedded_in_the_order_of_their_starts() -> None:
    streamed = [subsegment(id=f"{n}" * 16, name=f"s{n}", start_time=NOW_S - 1 + n / 10, parent_id=ROOT) for n in (1, 3)]
    kept = subsegment(id="2" * 16, name="s2", start_time=NOW_S - 0.8)
    for result in in_every_order(*streamed, segment(subsegments=[kept])):
        assert shape(result) == [["shop", ["s1"], ["s2"], ["s3"]]]


def test_a_subsegment_whose_parent_never_came_stands_at_top_level() -> None:
    result = compiled(segment(), subsegment(parent_id="f" * 16))
    assert shape(result) == [["shop"], ["work"]]


def test_a_trace_may_be_nothing_but_a_subsegment() -> None:
    assert shape(compiled(subsegment(parent_id="f" * 16))) == [["work"]]


def test_a_child_segment_stays_at_top_level_beside_its_caller() -> None:
    child = segment(id="c" * 16, name="cart", parent_id="b" * 16)
    assert shape(compiled(segment(subsegments=[CALL]), child)) == [["shop", ["stock.test"]], ["cart"]]


def test_ids_are_the_same_in_either_case() -> None:
    result = compiled(segment(), subsegment(parent_id=ROOT.upper()))
    assert shape(result) == [["shop", ["work"]]]


# The same entity more than once


def test_a_subsegment_both_embedded_and_alone_is_one_and_the_complete_telling_counts() -> None:
    begun = subsegment(end_time=..., in_progress=True, annotations={"k": 1})
    done = subsegment(parent_id=ROOT, fault=True)
    for result in in_every_order(segment(subsegments=[begun]), done):
        (inner,) = result[0]["subsegments"]
        assert inner["end_time"] == done["end_time"]
        assert inner["fault"] is True
        assert inner["annotations"] == {"k": 1}
        assert "in_progress" not in inner


def test_what_each_telling_has_inside_is_kept() -> None:
    embedded = subsegment(subsegments=[subsegment(id="1" * 16, name="one")])
    alone = subsegment(parent_id=ROOT, subsegments=[subsegment(id="2" * 16, name="two")])
    for result in in_every_order(segment(subsegments=[embedded]), alone):
        assert shape(result) == [["shop", ["work", ["one"], ["two"]]]]


# The trace


def test_the_duration_reaches_from_the_first_start_to_the_last_end_of_anything() -> None:
    late = subsegment(end_time=NOW_S + 2)
    early = segment(id="c" * 16, start_time=NOW_S - 3)
    trace = compile_trace(TRACE, stored(segment(subsegments=[late]), early))
    assert trace.duration == 5.0


def test_what_is_in_progress_ends_where_it_starts() -> None:
    assert compile_trace(TRACE, stored(segment(end_time=..., in_progress=True))).duration == 0.0


def test_every_segment_is_named_by_its_id() -> None:
    trace = compile_trace(TRACE, stored(segment(subsegments=[CALL])))
    assert [one.id for one in trace.segments] == [json.loads(one.document)["id"] for one in trace.segments]


# Inferred segments


def test_a_call_without_a_callee_is_followed_by_an_inferred_segment() -> None:
    call = CALL | {
        "fault": True,
        "http": {"request": {"method": "GET"}, "response": {"status": 503}},
        "cause": "1" * 16,
        "annotations": {"k": 1},
    }
    _, inferred = compiled(segment(subsegments=[call]))
    assert inferred.pop("id") != call["id"]
    assert inferred == {
        "trace_id": TRACE,
        "parent_id": call["id"],
        "name": "stock.test",
        "origin": "remote",
        "inferred": True,
        **{name: call[name] for name in ("start_time", "end_time", "fault", "http", "cause")},
    }


def test_an_inferred_segment_bears_the_name_and_type_of_the_resource_called() -> None:
    call = subsegment(name="dynamodb", namespace="aws", aws={"table_name": "carts", "operation": "GetItem"})
    _, inferred = compiled(segment(subsegments=[call]))
    assert (inferred["name"], inferred["origin"]) == ("carts", "AWS::DynamoDB::Table")
    assert inferred["aws"] == call["aws"]


def test_an_inferred_segment_s_id_is_16_digits_and_always_the_same() -> None:
    first = compiled(segment(subsegments=[CALL]))[1]["id"]
    again = compiled(segment(), CALL | {"parent_id": ROOT, "type": "subsegment", "trace_id": TRACE})[1]["id"]
    upper = compile_trace(TRACE.upper(), stored(segment(subsegments=[CALL]))).segments[1].id
    assert first == again == upper
    assert len(first) == 16
    assert int(first, 16)


def test_two_calls_of_one_name_have_two_inferred_segments() -> None:
    calls = [CALL, CALL | {"id": "c" * 16}]
    ids = {one["id"] for one in compiled(segment(subsegments=calls))}
    assert len(ids) == 3


def test_the_inferred_segment_disappears_when_the_callee_s_own_comes() -> None:
    callee = segment(id="c" * 16, name="stock", parent_id=CALL["id"])
    result = compiled(segment(subsegments=[CALL]), callee)
    assert not any("inferred" in one for one in result)


def test_a_subsegment_of_the_same_parent_does_not_make_it_disappear() -> None:
    result = compiled(segment(subsegments=[CALL]), subsegment(id="c" * 16, parent_id=CALL["id"]))
    assert [one["name"] for one in result] == ["shop", "stock.test"]


@pytest.mark.parametrize("members", [{"traced": True}, {"http": {"request": {"traced": True}}}])
def test_nothing_is_inferred_while_a_traced_callee_is_waited_for(members: Json) -> None:
    assert len(compiled(segment(subsegments=[CALL | members]))) == 1


@pytest.mark.parametrize("namespace", [..., "local", "other"])
def test_nothing_is_inferred_for_work_inside(namespace: Any) -> None:
    assert len(compiled(segment(subsegments=[subsegment(namespace=namespace)]))) == 1


def test_an_inferred_segment_is_in_progress_as_long_as_its_call() -> None:
    call = subsegment(namespace="remote", end_time=..., in_progress=True)
    _, inferred = compiled(segment(subsegments=[call]))
    assert inferred["in_progress"] is True
    assert "end_time" not in inferred


def test_calls_at_every_depth_and_sent_alone_are_followed_by_inferred_segments() -> None:
    deep = subsegment(subsegments=[CALL | {"id": "c" * 16, "name": "deep.test"}])
    alone = subsegment(id="d" * 16, name="alone.test", namespace="remote", parent_id=ROOT)
    orphan = subsegment(id="e" * 16, name="orphan.test", namespace="remote", parent_id="f" * 16)
    inferred = [one["name"] for one in compiled(segment(subsegments=[deep]), alone, orphan) if "inferred" in one]
    assert sorted(inferred) == ["alone.test", "deep.test", "orphan.test"]


# Size


def test_of_a_trace_that_is_too_large_what_came_first_is_given() -> None:
    documents = [segment(), segment(id="c" * 16, name="cart"), segment(id="d" * 16, name="pay")]
    late = stored(*documents)[::-1]
    sizes = [len(one.document) for one in stored(*documents)]

    def names(most_bytes: int) -> tuple[bool, list[str]]:
        trace = compile_trace(TRACE, late, most_bytes)
        return trace.limit_exceeded, [json.loads(one.document)["name"] for one in trace.segments]

    assert names(0) == names(sum(sizes)) == (False, ["shop", "cart", "pay"])
    assert names(sum(sizes) - 1) == (True, ["shop", "cart"])
    assert names(sizes[0]) == names(1) == (True, ["shop"])


def test_a_complete_document_counts_as_it_came_and_not_before_those_in_progress() -> None:
    begun = segment(id="c" * 16, name="cart", end_time=..., in_progress=True)
    first, second = stored(begun, segment())
    second = msgspec.structs.replace(second, version=second.version + COMPLETE)
    trace = compile_trace(TRACE, [second, first], len(first.document))
    assert [json.loads(one.document)["name"] for one in trace.segments] == ["cart"]


# What does not follow the schema


def test_what_does_not_follow_the_schema_is_not_given_back() -> None:
    (result,) = compiled(segment(user=5, annotations={"a b": 1, "ok": 1}, subsegments=[5, subsegment(fault="x")]))
    assert "user" not in result
    assert result["annotations"] == {"ok": 1}
    assert result["subsegments"] == [subsegment()]
