"""Resource policies: kept by name and revision; what is no policy, or one too many."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.desk import ACCOUNT, NOW, Desk

MALFORMED, LOCKOUT = "MalformedPolicyDocumentException", "LockoutPreventionException"
REVISION = "InvalidPolicyRevisionIdException"
ALLOW = {
    "Sid": "sns",
    "Effect": "Allow",
    "Principal": {"Service": "sns.amazonaws.com"},
    "Action": ["xray:PutTraceSegments", "xray:GetSampling*"],
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "xray:*", "Resource": "*"}


def document(*statements: Any, **members: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements) or [ALLOW]} | members)


def put(desk: Desk, name: str = "mine", text: str | None = None, **members: Any) -> Any:
    answer = desk.ask("/PutResourcePolicy", PolicyName=name, PolicyDocument=text or document(), **members)
    return answer["ResourcePolicy"]


def refused(desk: Desk, text: str, **members: Any) -> str:
    return desk.refused("/PutResourcePolicy", **{"PolicyName": "mine", "PolicyDocument": text} | members)[0]


def policies(desk: Desk) -> list[Any]:
    return desk.ask("/ListResourcePolicies")["ResourcePolicies"]


# Kept


def test_a_policy_is_kept_as_it_was_sent(desk: Desk) -> None:
    text = document() + " \n"
    policy = put(desk, text=text)
    assert policy == {
        "PolicyName": "mine",
        "PolicyDocument": text,
        "PolicyRevisionId": "1",
        "LastUpdatedTime": NOW,
    }
    assert policies(desk) == [policy]


def test_every_put_raises_the_revision(desk: Desk) -> None:
    put(desk)
    desk.passes(10)
    assert put(desk)["PolicyRevisionId"] == "2"
    policy = put(desk, PolicyRevisionId="2")
    assert (policy["PolicyRevisionId"], policy["LastUpdatedTime"]) == ("3", NOW + 10)
    assert policies(desk) == [policy]


def test_revision_zero_makes_and_never_changes(desk: Desk) -> None:
    assert put(desk, PolicyRevisionId="0")["PolicyRevisionId"] == "1"
    assert refused(desk, document(), PolicyRevisionId="0") == REVISION


@pytest.mark.parametrize("revision", ["0", "1", "3", "02", "x", ""])
def test_another_revision_than_the_latest_changes_nothing(desk: Desk, revision: str) -> None:
    put(desk)
    latest = put(desk)
    assert refused(desk, document(ALLOW | {"Sid": "other"}), PolicyRevisionId=revision) == REVISION
    gone = {"PolicyName": "mine", "PolicyRevisionId": revision}
    assert desk.refused("/DeleteResourcePolicy", **gone)[0] == REVISION
    assert policies(desk) == [latest]


def test_a_policy_that_is_not_there_has_no_revision_but_zero(desk: Desk) -> None:
    assert refused(desk, document(), PolicyRevisionId="1") == REVISION
    assert policies(desk) == []


def test_a_policy_is_deleted_by_name_and_once_more_without_harm(desk: Desk) -> None:
    put(desk)
    put(desk, "other")
    assert desk.ask("/DeleteResourcePolicy", PolicyName="mine", PolicyRevisionId="1") == {}
    assert desk.ask("/DeleteResourcePolicy", PolicyName="mine") == {}
    assert [one["PolicyName"] for one in policies(desk)] == ["other"]


def test_there_is_room_for_five(desk: Desk) -> None:
    for n in reversed(range(5)):
        put(desk, f"policy-{n}")
    assert refused(desk, document()) == "PolicyCountLimitExceededException"
    put(desk, "policy-3")
    answer = desk.ask("/ListResourcePolicies")
    assert [one["PolicyName"] for one in answer["ResourcePolicies"]] == [f"policy-{n}" for n in range(5)]
    assert "NextToken" not in answer
    desk.ask("/DeleteResourcePolicy", PolicyName="policy-0")
    put(desk)


def test_no_policies_is_an_empty_list_that_is_there(desk: Desk) -> None:
    assert desk.ask("/ListResourcePolicies") == {"ResourcePolicies": []}
    assert desk.refused("/ListResourcePolicies", NextToken="x")[0] == "InvalidRequestException"


def test_there_is_room_for_five_kibibytes(desk: Desk) -> None:
    text = document()
    put(desk, text=text + " " * (5120 - len(text)))
    assert refused(desk, text + " " * (5121 - len(text))) == "PolicySizeLimitExceededException"
    assert refused(desk, document(Id="é" * 2600)) == "PolicySizeLimitExceededException"


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 129, "é", "a\n"])
def test_a_name_that_no_policy_can_have_is_refused(desk: Desk, name: str) -> None:
    assert refused(desk, document(), PolicyName=name) == "InvalidRequestException"
    assert desk.refused("/DeleteResourcePolicy", PolicyName=name)[0] == "InvalidRequestException"


def test_a_name_of_letters_digits_and_some_marks_is_taken(desk: Desk) -> None:
    assert put(desk, "a_B9+=,.@-")["PolicyName"] == "a_B9+=,.@-"


# Documents


@pytest.mark.parametrize(
    "text",
    [
        document(ALLOW),
        json.dumps({"Statement": ALLOW}),
        document(Version="2008-10-17", Id="mine"),
        document({**ALLOW, "Principal": "*"}, {**ALLOW, "Sid": "b", "Principal": {"AWS": [ACCOUNT, "*"]}}),
        document({"Effect": "Allow", "NotPrincipal": {"AWS": ACCOUNT}, "NotAction": "xray:Get*", "NotResource": "a"}),
    ],
)
def test_a_policy_is_taken(desk: Desk, text: str) -> None:
    put(desk, text=text)


def without(member: str) -> dict[str, Any]:
    return {name: value for name, value in ALLOW.items() if name != member}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        "[" * 2000,
        json.dumps({"Statement": []}),
        document(Version="2020-01-01"),
        document(Extra=1),
        document(7),
        document(ALLOW | {"Effect": "allow"}),
        document(without("Effect")),
        document(without("Principal")),
        document(without("Action")),
        document(without("Resource")),
        document(ALLOW | {"NotAction": "xray:*"}),
        document(ALLOW | {"NotPrincipal": "*"}),
        document(ALLOW | {"Principal": "sns.amazonaws.com"}),
        document(ALLOW | {"Principal": {"Nobody": "*"}}),
        document(ALLOW | {"Principal": {}}),
        document(ALLOW | {"Action": []}),
        document(ALLOW | {"Action": "PutTraceSegments"}),
        document(ALLOW | {"Action": 7}),
        document(ALLOW | {"Condition": "never"}),
        document(ALLOW | {"Condition": {"StringEquals": "x"}}),
        document(ALLOW | {"Comment": "unknown"}),
        document(ALLOW, ALLOW),
    ],
)
def test_what_is_no_policy_is_malformed(desk: Desk, text: str) -> None:
    assert refused(desk, text) == MALFORMED
    assert policies(desk) == []


ROOT = f"arn:aws:iam::{ACCOUNT}:root"


@pytest.mark.parametrize(
    "statement",
    [
        DENY,
        DENY | {"Action": "*"},
        DENY | {"Action": ["xray:GetGroups", "XRAY:put*Policy"]},
        DENY | {"Action": "xray:PutResourcePolic?"},
        DENY | {"Principal": {"AWS": "*"}},
        DENY | {"Principal": {"AWS": ["111111111111", ACCOUNT]}},
        DENY | {"Principal": {"AWS": ROOT}},
        {"Effect": "Deny", "NotPrincipal": {"AWS": "111111111111"}, "Action": "xray:*", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "NotAction": "xray:Get*", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": "xray:*", "NotResource": "nothing"},
    ],
)
def test_who_would_lock_the_account_out_must_say_that_it_is_meant(desk: Desk, statement: Any) -> None:
    assert refused(desk, document(ALLOW, statement)) == LOCKOUT
    assert refused(desk, document(ALLOW, statement), BypassPolicyLockoutCheck=False) == LOCKOUT
    put(desk, text=document(ALLOW, statement), BypassPolicyLockoutCheck=True)


@pytest.mark.parametrize(
    "statement",
    [
        DENY | {"Action": "xray:Get*"},
        DENY | {"Principal": {"Service": "sns.amazonaws.com"}},
        DENY | {"Principal": {"AWS": "111111111111"}},
        DENY | {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Effect": "Deny", "NotPrincipal": {"AWS": ROOT}, "Action": "xray:*", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "NotAction": "xray:Put*", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": "xray:*", "NotResource": "*"},
    ],
)
def test_who_denies_something_else_does_not_lock_the_account_out(desk: Desk, statement: Any) -> None:
    put(desk, text=document(ALLOW, statement))
