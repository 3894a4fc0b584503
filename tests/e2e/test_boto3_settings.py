"""Everything an operator sets, through boto3 as it is, on a server of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import RunningServer, eventually
from tests.e2e.conftest import client

DAY = 86_400
RULE = {
    "RuleName": "checkout",
    "ResourceARN": "*",
    "Priority": 100,
    "FixedRate": 0.1,
    "ReservoirSize": 5,
    "ServiceName": "*",
    "ServiceType": "*",
    "Host": "*",
    "HTTPMethod": "*",
    "URLPath": "/checkout/*",
    "Version": 1,
}
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules"],
            "Resource": "*",
        }
    ],
}
INSIGHT = "12345678-abcd-4ef0-8123-123456789abc"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    server = RunningServer(tmp_path_factory.mktemp("settings") / "data")
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def xray(running: RunningServer) -> Any:
    return client(running.url)


def pages(xray: Any, operation: str, listed: str, **members: Any) -> list[Any]:
    found = xray.get_paginator(operation).paginate(**members)
    return [one for page in found for one in page[listed]]


# Sampling rules


def test_a_rule_lives_from_its_making_to_its_end(xray: Any) -> None:
    tags = [{"Key": "stage", "Value": "prod"}]
    record = xray.create_sampling_rule(SamplingRule=RULE, Tags=tags)["SamplingRuleRecord"]
    arn = record["SamplingRule"]["RuleARN"]
    assert record["SamplingRule"] == RULE | {"RuleARN": arn, "Attributes": {}}
    assert record["CreatedAt"] == record["ModifiedAt"]
    assert abs(record["CreatedAt"].timestamp() - time.time()) < 60
    changed = xray.update_sampling_rule(SamplingRuleUpdate={"RuleARN": arn, "FixedRate": 1.0, "Attributes": {"a": "b"}})
    assert changed["SamplingRuleRecord"]["SamplingRule"]["FixedRate"] == 1.0
    assert changed["SamplingRuleRecord"]["ModifiedAt"] > record["ModifiedAt"]
    listed = pages(xray, "get_sampling_rules", "SamplingRuleRecords")
    assert [one["SamplingRule"]["RuleName"] for one in listed] == ["checkout", "Default"]
    assert listed[0] == changed["SamplingRuleRecord"]
    deleted = xray.delete_sampling_rule(RuleName="checkout")
    assert deleted["SamplingRuleRecord"] == changed["SamplingRuleRecord"]
    assert len(pages(xray, "get_sampling_rules", "SamplingRuleRecords")) == 1


def test_the_twenty_sixth_rule_is_one_too_many(xray: Any) -> None:
    names = [f"rule-{n}" for n in range(25)]
    for name in names:
        xray.create_sampling_rule(SamplingRule=RULE | {"RuleName": name})
    with pytest.raises(xray.exceptions.RuleLimitExceededException) as refused:
        xray.create_sampling_rule(SamplingRule=RULE)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert len(pages(xray, "get_sampling_rules", "SamplingRuleRecords")) == 26
    for name in names:
        xray.delete_sampling_rule(RuleName=name)


@pytest.mark.parametrize("members", [{"Priority": 10_000}, {"FixedRate": 1.5}, {"Version": 2}, {"RuleName": "Default"}])
def test_a_rule_that_cannot_be_is_an_invalid_request(xray: Any, members: dict[str, Any]) -> None:
    with pytest.raises(xray.exceptions.InvalidRequestException) as refused:
        xray.create_sampling_rule(SamplingRule=RULE | members)
    assert next(iter(members)) in refused.value.response["Error"]["Message"]


def test_the_default_rule_stays(xray: Any) -> None:
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.delete_sampling_rule(RuleName="Default")
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "Priority": 1})
    update = {"RuleName": "Default", "ReservoirSize": 2}
    assert (
        xray.update_sampling_rule(SamplingRuleUpdate=update)["SamplingRuleRecord"]["SamplingRule"]["Priority"] == 10_000
    )


def test_what_clients_report_is_summed(xray: Any) -> None:
    now = time.time() // 10 * 10
    counts = {"RequestCount": 10, "SampledCount": 2, "BorrowCount": 1}
    for client_id in ("A" * 24, "B" * 24):
        report = {"RuleName": "Default", "ClientID": client_id, "Timestamp": now, **counts}
        xray.get_sampling_targets(SamplingStatisticsDocuments=[report])
    (summary,) = pages(xray, "get_sampling_statistic_summaries", "SamplingStatisticSummaries")
    assert summary.pop("Timestamp").timestamp() == now
    assert summary == {"RuleName": "Default", "RequestCount": 20, "SampledCount": 4, "BorrowCount": 2}


# Groups


def test_a_group_lives_from_its_making_to_its_end(xray: Any) -> None:
    on = {"InsightsEnabled": True, "NotificationsEnabled": True}
    group = xray.create_group(GroupName="slow", FilterExpression="responsetime > 2", InsightsConfiguration=on)["Group"]
    assert group["GroupName"] == "slow"
    assert group["InsightsConfiguration"] == on
    assert ":group/slow/" in group["GroupARN"]
    assert xray.get_group(GroupARN=group["GroupARN"])["Group"] == group
    off = {"InsightsEnabled": False}
    changed = xray.update_group(GroupName="slow", FilterExpression="fault", InsightsConfiguration=off)["Group"]
    assert changed["FilterExpression"] == "fault"
    assert [one["GroupName"] for one in pages(xray, "get_groups", "Groups")] == ["Default", "slow"]
    assert changed in pages(xray, "get_groups", "Groups")
    xray.delete_group(GroupName="slow")
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.get_group(GroupName="slow")


@pytest.mark.parametrize(
    "members",
    [
        {"GroupName": "x" * 40},
        {"GroupName": "Default"},
        {"GroupName": "bad", "FilterExpression": "foo >"},
        {"GroupName": "bad", "InsightsConfiguration": {"NotificationsEnabled": True}},
        {"GroupName": "bad", "Tags": [{"Key": "aws:x", "Value": ""}]},
    ],
)
def test_a_group_that_cannot_be_is_an_invalid_request(xray: Any, members: dict[str, Any]) -> None:
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.create_group(**members)
    assert len(pages(xray, "get_groups", "Groups")) == 1


def test_the_default_group_stays(xray: Any) -> None:
    with pytest.raises(xray.exceptions.InvalidRequestException):
        xray.delete_group(GroupName="Default")


# Insights


def test_there_are_no_insights_yet(xray: Any) -> None:
    window = {"StartTime": time.time() - DAY, "EndTime": time.time()}
    assert xray.get_insight_summaries(GroupName="Default", **window)["InsightSummaries"] == []
    asked = (
        lambda: xray.get_insight(InsightId=INSIGHT),
        lambda: xray.get_insight_events(InsightId=INSIGHT),
        lambda: xray.get_insight_impact_graph(InsightId=INSIGHT, StartTime=time.time() - 60, EndTime=time.time()),
        lambda: xray.get_insight_summaries(GroupName="none", **window),
        lambda: xray.get_insight_summaries(GroupName="Default", StartTime=time.time() - 31 * DAY, EndTime=time.time()),
    )
    for ask in asked:
        with pytest.raises(xray.exceptions.InvalidRequestException):
            ask()


# Settings


def test_the_destination_of_segments_is_chosen_and_settles(xray: Any) -> None:
    first = xray.get_trace_segment_destination()
    assert (first["Destination"], first["Status"]) == ("XRay", "ACTIVE")
    config = {"SpansLogGroupKmsKeyId": "alias/mine"}
    chosen = xray.update_trace_segment_destination(Destination="CloudWatchLogs", CloudWatchLogsConfiguration=config)
    assert (chosen["Destination"], chosen["Status"]) == ("CloudWatchLogs", "PENDING")
    eventually(lambda: xray.get_trace_segment_destination()["Status"] == "ACTIVE")
    assert xray.update_trace_segment_destination(Destination="XRay")["Status"] == "PENDING"


def test_the_indexing_rule_is_changed(xray: Any) -> None:
    (rule,) = xray.get_indexing_rules()["IndexingRules"]
    assert rule["Rule"]["Probabilistic"]["DesiredSamplingPercentage"] == 1.0
    update = {"Probabilistic": {"DesiredSamplingPercentage": 25.5}}
    changed = xray.update_indexing_rule(Name="Default", Rule=update)["IndexingRule"]
    assert xray.get_indexing_rules()["IndexingRules"] == [changed]
    assert changed["Rule"]["Probabilistic"]["DesiredSamplingPercentage"] == 25.5
    with pytest.raises(xray.exceptions.ResourceNotFoundException) as refused:
        xray.update_indexing_rule(Name="mine", Rule=update)
    assert refused.value.response["ResourceName"] == "mine"


# Resource policies


def test_policies_are_kept_by_revision(xray: Any) -> None:
    text = json.dumps(POLICY)
    made = xray.put_resource_policy(PolicyName="sns", PolicyDocument=text, PolicyRevisionId="0")["ResourcePolicy"]
    assert (made["PolicyDocument"], made["PolicyRevisionId"]) == (text, "1")
    with pytest.raises(xray.exceptions.InvalidPolicyRevisionIdException):
        xray.put_resource_policy(PolicyName="sns", PolicyDocument=text, PolicyRevisionId="0")
    xray.put_resource_policy(PolicyName="sns", PolicyDocument=text)
    (listed,) = pages(xray, "list_resource_policies", "ResourcePolicies")
    assert listed["PolicyRevisionId"] == "2"
    with pytest.raises(xray.exceptions.InvalidPolicyRevisionIdException):
        xray.delete_resource_policy(PolicyName="sns", PolicyRevisionId="1")
    xray.delete_resource_policy(PolicyName="sns", PolicyRevisionId="2")
    assert pages(xray, "list_resource_policies", "ResourcePolicies") == []


def test_a_policy_that_cannot_be_says_why_in_its_own_exception(xray: Any) -> None:
    def put(text: str, name: str = "bad", **members: Any) -> None:
        xray.put_resource_policy(PolicyName=name, PolicyDocument=text, **members)

    with pytest.raises(xray.exceptions.MalformedPolicyDocumentException):
        put("{}")
    with pytest.raises(xray.exceptions.PolicySizeLimitExceededException):
        put(json.dumps(POLICY) + " " * 5120)
    deny = {"Effect": "Deny", "Principal": "*", "Action": "xray:PutResourcePolicy", "Resource": "*"}
    with pytest.raises(xray.exceptions.LockoutPreventionException):
        put(json.dumps({"Statement": [deny]}))
    put(json.dumps({"Statement": [deny]}), BypassPolicyLockoutCheck=True)
    for n in range(4):
        put(json.dumps(POLICY), f"policy-{n}")
    with pytest.raises(xray.exceptions.PolicyCountLimitExceededException):
        put(json.dumps(POLICY), "one-more")


# Tags


def test_tags_are_put_listed_and_taken_away(xray: Any) -> None:
    (group,) = (one for one in pages(xray, "get_groups", "Groups") if one["GroupName"] == "Default")
    arn = group["GroupARN"]
    xray.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "shop"}, {"Key": "stage", "Value": ""}])
    xray.untag_resource(ResourceARN=arn, TagKeys=["stage"])
    assert pages(xray, "list_tags_for_resource", "Tags", ResourceARN=arn) == [{"Key": "team", "Value": "shop"}]
    with pytest.raises(xray.exceptions.TooManyTagsException) as refused:
        xray.tag_resource(ResourceARN=arn, Tags=[{"Key": f"k{n}", "Value": ""} for n in range(50)])
    assert refused.value.response["ResourceName"] == arn
    nowhere = arn.replace("Default", "none")
    for ask in (
        lambda: xray.tag_resource(ResourceARN=nowhere, Tags=[]),
        lambda: xray.untag_resource(ResourceARN=nowhere, TagKeys=[]),
        lambda: xray.list_tags_for_resource(ResourceARN=nowhere),
    ):
        with pytest.raises(xray.exceptions.ResourceNotFoundException) as refused:
            ask()
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
        assert refused.value.response["ResourceName"] == nowhere


# Restarts


def test_what_was_set_is_there_after_a_restart(start_server: Any) -> None:
    first = start_server()
    xray = client(first.url)
    arn = xray.create_group(GroupName="kept", Tags=[{"Key": "a", "Value": "b"}])["Group"]["GroupARN"]
    xray.create_sampling_rule(SamplingRule=RULE)
    xray.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 0.5})
    xray.put_resource_policy(PolicyName="sns", PolicyDocument=json.dumps(POLICY))
    assert first.stop() == 0
    xray = client(start_server().url)
    assert xray.get_group(GroupName="kept")["Group"]["GroupARN"] == arn
    assert xray.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "a", "Value": "b"}]
    rates = [one["SamplingRule"]["FixedRate"] for one in xray.get_sampling_rules()["SamplingRuleRecords"]]
    assert rates == [0.1, 0.5]
    assert len(xray.list_resource_policies()["ResourcePolicies"]) == 1
