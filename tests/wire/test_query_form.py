"""Forms of the Query protocol: what botocore writes is read, and what is wrong is told in one sentence."""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import urlencode

import botocore.session
import msgspec
import pytest
from botocore.serialize import create_serializer
from hypothesis import given
from hypothesis import strategies as st

from radiograph.errors import InvalidRequest, Serialization
from radiograph.model.iam.access_keys import UpdateAccessKeyRequest
from radiograph.model.iam.policies import CreatePolicyVersionRequest
from radiograph.model.iam.roles import CreateRoleRequest
from radiograph.model.iam.simulation import ContextEntry, SimulateCustomPolicyRequest
from radiograph.model.iam.tags import Tag, TagUserRequest, UntagUserRequest
from radiograph.model.iam.users import CreateUserRequest, ListUsersRequest
from radiograph.model.sts import AssumeRoleRequest, PolicyDescriptorType
from radiograph.wire.query_xml import decode, read_form

SESSION = botocore.session.Session()


def written(service: str, operation: str, **members: Any) -> bytes:
    """Give the form that botocore sends."""
    model = SESSION.get_service_model(service).operation_model(operation)
    body = create_serializer("query").serialize_to_request(members, model)["body"]
    return urlencode(body, doseq=True).encode()


def taken(type_: type[msgspec.Struct], text: bytes) -> msgspec.Struct:
    return decode(type_, read_form(text))


def test_a_form_is_its_fields_decoded() -> None:
    form = read_form(b"Action=CreateUser&Version=2010-05-08&UserName=a%2Bb&Path=%2F%C3%A9+x%2F&&Empty")
    assert form == {"Action": "CreateUser", "Version": "2010-05-08", "UserName": "a+b", "Path": "/é x/", "Empty": ""}


@pytest.mark.parametrize("text", [b"a=%FF", b"\xff=1", b"a=1&a=2", b"a=1&%61=2", b"&".join([b"a=1"] * 5000)])
def test_a_form_that_is_none_is_refused(text: bytes) -> None:
    with pytest.raises(Serialization):
        read_form(text)


def test_what_botocore_writes_is_read() -> None:
    tags = [{"Key": "team", "Value": "größe"}, {"Key": "empty", "Value": ""}]
    role = {"Path": "/a/", "RoleName": "r", "AssumeRolePolicyDocument": '{"a": "b&c=d"}', "MaxSessionDuration": 3600}
    assert taken(CreateRoleRequest, written("iam", "CreateRole", **role, Tags=tags)) == CreateRoleRequest(
        path="/a/",
        role_name="r",
        assume_role_policy_document='{"a": "b&c=d"}',
        max_session_duration=3600,
        tags=[Tag(key="team", value="größe"), Tag(key="empty", value="")],
    )


def test_lists_in_structures_in_lists_are_read_in_the_order_of_their_numbers() -> None:
    values = [str(number) for number in range(12)]
    entry = {"ContextKeyName": "aws:TagKeys", "ContextKeyValues": values, "ContextKeyType": "stringList"}
    text = written(
        "iam", "SimulateCustomPolicy", PolicyInputList=["{}"], ActionNames=["xray:*"], ContextEntries=[entry]
    )
    request = taken(SimulateCustomPolicyRequest, text)
    assert isinstance(request, SimulateCustomPolicyRequest)
    assert request.context_entries == [
        ContextEntry(context_key_name="aws:TagKeys", context_key_values=values, context_key_type="stringList")
    ]


def test_an_empty_list_is_one() -> None:
    text = written("iam", "UntagUser", UserName="u", TagKeys=[])
    assert taken(UntagUserRequest, text) == UntagUserRequest(user_name="u", tag_keys=[])


def test_true_is_true_and_false_false() -> None:
    for value in (True, False):
        text = written("iam", "CreatePolicyVersion", PolicyArn="a" * 20, PolicyDocument="{}", SetAsDefault=value)
        request = taken(CreatePolicyVersionRequest, text)
        assert isinstance(request, CreatePolicyVersionRequest)
        assert request.set_as_default is value


def test_a_member_with_a_name_of_its_own_is_read() -> None:
    arn = "arn:aws:iam::aws:policy/A"
    text = written("sts", "AssumeRole", RoleArn="a" * 20, RoleSessionName="me", PolicyArns=[{"arn": arn}])
    request = taken(AssumeRoleRequest, text)
    assert isinstance(request, AssumeRoleRequest)
    assert request.policy_arns == [PolicyDescriptorType(arn=arn)]


