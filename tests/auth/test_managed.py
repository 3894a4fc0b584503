"""The table of X-Ray's actions against botocore's operations; AWS's own policies against the table."""

from __future__ import annotations

import json

import pytest
from botocore.loaders import Loader

from radiograph.auth.actions import ACTIONS, OPERATIONS, SPANS, group_arn, rule_arn
from radiograph.auth.managed import MANAGED
from radiograph.auth.policy import MOST_MANAGED, Attached, ask, compile_policy, counted, evaluate, read_policy
from tests.auth.policy_cases import CALLERS, FACTS

MODEL = Loader().load_service_model("xray", "service-2")
ACCOUNT = "111122223333"
WRITES = {
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
}
# What reading does not include: encryption, and what only who links accounts or sends spans needs
UNREAD = {"xray:GetEncryptionConfig"}


def may(policy: str, action: str, resource: str = "*") -> bool:
    ready = compile_policy(read_policy(MANAGED[f"arn:aws:iam::aws:policy/{policy}"].document), policy, "aws-managed")
    return evaluate(ask(CALLERS["app"], action, resource, ACCOUNT, FACTS), Attached(identity=(ready,))).allowed


# Actions


def test_every_operation_has_its_actions() -> None:
    assert set(OPERATIONS) == set(MODEL["operations"])
    assert len(OPERATIONS) == 38
    for operation, actions in OPERATIONS.items():
        assert [action.name for action in actions] == [f"xray:{operation}"]


def test_five_actions_have_no_operation() -> None:
    of_operations = {action.name for actions in OPERATIONS.values() for action in actions}
    assert set(ACTIONS) - of_operations == {
        "xray:BatchGetTraceSummaryById",
        "xray:GetDistinctTraceGraphs",
        "xray:Link",
        "xray:PutSpans",
        "xray:PutSpansForIndexing",
    }
    assert [action.name for action in SPANS] == ["xray:PutSpans", "xray:PutSpansForIndexing"]


def test_only_groups_and_rules_are_resources() -> None:
    with_resources = {name for name, action in ACTIONS.items() if action.resources}
    assert with_resources == {
        "xray:ListTagsForResource",
        "xray:GetGroup",
        "xray:CreateGroup",
        "xray:UpdateGroup",
        "xray:DeleteGroup",
        "xray:CreateSamplingRule",
        "xray:UpdateSamplingRule",
        "xray:DeleteSamplingRule",
        "xray:TagResource",
        "xray:UntagResource",
    }


@pytest.mark.parametrize(
    ("name", "level", "keys"),
    [
        ("xray:CreateGroup", "Write", ("aws:RequestTag/${TagKey}", "aws:TagKeys")),
        ("xray:UntagResource", "Tagging", ("aws:TagKeys",)),
        ("xray:UpdateSamplingRule", "Write", ("aws:ResourceTag/${TagKey}",)),
        ("xray:PutResourcePolicy", "Write", ("xray:ResourcePolicyName",)),
        ("xray:UpdateTraceSegmentDestination", "Write", ("xray:TraceSegmentDestination",)),
        ("xray:PutTraceSegments", "Write", ("logs:LogGeneratingResourceArns",)),
        ("xray:PutEncryptionConfig", "Permissions management", ()),
        ("xray:BatchGetTraces", "List", ()),
    ],
)
def test_an_action_has_its_level_and_keys(name: str, level: str, keys: tuple[str, ...]) -> None:
    assert (ACTIONS[name].level, ACTIONS[name].keys) == (level, keys)


def test_groups_and_rules_have_arns() -> None:
    assert group_arn("us-east-1", ACCOUNT, "shop", "1") == "arn:aws:xray:us-east-1:111122223333:group/shop/1"
    assert group_arn("cn-north-1", ACCOUNT, "shop") == "arn:aws-cn:xray:cn-north-1:111122223333:group/shop/*"
    assert rule_arn("us-east-1", ACCOUNT, "base") == "arn:aws:xray:us-east-1:111122223333:sampling-rule/base"


# Managed policies


def test_there_are_five() -> None:
    assert sorted(policy.name for policy in MANAGED.values()) == [
        "AWSXRayDaemonWriteAccess",
        "AWSXrayCrossAccountSharingConfiguration",
        "AWSXrayFullAccess",
        "AWSXrayReadOnlyAccess",
        "AWSXrayWriteOnlyAccess",
    ]
    assert all(arn == policy.arn for arn, policy in MANAGED.items())


def test_each_is_a_policy_and_short_enough() -> None:
    for policy in MANAGED.values():
        assert read_policy(policy.document).version == "2012-10-17"
        assert counted(policy.document) <= MOST_MANAGED
        assert policy.description


def test_no_policy_names_an_action_that_there_is_not() -> None:
    for policy in MANAGED.values():
        for statement in json.loads(policy.document)["Statement"]:
            named = {action for action in statement["Action"] if action.startswith("xray:") and action != "xray:*"}
            assert named <= set(ACTIONS)


@pytest.mark.parametrize("policy", ["AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess"])
def test_who_writes_may_do_five_things(policy: str) -> None:
    assert {name for name in ACTIONS if may(policy, name)} == WRITES


def test_who_reads_reads_everything_but_encryption_and_changes_nothing() -> None:
    reads = {name for name, action in ACTIONS.items() if action.level in ("List", "Read")} - UNREAD
    assert {name for name in ACTIONS if may("AWSXrayReadOnlyAccess", name)} == reads
    assert may("AWSXrayReadOnlyAccess", "oam:ListSinks")
    assert may("AWSXrayReadOnlyAccess", "oam:ListAttachedLinks", "arn:aws:oam:us-east-1:1:sink/a")
    assert not may("AWSXrayReadOnlyAccess", "oam:ListAttachedLinks")


def test_who_has_everything_may_everything_of_x_ray() -> None:
    assert {name for name in ACTIONS if may("AWSXrayFullAccess", name)} == set(ACTIONS)
    assert may("AWSXrayFullAccess", "oam:ListSinks")
    assert may("AWSXrayFullAccess", "oam:ListAttachedLinks", "arn:aws:oam:us-east-1:1:sink/a")
    assert not may("AWSXrayFullAccess", "iam:CreateUser")


def test_who_shares_links_accounts() -> None:
    policy, link, sink = "AWSXrayCrossAccountSharingConfiguration", "link/a", "sink/a"
    assert {name for name in ACTIONS if may(policy, name)} == {"xray:Link"}
    allowed = {
        (action, resource)
        for action in ("CreateLink", "UpdateLink", "DeleteLink", "GetLink", "TagResource", "ListLinks", "DeleteSink")
        for resource in (link, sink)
        if may(policy, f"oam:{action}", f"arn:aws:oam:us-east-1:1:{resource}")
    }
    assert allowed == {
        *((action, resource) for action in ("CreateLink", "UpdateLink", "ListLinks") for resource in (link, sink)),
        *((action, link) for action in ("DeleteLink", "GetLink", "TagResource")),
    }
