"""The sentence of a denial: who, what, on which resource, and which type of policy is to blame."""

from __future__ import annotations

from typing import Any

import pytest

from radiograph.auth.policy import denial
from tests.auth.policy_cases import decided, plain

BOB, ACTION = "arn:aws:iam::111122223333:user/bob", "xray:PutTraceSegments"
START = f"User: {BOB} is not authorized to perform: {ACTION}"
ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}
DENY = {"Effect": "Deny", "Action": "*", "Resource": "*"}
OTHER = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
TRUST = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
ROLE = "arn:aws:iam::111122223333:role/tracer"


def sentence(**case: Any) -> str:
    request, decision = decided(plain({"action": ACTION} | case))
    assert not decision.allowed
    return denial(request, decision)


@pytest.mark.parametrize(
    ("case", "blame"),
    [
        ({}, "no identity-based policy"),
        ({"identity": [ALLOW], "boundary": OTHER}, "no permissions boundary"),
        ({"identity": [ALLOW], "session": [OTHER]}, "no session policy"),
        ({"identity": [ALLOW], "account": "444455556666"}, "no resource-based policy"),
    ],
)
def test_an_implicit_denial_names_what_does_not_allow(case: dict[str, Any], blame: str) -> None:
    assert sentence(**case) == f"{START} because {blame} allows the {ACTION} action"


@pytest.mark.parametrize(
    ("case", "blame"),
    [
        ({"identity": [ALLOW, DENY]}, "an identity-based policy"),
        ({"identity": [ALLOW], "boundary": DENY}, "a permissions boundary"),
        ({"identity": [ALLOW], "session": [DENY]}, "a session policy"),
        ({"identity": [ALLOW], "resource_policies": [DENY | {"Principal": "*"}]}, "a resource-based policy"),
    ],
)
def test_an_explicit_denial_names_what_denies(case: dict[str, Any], blame: str) -> None:
    assert sentence(**case) == f"{START} with an explicit deny in {blame}"


def test_a_resource_is_named_when_there_is_one() -> None:
    arn = "arn:aws:xray:us-east-1:111122223333:group/shop/1"
    told = sentence(action="xray:GetGroup", resource=arn)
    assert told == (
        f"User: {BOB} is not authorized to perform: xray:GetGroup on resource: {arn} "
        "because no identity-based policy allows the xray:GetGroup action"
    )


def test_a_session_is_named_and_not_its_role() -> None:
    assert sentence(caller="app").startswith(
        f"User: arn:aws:sts::111122223333:assumed-role/app/i-1 is not authorized to perform: {ACTION} because "
    )


def test_a_role_that_does_not_trust() -> None:
    told = sentence(action="sts:AssumeRole", resource=ROLE, identity=[ALLOW], trust=TRUST)
    assert told == (
        f"User: {BOB} is not authorized to perform: sts:AssumeRole on resource: {ROLE} "
        "because no role trust policy allows the sts:AssumeRole action"
    )


def test_a_trust_policy_that_denies() -> None:
    trust = {"Effect": "Deny", "Principal": "*", "Action": "sts:*"}
    told = sentence(action="sts:AssumeRole", resource=ROLE, identity=[ALLOW], trust=trust)
    assert told.endswith(f"on resource: {ROLE} with an explicit deny in the role trust policy")


def test_a_web_identity_is_told_no_more_than_that() -> None:
    told = sentence(caller="web", action="sts:AssumeRoleWithWebIdentity", resource=ROLE, trust=TRUST)
    assert told == "Not authorized to perform sts:AssumeRoleWithWebIdentity"
