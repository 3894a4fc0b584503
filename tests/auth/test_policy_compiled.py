"""A policy made ready: what its decisions tell, the keys it asks for, and that it answers the same again and again."""

from __future__ import annotations

import json
from typing import Any

from radiograph.auth.policy import (
    Attached,
    Deciding,
    Facts,
    Grant,
    Policy,
    Verdict,
    ask,
    compile_policy,
    evaluate,
    evaluate_trust,
    read_policy,
)
from tests.auth.policy_cases import CALLERS, FACTS

ALLOW = {"Effect": "Allow", "Action": "xray:Get*", "Resource": "*"}


def ready(*statements: dict[str, Any], version: str = "2012-10-17", kind: Any = "identity", **names: str) -> Policy:
    return compile_policy(read_policy(json.dumps({"Version": version, "Statement": statements}), kind), **names)


def allowed(policy: Policy, action: str, caller: str = "bob", facts: Facts = FACTS) -> bool:
    request = ask(CALLERS[caller], action, "*", "111122223333", facts)
    return evaluate(request, Attached(identity=(policy,))).allowed


def test_a_decision_tells_the_policy_the_place_and_the_sid() -> None:
    policies = (
        ready(ALLOW, {"Sid": "more"} | ALLOW, name="reads", source="group"),
        ready({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, ALLOW, name="mixed", source="user"),
    )
    request = ask(CALLERS["bob"], "xray:GetGroups", "*", "111122223333", FACTS)
    assert evaluate(request, Attached(identity=policies)).statements == (
        Deciding("reads", 0, None, "Allow", "group"),
        Deciding("reads", 1, "more", "Allow", "group"),
        Deciding("mixed", 1, None, "Allow", "user"),
    )


def test_every_layer_tells_its_verdict() -> None:
    request = ask(CALLERS["app"], "xray:GetGroups", "*", "111122223333", FACTS)
    attached = Attached(
        identity=(ready(ALLOW, name="role"),),
        boundary=ready({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, name="limit"),
        session=(ready({"Effect": "Deny", "Action": "iam:*", "Resource": "*"}, name="session"),),
        resource=(ready(ALLOW | {"Principal": {"AWS": "111122223333"}}, kind="resource", name="resource"),),
    )
    decision = evaluate(request, attached)
    assert (decision.outcome, decision.layer, decision.statements) == ("implicitDeny", "boundary", ())
    assert decision.verdicts == (
        Verdict("identity", "allowed", (Deciding("role", 0, None, "Allow", "none"),)),
        Verdict("boundary", "implicitDeny", ()),
        Verdict("session", "implicitDeny", ()),
        Verdict("resource", "allowed", (Deciding("resource", 0, None, "Allow", "none"),), Grant.ACCOUNT),
    )


def test_a_policy_knows_the_keys_it_asks_for() -> None:
    statement = ALLOW | {
        "Resource": ["arn:aws:s3:::${aws:username}/${aws:PrincipalTag/team, 'x'}/${*}"],
        "Condition": {"StringLike": {"aws:SourceArn": "${svc:Key}*"}, "Null": {"aws:TokenIssueTime": "true"}},
    }
    keys = {"aws:username", "aws:PrincipalTag/team", "aws:SourceArn", "svc:Key", "aws:TokenIssueTime"}
    assert ready(statement).keys == keys
    assert ready({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::${aws:userid}"}).keys == {"aws:userid"}


def test_a_policy_without_variables_asks_only_for_its_conditions() -> None:
    condition = {"StringEquals": {"aws:SourceArn": "${svc:Key}"}}
    assert ready(ALLOW | {"Condition": condition}, version="2008-10-17").keys == {"aws:SourceArn"}


def test_a_policy_answers_each_request_by_itself() -> None:
    policy = ready(ALLOW | {"Condition": {"StringEquals": {"aws:username": "bob"}}})
    for _ in range(3):
        assert allowed(policy, "xray:GetGroups")
        assert not allowed(policy, "xray:GetGroups", caller="alice")
        assert not allowed(policy, "xray:PutTraceSegments")


def test_a_policy_answers_for_more_actions_than_it_remembers() -> None:
    policy = ready(ALLOW)
    for _ in range(2):
        assert all(allowed(policy, f"xray:Get{number}") for number in range(600))
        assert not any(allowed(policy, f"xray:Put{number}") for number in range(600))


def test_two_policies_remember_apart() -> None:
    assert allowed(ready(ALLOW), "xray:GetGroups")
    assert not allowed(ready(ALLOW | {"Effect": "Deny"}), "xray:GetGroups")


def test_nobody_assumes_a_role_by_policies_that_do_not_speak_of_it() -> None:
    trust = ready({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:*"}, kind="trust")
    request = ask(CALLERS["bob"], "sts:AssumeRole", "arn:aws:iam::111122223333:role/r", "111122223333", FACTS)
    everything = Attached(identity=(ready({"Effect": "Allow", "Action": "*", "Resource": "*"}),))
    decision = evaluate_trust(request, everything, trust)
    assert (decision.outcome, decision.layer) == ("implicitDeny", "trust")
