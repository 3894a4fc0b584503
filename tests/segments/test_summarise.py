"""A trace's summary, member by member."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from radiograph.segments.causes import root_causes
from radiograph.segments.summarise import summarise
from tests.oracle.documents import NOW_S, ROOT, TRACE, columns, segment, stored, subsegment

Json = dict[str, Any]
ACCOUNT = "000000000000"
CHILD = {"id": "c" * 16, "name": "cart", "parent_id": "b" * 16}
SHOP = {"Name": "shop", "Names": ["shop"], "AccountId": ACCOUNT}
CART = {"Name": "cart", "Names": ["cart"], "AccountId": ACCOUNT}


def summary(*documents: Json) -> Json:
    return msgspec.to_builtins(summarise(columns(*documents), ACCOUNT))


def status(code: int) -> Json:
    return {"http": {"response": {"status": code}}}


# Times


def test_the_id_is_the_trace_s_and_the_revision_grows_with_its_documents() -> None:
    one, two = summary(segment()), summary(segment(), subsegment(parent_id="a" * 16))
    assert one["Id"] == TRACE
    assert two["Revision"] > one["Revision"]


def test_it_starts_with_the_earliest_document_and_lasts_until_the_latest_end_of_anything() -> None:
    late = segment(**CHILD, start_time=NOW_S - 0.9, end_time=NOW_S, subsegments=[subsegment(end_time=NOW_S + 2)])
    one = summary(late, segment())
    assert (one["StartTime"], one["Duration"]) == (NOW_S - 1, 3.0)


def test_the_response_time_is_the_root_segment_s() -> None:
    late = segment(**CHILD, start_time=NOW_S - 2, end_time=NOW_S + 2)
    assert summary(segment(subsegments=[subsegment()]), late)["ResponseTime"] == 0.5


def test_there_is_no_response_time_while_the_root_is_in_progress() -> None:
    assert "ResponseTime" not in summary(segment(end_time=..., in_progress=True))


def test_the_root_is_the_segment_without_a_parent_even_if_another_begins_earlier() -> None:
    early = segment(**(CHILD | {"parent_id": "f" * 16}), start_time=NOW_S - 5)
    assert summary(early, segment())["EntryPoint"]["Name"] == "shop"


def test_without_a_segment_without_a_parent_the_root_is_the_first_whose_parent_never_came() -> None:
    late = segment(id="d" * 16, name="late", parent_id="f" * 16)
    early = segment(**(CHILD | {"parent_id": "e" * 16}), start_time=NOW_S - 5)
    assert summary(late, early)["EntryPoint"]["Name"] == "cart"


def test_a_trace_of_nothing_but_a_subsegment_has_no_root() -> None:
    one = summary(subsegment(parent_id="f" * 16, fault=True))
    assert "EntryPoint" not in one
    assert (one["Http"], one["HasFault"]) == ({}, False)


# Outcome


@pytest.mark.parametrize(
    ("members", "fault", "error", "throttle"),
    [
        ({}, False, False, False),
        ({"fault": True}, True, False, False),
        ({"error": True}, False, True, False),
        (status(500), True, False, False),
        (status(404), False, True, False),
        (status(429), False, True, True),
        ({"throttle": True}, False, False, True),
    ],
)
def test_fault_and_error_are_the_root_s(members: Json, fault: bool, error: bool, throttle: bool) -> None:
    one = summary(segment(**members))
    assert (one["HasFault"], one["HasError"], one["HasThrottle"]) == (fault, error, throttle)


def test_a_failure_behind_the_root_is_not_the_trace_s_but_a_throttle_is() -> None:
    caller = segment(subsegments=[subsegment(namespace="remote")])
    assert not summary(caller, segment(**CHILD, fault=True))["HasFault"]
    assert not summary(caller, segment(**CHILD, error=True))["HasError"]
    assert summary(caller, segment(**CHILD, throttle=True))["HasThrottle"]


# Partial


@pytest.mark.parametrize(
    ("documents", "partial"),
    [
        ([segment()], False),
        ([segment(end_time=..., in_progress=True)], True),
        ([segment(subsegments=[subsegment(end_time=..., in_progress=True)])], True),
        ([segment(), subsegment(parent_id="a" * 16, end_time=..., in_progress=True)], True),
        ([segment(subsegments=[subsegment(namespace="remote")])], False),
        ([segment(subsegments=[subsegment(namespace="remote", traced=True)])], True),
        ([segment(subsegments=[subsegment(http={"request": {"traced": True}})])], True),
        ([segment(subsegments=[subsegment(traced=True)]), segment(**CHILD)], False),
        ([segment(), subsegment(parent_id="a" * 16)], False),
        ([segment(), subsegment(parent_id="f" * 16)], True),
        ([segment(parent_id="f" * 16)], False),
    ],
)
def test_it_is_partial_while_something_is_in_progress_or_waited_for_or_without_its_parent(
    documents: list[Json], partial: bool
) -> None:
    assert summary(*documents)["IsPartial"] is partial


# Who and where


def test_the_request_is_the_root_s() -> None:
    request = {"method": "GET", "url": "https://a.test/", "user_agent": "curl", "client_ip": "::1"}
    other = segment(**CHILD, **status(500))
    assert summary(segment(http={"request": request, "response": {"status": 200}}), other)["Http"] == {
        "HttpURL": "https://a.test/",
        "HttpStatus": 200,
        "HttpMethod": "GET",
        "UserAgent": "curl",
        "ClientIp": "::1",
    }


def test_what_the_request_does_not_tell_is_left_out() -> None:
    assert summary(segment())["Http"] == {}


def test_every_node_is_named_with_inferred_ones_and_the_client() -> None:
    call = subsegment(name="dynamodb", namespace="aws", aws={"table_name": "carts"})
    traced = subsegment(id="d" * 16, name="later.test", namespace="remote", traced=True)
    assert summary(segment(origin="AWS::Lambda", subsegments=[call, traced]))["ServiceIds"] == [
        {**SHOP, "Type": "AWS::Lambda"},
        {"Name": "carts", "Names": ["carts"], "Type": "AWS::DynamoDB::Table"},
        {"Name": "shop", "Names": ["shop"], "Type": "client"},
    ]


def test_a_node_that_sent_its_own_segment_is_not_inferred_as_well() -> None:
    one = summary(segment(subsegments=[subsegment(name="cart.test", namespace="remote")]), segment(**CHILD))
    assert [(node["Name"], node.get("Type")) for node in one["ServiceIds"]] == [
        ("shop", None),
        ("cart", None),
        ("shop", "client"),
    ]


def test_a_node_is_named_once_however_many_segments_it_sent() -> None:
    again = segment(id="c" * 16, parent_id="a" * 16)
    assert [node.get("Type") for node in summary(segment(), again)["ServiceIds"]] == [None, "client"]


def test_users_are_named_with_the_nodes_that_had_them() -> None:
    documents = [segment(user="ada"), segment(**CHILD, user="ada"), segment(id="d" * 16, name="pay", user="bob")]
    users = {one["UserName"]: [node["Name"] for node in one["ServiceIds"]] for one in summary(*documents)["Users"]}
    assert users == {"ada": ["shop", "cart"], "bob": ["pay"]}


def test_arns_instances_and_zones_are_named_once_each() -> None:
    ec2 = {"ec2": {"instance_id": "i-1", "availability_zone": "z"}}
    lambda_ = {"function_arn": "arn:b"}
    documents = [segment(aws=ec2, resource_arn="arn:a"), segment(**CHILD, aws=ec2 | lambda_, resource_arn="arn:a")]
    one = summary(*documents)
    assert one["InstanceIds"] == [{"Id": "i-1"}]
    assert one["AvailabilityZones"] == [{"Name": "z"}]
    assert one["ResourceARNs"] == [{"ARN": "arn:a"}, {"ARN": "arn:b"}]


def test_the_entry_point_is_the_root_s_node() -> None:
    assert summary(segment(origin="AWS::Lambda"))["EntryPoint"] == {**SHOP, "Type": "AWS::Lambda"}


def test_lists_and_maps_without_content_are_empty_and_not_absent() -> None:
    one = summary(segment())
    empty = ["Users", "ResourceARNs", "InstanceIds", "AvailabilityZones"]
    assert {name: one[name] for name in empty} == {name: [] for name in empty}
    assert one["Annotations"] == {}


# Annotations


def test_an_annotation_has_one_entry_a_distinct_value_with_the_nodes_that_recorded_it() -> None:
    documents = [
        segment(annotations={"tier": "gold", "n": 1}),
        segment(**CHILD, annotations={"tier": "gold", "n": 2}),
    ]
    annotations = summary(*documents)["Annotations"]
    assert annotations["tier"] == [{"AnnotationValue": {"StringValue": "gold"}, "ServiceIds": [SHOP, CART]}]
    assert annotations["n"] == [
        {"AnnotationValue": {"NumberValue": 1.0}, "ServiceIds": [SHOP]},
        {"AnnotationValue": {"NumberValue": 2.0}, "ServiceIds": [CART]},
    ]


def test_true_and_one_and_the_text_of_one_are_different_values() -> None:
    documents = [segment(id=f"{n + 1:016x}", annotations={"k": value}) for n, value in enumerate((True, 1, "1"))]
    values = [one["AnnotationValue"] for one in summary(*documents)["Annotations"]["k"]]
    assert values == [{"BooleanValue": True}, {"NumberValue": 1.0}, {"StringValue": "1"}]


def test_a_subsegment_s_annotation_is_its_segment_s_node_s_wherever_it_was_sent() -> None:
    documents = [
        segment(subsegments=[subsegment(annotations={"embedded": 1})]),
        subsegment(id="d" * 16, parent_id="b" * 16, annotations={"alone": 1}),
        subsegment(id="e" * 16, parent_id="d" * 16, annotations={"deeper": 1}),
    ]
    annotations = summary(*documents)["Annotations"]
    assert {key: [node["Name"] for node in one[0]["ServiceIds"]] for key, one in annotations.items()} == {
        "embedded": ["shop"],
        "alone": ["shop"],
        "deeper": ["shop"],
    }


def test_all_annotations_are_told_or_so_many_of_the_first_keys_and_known_ones_go_on_counting() -> None:
    first = segment(annotations={f"k{n}": n for n in range(49)})
    second = segment(**CHILD, start_time=NOW_S - 0.9, annotations={"k0": "new", "a": 1, "b": 2})
    assert list(summary(second, first)["Annotations"]) == [*(f"k{n}" for n in range(49)), "a", "b"]
    some = summarise(columns(second, first), ACCOUNT, most_annotations=50).annotations
    assert list(some) == [*(f"k{n}" for n in range(49)), "a"]
    assert len(some["k0"]) == 2


def test_values_that_differ_within_one_document_are_all_listed() -> None:
    one = summary(segment(annotations={"k": 1}, subsegments=[subsegment(annotations={"k": 2})]))
    assert [value["AnnotationValue"] for value in one["Annotations"]["k"]] == [
        {"NumberValue": 1.0},
        {"NumberValue": 2.0},
    ]


def test_a_cause_s_service_has_a_type_and_an_error_s_exception_a_name_though_they_be_empty() -> None:
    failed = [segment(error=True, cause={"exceptions": [{"id": ROOT, "message": "no"}]})]
    causes = root_causes(stored(*failed), ACCOUNT)
    told = msgspec.to_builtins(summarise(columns(*failed), ACCOUNT, causes=causes))
    (error,), (slow,) = told["ErrorRootCauses"], told["ResponseTimeRootCauses"]
    assert (error["Services"][0]["Type"], slow["Services"][0]["Type"]) == ("", "")
    assert error["Services"][0]["EntityPath"][0]["Exceptions"] == [{"Name": "", "Message": "no"}]


def test_a_cause_that_names_all_is_told_as_it_is() -> None:
    failed = [segment(fault=True, origin="AWS::Lambda")]
    causes = root_causes(stored(*failed), ACCOUNT)
    assert summarise(columns(*failed), ACCOUNT, causes=causes).fault_root_causes is causes.fault_root_causes
