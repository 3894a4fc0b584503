"""Policies as they are read: one shape, whatever the spelling; nothing lost; and no text that does harm."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from radiograph.auth.policy import (
    MOST_GROUP_INLINE,
    MOST_MANAGED,
    MOST_RESOURCE_BYTES,
    MOST_ROLE_INLINE,
    MOST_SESSION,
    MOST_TRUST,
    MOST_USER_INLINE,
    Condition,
    Document,
    Position,
    Principals,
    Span,
    Statement,
    counted,
    read_policy,
    statement_spans,
)
from radiograph.auth.policy.operators import Operator
from radiograph.auth.policy.places import MOST_CHARACTERS
from radiograph.errors import MalformedPolicyDocument
from tests.auth.policy_cases import Json
from tests.auth.policy_strategies import cases

ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}
PIECES = ["Version", "2012-10-17", "Statement", "Effect", "Allow", "Action", "NotAction", "Resource", "Condition"]
PIECES += ["StringEquals", "aws:x", "*", "arn:aws:s3:::a", "Principal", "AWS", "Sid", "${aws:username}", "Null"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(PIECES) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PIECES), inner, max_size=4),
    max_leaves=12,
)


def read(kind: Any = "identity", /, **statement: Any) -> Statement:
    (found,) = read_policy(json.dumps({"Version": "2012-10-17", "Statement": [statement]}), kind).statements
    return found


def test_one_statement_needs_no_list() -> None:
    one, listed = (read_policy(json.dumps({"Statement": value})) for value in (ALLOW, [ALLOW]))
    assert one == listed
    assert one == Document(statements=(Statement(effect="Allow", action=("*",), resource=("*",)),))


def test_one_value_needs_no_list() -> None:
    assert read(**ALLOW) == read(Effect="Allow", Action=["*"], Resource=["*"])
    condition = {"StringEquals": {"aws:x": "a"}}
    assert read(**ALLOW, Condition=condition) == read(**ALLOW, Condition={"StringEquals": {"aws:x": ["a"]}})


def test_a_document_keeps_its_version_and_id() -> None:
    found = read_policy(json.dumps({"Version": "2012-10-17", "Id": "mine", "Statement": ALLOW}))
    assert (found.version, found.id, found.has_variables) == ("2012-10-17", "mine", True)
    old = read_policy(json.dumps({"Statement": ALLOW}))
    assert (old.version, old.id, old.has_variables) == ("2008-10-17", None, False)


def test_members_come_in_any_order_and_with_any_space() -> None:
    text = '\n{ "Statement" :\t[ {"Resource":"*","Action":"*","Effect":"Allow"} ],\r\n "Version":"2012-10-17" } '
    assert read_policy(text).version == "2012-10-17"


def test_conditions_keep_their_order_and_what_is_written() -> None:
    written = {
        "ForAllValues:StringNotLikeIfExists": {"aws:TagKeys": ["a*", 1]},
        "NumericLessThan": {"svc:N": 1.50, "svc:M": ["2"]},
        "Bool": {"aws:SecureTransport": True},
    }
    assert read(**ALLOW, Condition=written).conditions == (
        Condition(Operator("string", "like", True, "ForAllValues", True), "aws:TagKeys", ("a*", "1")),
        Condition(Operator("number", "<"), "svc:N", ("1.5",)),
        Condition(Operator("number", "<"), "svc:M", ("2",)),
        Condition(Operator("bool"), "aws:SecureTransport", ("true",)),
    )


def test_a_number_is_kept_as_it_is_written() -> None:
    text = json.dumps({"Statement": ALLOW | {"Condition": {"NumericEquals": {"svc:n": "here"}}}})
    (found,) = read_policy(text.replace('"here"', "1.50000000000000000000000000000001")).statements
    assert found.conditions[0].values == ("1.50000000000000000000000000000001",)


def test_principals_are_kept_by_type() -> None:
    everyone = read("resource", **ALLOW, Principal="*")
    assert everyone.principal == Principals(anyone=True)
    some = read("resource", **ALLOW, NotPrincipal={"AWS": ["111122223333", "*"], "Service": "sns.amazonaws.com"})
    assert some.principal is None
    assert some.not_principal == Principals(aws=("111122223333", "*"), service=("sns.amazonaws.com",))


@pytest.mark.parametrize(
    "named",
    [
        "arn:aws:iam::111122223333:root",
        "arn:aws-cn:iam::111122223333:user/a/b/c@example.com",
        "arn:aws-us-gov:iam::111122223333:role/service/tracer",
        "arn:aws:sts::111122223333:assumed-role/tracer/i-1",
        "arn:aws:sts::111122223333:federated-user/guest",
        "AIDABOBBOBBOBBOBBOBBO",
        "AROAAPPAPPAPPAPPAPPAP",
    ],
)
def test_these_are_principals(named: str) -> None:
    found = read("trust", Effect="Allow", Principal={"AWS": named}, Action="sts:AssumeRole")
    assert found.principal == Principals(aws=(named,))


@pytest.mark.parametrize("action", ["sts:AssumeRole", "STS:assumerole", "sts:*", "sts:TagSession"])
def test_a_trust_policy_has_no_resource(action: str) -> None:
    found = read("trust", Effect="Allow", Principal="*", Action=action)
    assert (found.resource, found.not_resource) == (None, None)


def test_sids_of_resource_policies_may_be_sentences() -> None:
    assert read("resource", **ALLOW, Principal="*", Sid="SNS may send").sid == "SNS may send"


def test_an_empty_sid_is_none_and_may_come_twice() -> None:
    found = read_policy(json.dumps({"Statement": [ALLOW | {"Sid": ""}, ALLOW | {"Sid": ""}]}))
    assert [one.sid for one in found.statements] == [None, None]


def test_resource_policies_may_have_any_characters() -> None:
    assert read("resource", **ALLOW, Principal="*", Sid="模").sid == "模"


def test_white_space_is_not_counted() -> None:
    assert counted('{ "a": "b c",\n\t"d":\r 1 }') == len('{"a":"bc","d":1}')


def test_a_document_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(MalformedPolicyDocument, match=f"at most {MOST_CHARACTERS}"):
        read_policy(" " * (MOST_CHARACTERS + 1))


def test_a_document_may_be_as_long_as_that() -> None:
    text = json.dumps({"Statement": ALLOW})
    assert read_policy(text + " " * (MOST_CHARACTERS - len(text))).statements


def test_a_document_may_be_twelve_deep() -> None:
    with pytest.raises(MalformedPolicyDocument, match="an object"):
        read_policy("[" * 12 + "1" + "]" * 12)


def test_iam_has_these_quotas() -> None:
    assert (MOST_MANAGED, MOST_USER_INLINE, MOST_GROUP_INLINE, MOST_ROLE_INLINE) == (6144, 2048, 5120, 10240)
    assert (MOST_TRUST, MOST_SESSION, MOST_RESOURCE_BYTES) == (2048, 2048, 5120)


@pytest.mark.parametrize("bracket", ['{"a":', "["])
@pytest.mark.parametrize("depth", [13, 900, 1_000, 20_000])
def test_a_document_that_is_too_deep_is_refused(bracket: str, depth: int) -> None:
    text = bracket * depth + "1" + ("]" if bracket == "[" else "}") * depth
    with pytest.raises(MalformedPolicyDocument, match="nested too deep"):
        read_policy(text)
    with pytest.raises(MalformedPolicyDocument, match="nested too deep"):
        read_policy(f'{{"Statement": {{"Effect": {text}}}}}')


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ({"Action": None}, "Statement[0].Action: null; accepted: service:Action, with * and ? in Action, or *"),
        ({"NotAction": "*"}, "Statement[0]: it has Action and NotAction; accepted: Action or NotAction"),
        ({"Effect": 1}, "Statement[0].Effect: 1; accepted: Allow, Deny"),
        ({"Extra": 1}, "Statement[0].Extra: there is no such member; accepted: Sid, Effect, Action"),
        ({"Resource": []}, "Statement[0].Resource: the list is empty; accepted: at least one"),
    ],
)
def test_an_error_says_where_what_and_what_is_accepted(statement: Json, told: str) -> None:
    with pytest.raises(MalformedPolicyDocument) as refused:
        read(**(ALLOW | statement))
    assert str(refused.value).startswith(told)


def test_an_error_says_what_is_missing() -> None:
    with pytest.raises(MalformedPolicyDocument) as refused:
        read(Effect="Allow", Resource="*")
    assert str(refused.value) == "Statement[0]: Action or NotAction is missing; accepted: Action or NotAction"


def test_an_error_of_json_says_the_line() -> None:
    with pytest.raises(MalformedPolicyDocument, match="line 2, column 3"):
        read_policy("{\n  Version")


def test_an_error_is_short_however_long_the_document() -> None:
    long = "x" * 10_000
    for statement in ({long: 1}, {"Effect": long}, {"Condition": {long: 1}}, {"Condition": {"Bool": {long: 1}}}):
        with pytest.raises(MalformedPolicyDocument) as refused:
            read(**(ALLOW | statement))
        assert len(str(refused.value)) < 1_000


def test_a_key_may_be_long() -> None:
    key = f"oidc.example.com/id/{'0' * 100}:sub"
    assert read(**ALLOW, Condition={"StringEquals": {key: "a"}}).conditions[0].key == key


@pytest.mark.parametrize("piece", ["/", "a", "a/", "/a", ".", "a.", "${", "${a:", "${a:b, '", "'"])
@pytest.mark.parametrize("start", ["assumed-role/", "user/", "a.b", "${a:b", ""])
def test_no_spelling_takes_long_to_refuse(start: str, piece: str) -> None:
    # What tried every way to split such a text would not come to an end here.
    text = f"{start}{piece * 15_000}\u00e9"
    arn = f"arn:aws:sts::111122223333:{text}"
    for statement in (
        ALLOW | {"Principal": {"AWS": [arn]}},
        ALLOW | {"Principal": {"Federated": [text]}},
        ALLOW | {"Principal": "*", "Action": [f"s3:{text}"]},
        ALLOW | {"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": [text]}}},
        ALLOW | {"Principal": "*", "Condition": {"DateEquals": {"aws:CurrentTime": [text]}}},
        ALLOW | {"Principal": "*", "Condition": {"StringLike": {"aws:SourceArn": [text + "${"]}}},
    ):
        with pytest.raises(MalformedPolicyDocument, match=r"\[0\]"):
            read("resource", **statement)


def test_a_number_of_many_digits_is_only_text() -> None:
    with pytest.raises(MalformedPolicyDocument, match=r"Statement\.Action"):
        read_policy(json.dumps({"Statement": ALLOW}).replace('"*"', "9" * 100_000, 1))


@settings(max_examples=300)
@given(VALUES, st.sampled_from(["identity", "resource", "trust"]))
@example({"Statement": {"Effect": "Allow", "Action": {"AWS": "*"}, "Resource": "*"}}, "identity")
def test_any_json_is_a_policy_or_is_said_not_to_be(value: Any, kind: Any) -> None:
    for whole in (value, {"Statement": value}, {"Statement": {"Condition": value, **ALLOW}}):
        with suppress(MalformedPolicyDocument):
            assert isinstance(read_policy(json.dumps(whole), kind), Document)


@settings(max_examples=300)
@given(st.text())
def test_any_text_is_a_policy_or_is_said_not_to_be(text: str) -> None:
    with pytest.raises(MalformedPolicyDocument, match="; accepted: "):
        read_policy(text)


def test_statements_are_found_in_the_text() -> None:
    text = '{\n  "Statement": [\n    {"Effect": "Allow"}, {\n      "Effect": "Deny"\n    }\n  ],\n  "Id": "a"\n}'
    assert statement_spans(text) == (
        Span(Position(3, 5), Position(3, 24)),
        Span(Position(3, 26), Position(5, 6)),
    )


def test_a_statement_without_a_list_is_found() -> None:
    assert statement_spans('{"Statement":{}}') == (Span(Position(1, 14), Position(1, 16)),)


@settings(max_examples=100)
@given(cases(), st.sampled_from([None, 1, 4, "\t"]))
def test_every_statement_is_found_where_it_stands(case: Json, indent: Any) -> None:
    for policy in case["identity"]:
        text = "\n" + json.dumps(policy, indent=indent)
        lines = text.split("\n")
        spans = statement_spans(text)
        for span, statement in zip(spans, policy["Statement"], strict=True):
            offsets = [
                sum(len(line) + 1 for line in lines[: at.line - 1]) + at.column - 1 for at in (span.start, span.end)
            ]
            assert json.loads(text[slice(*offsets)]) == statement
