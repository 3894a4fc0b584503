"""A document's columns."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.segments.flatten import COMPLETE, flatten
from tests.oracle.documents import NOW_S, ROOT, TRACE, columns, segment, subsegment


def row(**members: Any) -> Any:
    return columns(segment(**members))[0]


def test_ids_are_numbers_and_times_microseconds() -> None:
    one = row(start_time=1_699_999_999.123456, end_time=1_699_999_999.623457, parent_id="00000000000000ff")
    assert (one.id, one.parent_id) == (int(ROOT, 16), 255)
    assert (one.start_us, one.duration_us) == (1_699_999_999_123_456, 500_001)


def test_a_trace_id_is_lower_case() -> None:
    assert row(trace_id=TRACE.upper()).trace_id == TRACE


def test_a_complete_document_outranks_every_one_in_progress() -> None:
    begun = flatten(json.dumps(segment(end_time=..., in_progress=True)).encode(), 1_000_000)
    done = flatten(json.dumps(segment()).encode(), 1)
    assert done.version == COMPLETE + 1 > begun.version == 1_000_000
    assert (done.complete, begun.complete) == (True, False)


def test_in_progress_false_beside_an_end_is_complete() -> None:
    assert row(in_progress=False).complete


def test_the_span_reaches_to_the_latest_end_inside() -> None:
    one = row(subsegments=[subsegment(subsegments=[subsegment(id="c" * 16, end_time=NOW_S + 1)])])
    assert one.duration_us == 500_000
    assert one.span_us == 2_000_000


def test_a_document_in_progress_has_no_duration_and_is_partial() -> None:
    one = row(end_time=..., in_progress=True)
    assert (one.duration_us, one.partial) == (0, True)


def test_a_complete_document_with_work_in_progress_inside_is_partial() -> None:
    one = row(subsegments=[subsegment(end_time=..., in_progress=True)])
    assert (one.complete, one.partial) == (True, True)


def test_subsegments_stand_in_parallel_lists_parents_first() -> None:
    one = row(
        subsegments=[
            subsegment(subsegments=[subsegment(id="c" * 16, name="S3", namespace="aws", aws={"bucket_name": "b"})]),
            subsegment(id="d" * 16, name="stock.test", namespace="remote", fault=True, end_time=NOW_S),
            subsegment(id="e" * 16, namespace="remote", http={"request": {"traced": True}}),
        ]
    )
    assert [f"{id_:016x}"[0] for id_ in one.sub_id] == ["b", "c", "d", "e"]
    assert one.sub_name == ["work", "b", "stock.test", "work"]
    assert one.sub_type == ["", "AWS::S3::Bucket", "remote", "remote"]
    assert one.sub_class == [0, 0, 3, 0]
    assert one.sub_traced == [False, False, False, True]
    assert one.sub_duration_us == [500_000, 500_000, 1_000_000, 500_000]


def test_a_call_in_progress_is_in_no_class_because_it_has_not_been_answered() -> None:
    one = row(subsegments=[subsegment(namespace="remote", end_time=..., in_progress=True, fault=True)])
    assert (one.sub_class, one.sub_duration_us) == ([4], [0])


def test_a_subsegment_sent_alone_is_its_own_last_subsegment() -> None:
    (one,) = columns(subsegment(parent_id=ROOT, namespace="remote", subsegments=[subsegment(id="c" * 16)]))
    assert not one.segment
    assert [f"{id_:016x}"[0] for id_ in one.sub_id] == ["c", "b"]


@pytest.mark.parametrize("id_", ["none", "", "0" * 16, "b" * 15, "b" * 17, "0x00000000000000", "-000000000000001"])
def test_a_subsegment_whose_id_is_none_is_left_out(id_: str) -> None:
    assert row(subsegments=[subsegment(id=id_, subsegments=[subsegment()])]).sub_id == []


@pytest.mark.parametrize(("start", "end"), [(1e308, 1e308), (-1e308, 1e308), (0, -5), (1e18, 0), (-1, None)])
def test_times_of_a_subsegment_may_be_anything_and_the_columns_still_hold_them(start: float, end: float) -> None:
    one = row(subsegments=[subsegment(start_time=start, end_time=end)])
    assert 0 <= one.sub_duration_us[0] < 2**63
    assert 0 <= one.span_us < 2**63


def test_the_trace_s_time_is_its_id_s_epoch_when_the_document_begins_near_it() -> None:
    epoch = int(TRACE[2:10], 16)
    assert row(start_time=epoch + 6 * 86_400).trace_time == epoch
    assert row(start_time=epoch - 299).trace_time == epoch


def test_the_trace_s_time_is_the_document_s_start_when_the_id_tells_none() -> None:
    assert row(trace_id="1-ffffffff-0123456789abcdef01234567").trace_time == int(NOW_S - 1)
    assert row(trace_id="1-00000001-0123456789abcdef01234567").trace_time == int(NOW_S - 1)


def test_annotations_of_the_document_and_of_all_inside_are_one_object() -> None:
    one = row(
        annotations={"tier": "gold", "both": 1},
        subsegments=[
            subsegment(annotations={"n": 2.5, "both": 2}, subsegments=[subsegment(annotations={"deep": True})])
        ],
    )
    assert json.loads(one.annotations) == {"tier": "gold", "both": [1, 2], "n": 2.5, "deep": True}


def test_an_annotation_that_cannot_be_indexed_is_left_out() -> None:
    one = row(annotations={"a b": 1, "ok": 2}, subsegments=[subsegment(annotations={"x": "y" * 1001, "": 1})])
    assert json.loads(one.annotations) == {"ok": 2}


@pytest.mark.parametrize(
    ("members", "column", "value"),
    [
        ({"origin": "AWS::Lambda"}, "type", "AWS::Lambda"),
        ({"user": "ada"}, "user", "ada"),
        ({"http": {"request": {"method": "GET"}}}, "http_method", "GET"),
        ({"http": {"request": {"url": "https://a.test/"}}}, "http_url", "https://a.test/"),
        ({"http": {"request": {"user_agent": "curl"}}}, "user_agent", "curl"),
        ({"http": {"request": {"client_ip": "::1"}}}, "client_ip", "::1"),
        ({"http": {"response": {"status": "404"}}}, "http_status", 404),
        ({"http": {"response": {"status": 99_999_999}}}, "http_status", 65_535),
        ({"http": {"response": {"status": -1}}}, "http_status", 0),
        ({"aws": {"ec2": {"instance_id": "i-1"}}}, "instance_id", "i-1"),
        ({"aws": {"ec2": {"availability_zone": "eu-west-1a"}}}, "availability_zone", "eu-west-1a"),
        ({"aws": {"xray": {"sampling_rule_name": "Default"}}}, "sampling_rule", "Default"),
        ({"resource_arn": "arn:a", "aws": {"function_arn": "arn:b"}}, "resource_arns", ["arn:a", "arn:b"]),
        ({"http": {"response": {"status": 503}}}, "fault", True),
        ({"throttle": True}, "throttle", True),
        ({"error": True}, "error", True),
    ],
)
def test_what_is_asked_for_has_a_column(members: dict[str, Any], column: str, value: object) -> None:
    assert getattr(row(**members), column) == value


def test_one_member_of_a_wrong_type_costs_only_itself() -> None:
    one = row(user=5, type=7, http={"request": {"method": "GET", "url": 7}}, subsegments=[subsegment(fault="x"), 5])
    assert (one.user, one.http_method, one.http_url, one.sub_name) == ("", "GET", "", ["work"])
