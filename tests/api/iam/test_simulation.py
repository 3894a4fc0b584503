"""SimulatePrincipalPolicy, SimulateCustomPolicy and the keys to tell them, through boto3 as it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Made
from .endpoint import ACCOUNT, ADMINISTRATOR, OTHER, allow, refused, trust

ARN = f"arn:aws:iam::{ACCOUNT}"
GROUP = f"arn:aws:xray:eu-west-1:{ACCOUNT}:group/"


def decisions(told: Any) -> list[tuple[str, str, str]]:
    return [(one["EvalActionName"], one["EvalResourceName"], one["EvalDecision"]) for one in told["EvaluationResults"]]


def test_a_user_is_simulated_with_its_own_policies_and_those_of_its_groups(iam: Any, user: Made) -> None:
    user("u", allow("xray:Get*", resource=f"{GROUP}a/*"))
    iam.create_group(GroupName="g")
    iam.put_group_policy(GroupName="g", PolicyName="no", PolicyDocument=allow("xray:GetGroups", effect="Deny"))
    iam.add_user_to_group(GroupName="g", UserName="u")
    told = iam.simulate_principal_policy(
        PolicySourceArn=f"{ARN}:user/u",
        ActionNames=["xray:GetGroup", "xray:GetGroups"],
        ResourceArns=[f"{GROUP}a/1", f"{GROUP}b/1"],
    )
    assert decisions(told) == [
        ("xray:GetGroup", f"{GROUP}a/1", "allowed"),
        ("xray:GetGroup", f"{GROUP}b/1", "implicitDeny"),
        ("xray:GetGroups", f"{GROUP}a/1", "explicitDeny"),
        ("xray:GetGroups", f"{GROUP}b/1", "explicitDeny"),
    ]
    (statement,) = told["EvaluationResults"][0]["MatchedStatements"]
    assert (statement["SourcePolicyId"], statement["SourcePolicyType"]) == ("user_u_given", "user")
    document = allow("xray:Get*", resource=f"{GROUP}a/*")
    assert statement["StartPosition"] == {"Line": 1, "Column": document.index("[{") + 2}
    assert statement["EndPosition"] == {"Line": 1, "Column": document.rindex("}]") + 2}
    (denying,) = told["EvaluationResults"][2]["MatchedStatements"]
    assert denying["SourcePolicyId"] == "group_g_no"


def test_what_a_policy_asks_for_and_is_not_told_is_missing(iam: Any, user: Made) -> None:
    condition = {"StringEquals": {"aws:RequestTag/team": "red"}, "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    user("u", allow("xray:CreateGroup", Condition=condition))
    asked = {"PolicySourceArn": f"{ARN}:user/u", "ActionNames": ["xray:CreateGroup"]}
    (result,) = iam.simulate_principal_policy(**asked)["EvaluationResults"]
    assert result["EvalDecision"] == "implicitDeny"
    assert result["MissingContextValues"] == ["aws:RequestTag/team", "aws:SourceIp"]
    entries = [
        {"ContextKeyName": "aws:requesttag/TEAM", "ContextKeyValues": ["red"], "ContextKeyType": "string"},
        {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["10.1.2.3"], "ContextKeyType": "ip"},
    ]
    (result,) = iam.simulate_principal_policy(**asked, ContextEntries=entries)["EvaluationResults"]
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("allowed", [])
    entries[0]["ContextKeyValues"] = ["red", "blue"]
    assert refused(iam.simulate_principal_policy, **asked, ContextEntries=entries)[0] == "InvalidInput"
    told = iam.get_context_keys_for_principal_policy(PolicySourceArn=f"{ARN}:user/u")
    assert told["ContextKeyNames"] == ["aws:RequestTag/team", "aws:SourceIp"]


def test_variables_have_the_simulated_users_values(iam: Any, user: Made) -> None:
    user("u", allow("xray:GetGroup", resource=f"{GROUP}${{aws:username}}/*"))
    asked = {"PolicySourceArn": f"{ARN}:user/u", "ActionNames": ["xray:GetGroup"]}
    told = iam.simulate_principal_policy(**asked, ResourceArns=[f"{GROUP}u/1", f"{GROUP}v/1"])
    assert [one["EvalDecision"] for one in told["EvaluationResults"]] == ["allowed", "implicitDeny"]


def test_a_role_and_a_group_are_simulated_too(iam: Any) -> None:
    iam.create_role(RoleName="r", Path="/a/", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    iam.attach_role_policy(RoleName="r", PolicyArn=ADMINISTRATOR)
    iam.create_group(GroupName="g")
    for arn, decision in ((f"{ARN}:role/a/r", "allowed"), (f"{ARN}:group/g", "implicitDeny")):
        told = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["xray:GetGroups"])
        assert decisions(told) == [("xray:GetGroups", "*", decision)]
    for arn in (f"{ARN}:user/none", f"{ARN}:role/r"):
        code, _ = refused(iam.simulate_principal_policy, PolicySourceArn=arn, ActionNames=["xray:GetGroups"])
        assert code == "NoSuchEntity"
    arn = f"arn:aws:iam::{OTHER}:user/u"
    assert refused(iam.simulate_principal_policy, PolicySourceArn=arn, ActionNames=["xray:A"])[0] == "InvalidInput"


def test_further_policies_count_and_others_are_left_out(iam: Any, user: Made) -> None:
    user("u", allow("xray:GetGroups"))
    iam.attach_user_policy(UserName="u", PolicyArn=ADMINISTRATOR)
    asked = {"PolicySourceArn": f"{ARN}:user/u", "ActionNames": ["xray:GetGroups", "xray:PutEncryptionConfig"]}
    without = [
        {"PolicyType": "aws-managed", "PolicyArn": ADMINISTRATOR},
        {
            "PolicyType": "inline",
            "InlinePolicyIdentifier": {"PolicyName": "given", "AttachmentType": "user", "AttachmentName": "u"},
        },
    ]
    told = iam.simulate_principal_policy(**asked, PolicyExclusionList=without[:1])
    assert [one["EvalDecision"] for one in told["EvaluationResults"]] == ["allowed", "implicitDeny"]
    told = iam.simulate_principal_policy(**asked, PolicyExclusionList=without)
    assert [one["EvalDecision"] for one in told["EvaluationResults"]] == ["implicitDeny", "implicitDeny"]
    told = iam.simulate_principal_policy(**asked, PolicyInputList=[allow("xray:Put*", effect="Deny")])
    assert [one["EvalDecision"] for one in told["EvaluationResults"]] == ["allowed", "explicitDeny"]
    (statement,) = told["EvaluationResults"][1]["MatchedStatements"]
    assert statement["SourcePolicyId"] == "PolicyInputList.1"


def test_a_boundary_is_told_apart(iam: Any, user: Made) -> None:
    bound = iam.create_policy(PolicyName="b", PolicyDocument=allow("xray:Get*"))["Policy"]["Arn"]
    user("u", allow("xray:*"), PermissionsBoundary=bound)
    asked = {"PolicySourceArn": f"{ARN}:user/u", "ActionNames": ["xray:GetGroup", "xray:PutTraceSegments"]}
    told = iam.simulate_principal_policy(**asked)["EvaluationResults"]
    assert [one["EvalDecision"] for one in told] == ["allowed", "implicitDeny"]
    bounds = [one["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] for one in told]
    assert bounds == [True, False]
    other = iam.simulate_principal_policy(**asked, PermissionsBoundaryPolicyInputList=[allow("xray:Put*")])
    assert [one["EvalDecision"] for one in other["EvaluationResults"]] == ["implicitDeny", "allowed"]
    two = [allow("xray:*"), allow("xray:*")]
    assert refused(iam.simulate_principal_policy, **asked, PermissionsBoundaryPolicyInputList=two)[0] == "InvalidInput"


def test_policies_are_simulated_by_themselves(iam: Any) -> None:
    told = iam.simulate_custom_policy(
        PolicyInputList=[allow("xray:Get*"), allow("xray:GetGroups", effect="Deny")],
        ActionNames=["xray:GetGroup", "xray:GetGroups", "xray:PutTraceSegments"],
    )
    assert [one["EvalDecision"] for one in told["EvaluationResults"]] == ["allowed", "explicitDeny", "implicitDeny"]
    (statement,) = told["EvaluationResults"][1]["MatchedStatements"]
    assert (statement["SourcePolicyId"], statement["SourcePolicyType"]) == ("PolicyInputList.2", "none")


def test_a_resources_policy_lets_another_account_in_only_with_that_ones_leave(iam: Any) -> None:
    caller = f"arn:aws:iam::{OTHER}:user/u"
    statement = {"Effect": "Allow", "Principal": {"AWS": caller}, "Action": "xray:Put*", "Resource": "*"}
    resource_policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    asked = {"ActionNames": ["xray:PutTraceSegments"], "CallerArn": caller, "ResourcePolicy": resource_policy}
    asked |= {"ResourceOwner": f"{ARN}:root"}
    (alone,) = iam.simulate_custom_policy(PolicyInputList=[allow("s3:*")], **asked)["EvaluationResults"]
    assert alone["EvalDecision"] == "implicitDeny"
    assert alone["EvalDecisionDetails"] == {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"}
    (both,) = iam.simulate_custom_policy(PolicyInputList=[allow("xray:*")], **asked)["EvaluationResults"]
    assert both["EvalDecision"] == "allowed"


def test_results_come_in_pages(iam: Any) -> None:
    actions = [f"xray:Action{number}" for number in range(5)]
    pages = iam.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[allow("xray:*")], ActionNames=actions, PaginationConfig={"PageSize": 2}
    )
    told = [[one["EvalActionName"] for one in page["EvaluationResults"]] for page in pages]
    assert told == [actions[:2], actions[2:4], actions[4:]]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"PolicyInputList": ["{"]}, "MalformedPolicyDocument"),
        ({"ActionNames": ["nothing"]}, "InvalidInput"),
        ({"CallerArn": f"{ARN}:role/r"}, "InvalidInput"),
        ({"ResourceOwner": "nobody"}, "InvalidInput"),
        ({"ResourcePolicy": allow("xray:*")}, "MalformedPolicyDocument"),
        ({"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": ["{}"]}]}, "InvalidInput"),
    ],
)
def test_what_cannot_be_simulated_is_refused(iam: Any, members: dict[str, Any], code: str) -> None:
    asked = {"PolicyInputList": [allow("xray:*")], "ActionNames": ["xray:GetGroups"]} | members
    assert refused(iam.simulate_custom_policy, **asked)[0] == code


def test_the_keys_in_policies_are_told(iam: Any) -> None:
    one = allow("xray:*", Condition={"Bool": {"aws:SecureTransport": "true"}})
    other = allow("xray:GetGroup", resource=f"{GROUP}${{aws:username}}/*")
    told = iam.get_context_keys_for_custom_policy(PolicyInputList=[one, other])
    assert told["ContextKeyNames"] == ["aws:SecureTransport", "aws:username"]
