"""Sampling rules: made, changed, listed, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.desk import ACCOUNT, NOW, REGION, Desk

INVALID = "InvalidRequestException"
ARN = f"arn:aws:xray:{REGION}:{ACCOUNT}:sampling-rule/"
RULE = {
    "RuleName": "base",
    "ResourceARN": "*",
    "Priority": 100,
    "FixedRate": 0.1,
    "ReservoirSize": 5,
    "ServiceName": "*",
    "ServiceType": "*",
    "Host": "*.example.com",
    "HTTPMethod": "GET",
    "URLPath": "/api/*",
    "Version": 1,
}
BOOST = {"MaxRate": 0.5, "CooldownWindowMinutes": 10}


def made(desk: Desk, **members: Any) -> Any:
    return desk.ask("/CreateSamplingRule", SamplingRule=RULE | members)["SamplingRuleRecord"]


def updated(desk: Desk, **members: Any) -> Any:
    return desk.ask("/UpdateSamplingRule", SamplingRuleUpdate={"RuleName": "base"} | members)["SamplingRuleRecord"]


def rules(desk: Desk) -> list[Any]:
    return [one["SamplingRule"] for one in desk.ask("/GetSamplingRules")["SamplingRuleRecords"]]


def names(desk: Desk) -> list[str]:
    return [rule["RuleName"] for rule in rules(desk)]


def report(rule: str = "base", **members: Any) -> dict[str, Any]:
    counts = {"RequestCount": 110, "SampledCount": 20, "BorrowCount": 10}
    return {"RuleName": rule, "ClientID": "ABCDEF1234567890ABCDEF10", "Timestamp": NOW, **counts, **members}


def targets(desk: Desk, *reports: Any, boosts: Any = None) -> Any:
    return desk.ask("/SamplingTargets", SamplingStatisticsDocuments=reports, SamplingBoostStatisticsDocuments=boosts)


# Made


def test_a_rule_is_told_as_it_was_made(desk: Desk) -> None:
    expected = {**RULE, "RuleARN": ARN + "base", "Attributes": {}}
    assert made(desk) == {"SamplingRule": expected, "CreatedAt": NOW, "ModifiedAt": NOW}
    assert rules(desk)[0] == expected


def test_attributes_and_boost_are_kept(desk: Desk) -> None:
    members = {"Attributes": {"tier": "gold"}, "SamplingRateBoost": BOOST}
    made(desk, **members)
    assert {name: rules(desk)[0][name] for name in members} == members


def test_a_rule_may_be_named_by_its_arn_instead(desk: Desk) -> None:
    rule = {**RULE, "RuleName": None, "RuleARN": ARN + "by-arn", "Attributes": None}
    record = desk.ask("/CreateSamplingRule", SamplingRule=rule)["SamplingRuleRecord"]
    assert record["SamplingRule"]["RuleName"] == "by-arn"


@pytest.mark.parametrize(
    "members",
    [
        {"RuleName": None},
        {"RuleARN": ARN + "base"},
        {"RuleName": None, "RuleARN": "base"},
        {"RuleName": None, "RuleARN": ARN},
        {"RuleName": None, "RuleARN": ARN + "x" * 33},
        {"RuleName": None, "RuleARN": ARN.replace(REGION, "us-west-1") + "base"},
        {"RuleName": ""},
        {"RuleName": "x" * 33},
        {"RuleName": " x"},
        {"RuleName": "x\ty"},
        {"RuleName": "Default"},
        {"RuleName": "default"},
        {"Priority": 0},
        {"Priority": 10_000},
        {"FixedRate": -0.1},
        {"FixedRate": 1.1},
        {"ReservoirSize": -1},
        {"ServiceName": "x" * 65},
        {"ServiceType": "x" * 65},
        {"Host": "x" * 65},
        {"HTTPMethod": "x" * 11},
        {"URLPath": "x" * 129},
        {"ResourceARN": "x" * 501},
        {"Version": 0},
        {"Version": 2},
        {"Attributes": {f"a{n}": "1" for n in range(6)}},
        {"Attributes": {"": "1"}},
        {"Attributes": {"a": ""}},
        {"Attributes": {"a": "x" * 33}},
        {"SamplingRateBoost": {"MaxRate": 1.1, "CooldownWindowMinutes": 1}},
        {"SamplingRateBoost": {"MaxRate": 1, "CooldownWindowMinutes": -1}},
        {"SamplingRateBoost": {"MaxRate": 1}},
        {"Host": None},
    ],
)
def test_a_rule_that_cannot_be_is_refused(desk: Desk, members: dict[str, Any]) -> None:
    assert desk.refused("/CreateSamplingRule", SamplingRule=RULE | members)[0] == INVALID
    assert names(desk) == ["Default"]


@pytest.mark.parametrize(
    "members",
    [
        {"Priority": 1, "FixedRate": 0, "ReservoirSize": 0},
        {"Priority": 9999, "FixedRate": 1, "ReservoirSize": 2**31 - 1},
        {"RuleName": "x" * 32, "Host": "x" * 64, "URLPath": "x" * 128, "HTTPMethod": "x" * 10},
        {"ServiceName": "", "Host": ""},
        {"RuleName": "with spaces/and: marks"},
        {"Attributes": {f"a{n}": "1" for n in range(5)}},
    ],
)
def test_a_rule_at_its_limits_is_taken(desk: Desk, members: dict[str, Any]) -> None:
    made(desk, **members)
    assert len(rules(desk)) == 2


def test_names_are_unique(desk: Desk) -> None:
    made(desk)
    assert desk.refused("/CreateSamplingRule", SamplingRule=RULE | {"Host": "*"})[0] == INVALID
    assert rules(desk)[0]["Host"] == "*.example.com"


def test_there_is_room_for_twenty_five_beside_the_default_one_and_all_come_on_one_page(desk: Desk) -> None:
    for n in range(25):
        made(desk, RuleName=f"rule-{n}", Priority=100 - n)
    code, message = desk.refused("/CreateSamplingRule", SamplingRule=RULE)
    assert code == "RuleLimitExceededException"
    assert "25" in message
    assert names(desk) == [f"rule-{n}" for n in reversed(range(25))] + ["Default"]
    assert "NextToken" not in desk.ask("/GetSamplingRules")
    assert desk.refused("/GetSamplingRules", NextToken="nonsense")[0] == INVALID


def test_rules_come_by_priority_then_by_name(desk: Desk) -> None:
    for name, priority in (("b", 2), ("a", 2), ("c", 1)):
        made(desk, RuleName=name, Priority=priority)
    assert names(desk) == ["c", "a", "b", "Default"]


def test_a_rule_may_be_made_with_tags_and_takes_them_along(desk: Desk) -> None:
    tags = [{"Key": "stage", "Value": "prod"}]
    desk.ask("/CreateSamplingRule", SamplingRule=RULE, Tags=tags)
    assert desk.ask("/ListTagsForResource", ResourceARN=ARN + "base")["Tags"] == tags
    desk.ask("/DeleteSamplingRule", RuleName="base")
    assert desk.refused("/ListTagsForResource", ResourceARN=ARN + "base")[0] == "ResourceNotFoundException"
    made(desk)
    assert desk.ask("/ListTagsForResource", ResourceARN=ARN + "base")["Tags"] == []
    assert desk.refused("/CreateSamplingRule", SamplingRule=RULE, Tags=[{"Key": "aws:x", "Value": ""}])[0] == INVALID


# Changed


def test_what_an_update_does_not_say_stays(desk: Desk) -> None:
    before = made(desk, Attributes={"a": "1"})
    desk.passes(60)
    after = updated(desk, FixedRate=0, Host="*")
    assert after["SamplingRule"] == {**before["SamplingRule"], "FixedRate": 0.0, "Host": "*"}
    assert (after["CreatedAt"], after["ModifiedAt"]) == (NOW, NOW + 60)
    assert updated(desk, Attributes={})["SamplingRule"]["Attributes"] == {}
    by_arn = {"RuleARN": ARN + "base", "Priority": 7}
    answer = desk.ask("/UpdateSamplingRule", SamplingRuleUpdate=by_arn)["SamplingRuleRecord"]["SamplingRule"]
    assert answer == rules(desk)[0] == {**RULE, **by_arn, "FixedRate": 0.0, "Host": "*", "Attributes": {}}


@pytest.mark.parametrize(
    "members",
    [
        {"Priority": 0},
        {"Priority": 10_000},
        {"FixedRate": 1.5},
        {"FixedRate": -1},
        {"ReservoirSize": -1},
        {"Host": "x" * 65},
        {"Attributes": {"": ""}},
        {"RuleName": "none"},
        {"RuleName": None},
        {"RuleARN": ARN + "base"},
        {"RuleName": None, "RuleARN": ARN + "none"},
        {"RuleName": None, "RuleARN": "base"},
    ],
)
def test_a_change_that_cannot_be_is_refused(desk: Desk, members: dict[str, Any]) -> None:
    before = made(desk)["SamplingRule"]
    update = {"RuleName": "base", "URLPath": "/"} | members
    assert desk.refused("/UpdateSamplingRule", SamplingRuleUpdate=update)[0] == INVALID
    assert rules(desk)[0] == before


def test_of_the_default_rule_rate_and_reservoir_can_be_changed_and_nothing_else(desk: Desk) -> None:
    desk.passes(5)
    record = updated(desk, RuleName="Default", FixedRate=0.5, ReservoirSize=10)
    assert (record["CreatedAt"], record["ModifiedAt"]) == (0.0, NOW + 5)
    rule = record["SamplingRule"]
    assert (rule["FixedRate"], rule["ReservoirSize"], rule["Priority"]) == (0.5, 10, 10_000)
    for members in ({"Priority": 1}, {"Host": "*"}, {"Attributes": {}}, {"SamplingRateBoost": BOOST}):
        update = {"RuleName": "Default", "FixedRate": 0.1, **members}
        assert desk.refused("/UpdateSamplingRule", SamplingRuleUpdate=update)[0] == INVALID
    assert rules(desk) == [rule]


def test_a_rule_that_is_deleted_is_told_once_more(desk: Desk) -> None:
    record = made(desk)
    assert desk.ask("/DeleteSamplingRule", RuleARN=ARN + "base") == {"SamplingRuleRecord": record}
    assert names(desk) == ["Default"]
    assert desk.refused("/DeleteSamplingRule", RuleName="base")[0] == INVALID


@pytest.mark.parametrize(
    "which",
    [
        {},
        {"RuleName": "base", "RuleARN": ARN + "base"},
        {"RuleName": "Default"},
        {"RuleARN": ARN + "Default"},
        {"RuleName": ""},
        {"RuleARN": ARN.replace(ACCOUNT, "000000000000") + "base"},
    ],
)
def test_only_another_rule_than_default_can_be_deleted_and_only_by_name_or_arn(desk: Desk, which: Any) -> None:
    made(desk)
    assert desk.refused("/DeleteSamplingRule", **which)[0] == INVALID
    assert names(desk) == ["base", "Default"]


def test_clients_are_told_when_a_rule_last_was_made_changed_or_deleted(desk: Desk) -> None:
    def changed() -> float:
        return targets(desk)["LastRuleModification"]

    assert changed() == 0.0
    made(desk)
    assert changed() == NOW
    desk.passes(1.5)
    updated(desk, FixedRate=1)
    # Rounded up: SDKs compare whole seconds, and may have got the rules earlier in this one.
    assert changed() == NOW + 2
    desk.passes(1)
    desk.ask("/DeleteSamplingRule", RuleName="base")
    assert changed() == NOW + 3