def test_numbers_with_gaps_are_put_together_and_what_is_no_number_is_ignored() -> None:
    text = b"UserName=u&TagKeys.member.7=b&TagKeys.member.2=a&TagKeys.member.x=c&TagKeys.member.02=d&TagKeys.9=e"
    assert taken(UntagUserRequest, text) == UntagUserRequest(user_name="u", tag_keys=["a", "b"])


def test_what_is_no_member_is_ignored() -> None:
    request = CreateUserRequest(user_name="u")
    assert taken(CreateUserRequest, b"UserName=u&Other=1&UserName.x.y=2&Tags2.member.1.Key=k") == request


def refused(type_: type[msgspec.Struct], text: bytes) -> str:
    with pytest.raises(InvalidRequest) as error:
        taken(type_, text)
    return error.value.message


BROKEN: list[tuple[type[msgspec.Struct], bytes, str]] = [
    (
        CreateUserRequest,
        b"",
        "Value null at 'userName' failed to satisfy constraint: Member must not be null",
    ),
    (
        CreateUserRequest,
        b"UserName=a%20b",
        r"Value 'a b' at 'userName' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w+=,.@-]+",
    ),
    (
        CreateUserRequest,
        b"UserName=" + b"a" * 65,
        f"Value '{'a' * 65}' at 'userName' failed to satisfy constraint: "
        "Member must have length less than or equal to 64",
    ),
    (
        ListUsersRequest,
        b"MaxItems=1001",
        "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ),
    (
        ListUsersRequest,
        b"MaxItems=0",
        "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    (
        ListUsersRequest,
        b"MaxItems=many",
        "Value 'many' at 'maxItems' failed to satisfy constraint: Member must be an integer",
    ),
    (
        UpdateAccessKeyRequest,
        b"AccessKeyId=AKIAIOSFODNN7EXAMPLE&Status=On",
        "Value 'On' at 'status' failed to satisfy constraint: "
        "Member must satisfy enum value set: [Active, Expired, Inactive]",
    ),
    (
        CreatePolicyVersionRequest,
        b"PolicyArn=aaaaaaaaaaaaaaaaaaaaa&PolicyDocument=x&SetAsDefault=maybe",
        "Value 'maybe' at 'setAsDefault' failed to satisfy constraint: Member must be true or false",
    ),
    (
        TagUserRequest,
        b"UserName=u&Tags.member.1.Key=k",
        "Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
    ),
]


@pytest.mark.parametrize(("type_", "text", "message"), BROKEN)
def test_a_broken_constraint_is_told_in_aws_words(type_: type[msgspec.Struct], text: bytes, message: str) -> None:
    assert refused(type_, text) == f"1 validation error detected: {message}"


def test_all_broken_constraints_are_told_at_once() -> None:
    said = refused(UpdateAccessKeyRequest, b"AccessKeyId=short!&Status=On")
    assert said.startswith("3 validation errors detected: ")
    assert said.count("; ") == 2


def test_a_list_has_at_most_as_many_as_it_may() -> None:
    many = b"&".join(b"Tags.member.%d.Key=k%d&Tags.member.%d.Value=v" % (n, n, n) for n in range(1, 52))
    assert "Member must have length less than or equal to 50" in refused(TagUserRequest, b"UserName=u&" + many)


def test_a_long_value_is_not_repeated() -> None:
    assert len(refused(CreateUserRequest, b"UserName=" + b"x" * 100_000)) < 400


keys = st.lists(
    st.sampled_from(["Tags", "member", "1", "Key", "", "UserName", "0", "9" * 30, "²"]), min_size=1, max_size=20
).map(".".join)


@given(st.dictionaries(keys | st.text(max_size=10), st.text(max_size=10), max_size=20))
def test_whatever_the_form_nothing_but_a_refusal_is_raised(form: dict[str, str]) -> None:
    with contextlib.suppress(InvalidRequest):
        assert decode(TagUserRequest, form).user_name


@given(st.binary(max_size=100))
def test_whatever_the_bytes_nothing_but_a_refusal_is_raised(text: bytes) -> None:
    with contextlib.suppress(Serialization):
        read_form(text)


def test_a_name_with_very_many_dots_is_nothing_special() -> None:
    assert taken(CreateUserRequest, b"UserName=u&Tags" + b".member" * 100_000 + b"=x") == CreateUserRequest(
        user_name="u", tags=[]
    )
