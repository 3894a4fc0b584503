"""Groups: made, changed, listed, deleted; what is refused, and why."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api.desk import ACCOUNT, REGION, Desk

INVALID = "InvalidRequestException"
OFF = {"InsightsEnabled": False, "NotificationsEnabled": False}
DEFAULT = {
    "GroupName": "Default",
    "GroupARN": f"arn:aws:xray:{REGION}:{ACCOUNT}:group/Default",
    "InsightsConfiguration": OFF,
}


def made(desk: Desk, name: str = "slow", **members: Any) -> Any:
    return desk.ask("/CreateGroup", GroupName=name, **members)["Group"]


def names(desk: Desk) -> list[str]:
    return [one["GroupName"] for one in desk.ask("/Groups")["Groups"]]


def test_a_group_is_told_as_it_was_made(desk: Desk) -> None:
    group = made(desk, FilterExpression="responsetime > 2", InsightsConfiguration={"InsightsEnabled": True})
    assert group == {
        "GroupName": "slow",
        "GroupARN": group["GroupARN"],
        "FilterExpression": "responsetime > 2",
        "InsightsConfiguration": {"InsightsEnabled": True, "NotificationsEnabled": False},
    }
    assert desk.ask("/GetGroup", GroupName="slow")["Group"] == group
    assert desk.ask("/GetGroup", GroupARN=group["GroupARN"])["Group"] == group
    assert desk.ask("/GetGroup", GroupName="slow", GroupARN=group["GroupARN"])["Group"] == group


def test_an_arn_has_the_name_and_an_id_that_no_other_group_had(desk: Desk) -> None:
    first = made(desk)["GroupARN"]
    assert re.fullmatch(rf"arn:aws:xray:{REGION}:{ACCOUNT}:group/slow/[A-Z2-7]{{52}}", first)
    desk.ask("/DeleteGroup", GroupARN=first)
    assert made(desk)["GroupARN"] != first
    assert desk.refused("/GetGroup", GroupARN=first)[0] == INVALID


def test_the_default_group_is_there_from_the_start_and_has_no_expression(desk: Desk) -> None:
    assert desk.ask("/Groups") == {"Groups": [DEFAULT]}
    assert desk.ask("/GetGroup", GroupName="Default")["Group"] == DEFAULT


def test_of_the_default_group_insights_can_be_changed_and_nothing_else(desk: Desk) -> None:
    assert desk.refused("/UpdateGroup", GroupName="Default", FilterExpression="fault")[0] == INVALID
    assert desk.refused("/DeleteGroup", GroupName="Default")[0] == INVALID
    assert desk.refused("/DeleteGroup", GroupARN=DEFAULT["GroupARN"])[0] == INVALID
    both = {"InsightsEnabled": True, "NotificationsEnabled": True}
    group = desk.ask("/UpdateGroup", GroupName="Default", InsightsConfiguration=both)["Group"]
    assert group == DEFAULT | {"InsightsConfiguration": both}


def test_what_an_update_does_not_say_stays(desk: Desk) -> None:
    group = made(desk, FilterExpression="fault", InsightsConfiguration={"InsightsEnabled": True})
    group["FilterExpression"] = "error"
    assert desk.ask("/UpdateGroup", GroupName="slow", FilterExpression="error")["Group"] == group
    group["InsightsConfiguration"] = {"InsightsEnabled": True, "NotificationsEnabled": True}
    change = {"NotificationsEnabled": True}
    assert desk.ask("/UpdateGroup", GroupARN=group["GroupARN"], InsightsConfiguration=change)["Group"] == group
    assert desk.ask("/UpdateGroup", GroupName="slow")["Group"] == group


def test_a_blank_expression_is_none(desk: Desk) -> None:
    assert "FilterExpression" not in made(desk, FilterExpression=" ")
    desk.ask("/UpdateGroup", GroupName="slow", FilterExpression="fault")
    assert "FilterExpression" not in desk.ask("/UpdateGroup", GroupName="slow", FilterExpression="")["Group"]


def test_who_turns_insights_off_is_not_notified_of_them_either(desk: Desk) -> None:
    made(desk, InsightsConfiguration={"InsightsEnabled": True, "NotificationsEnabled": True})
    change = {"InsightsEnabled": False}
    group = desk.ask("/UpdateGroup", GroupName="slow", InsightsConfiguration=change)["Group"]
    assert group["InsightsConfiguration"] == OFF


@pytest.mark.parametrize("insights", [{"NotificationsEnabled": True}, {**OFF, "NotificationsEnabled": True}])
def test_notifications_need_insights(desk: Desk, insights: dict[str, bool]) -> None:
    assert desk.refused("/CreateGroup", GroupName="slow", InsightsConfiguration=insights)[0] == INVALID
    made(desk)
    assert desk.refused("/UpdateGroup", GroupName="slow", InsightsConfiguration=insights)[0] == INVALID


@pytest.mark.parametrize("expression", ["foo >", "responsetime >", 'service("a"', "((fault)"])
def test_an_expression_must_be_one(desk: Desk, expression: str) -> None:
    assert desk.refused("/CreateGroup", GroupName="slow", FilterExpression=expression)[0] == INVALID
    assert names(desk) == ["Default"]
    made(desk, FilterExpression="fault")
    assert desk.refused("/UpdateGroup", GroupName="slow", FilterExpression=expression)[0] == INVALID
    assert desk.ask("/GetGroup", GroupName="slow")["Group"]["FilterExpression"] == "fault"


@pytest.mark.parametrize("name", ["", "x" * 33, "Default", "default", "a/b", " a", "a\n", "é"])
def test_a_name_that_no_group_can_have_is_refused(desk: Desk, name: str) -> None:
    assert desk.refused("/CreateGroup", GroupName=name)[0] == INVALID


@pytest.mark.parametrize("name", ["x" * 32, "high_response_time", "a-b", "two words", "v1.2"])
def test_a_name_of_printable_characters_is_taken(desk: Desk, name: str) -> None:
    assert made(desk, name)["GroupName"] == name
    assert desk.ask("/GetGroup", GroupName=name)


def test_names_are_unique_and_tell_cases_apart(desk: Desk) -> None:
    made(desk, "slow", FilterExpression="fault")
    code, message = desk.refused("/CreateGroup", GroupName="slow")
    assert code == INVALID
    assert "slow" in message
    made(desk, "Slow")
    assert names(desk) == ["Default", "Slow", "slow"]
    assert desk.refused("/GetGroup", GroupName="SLOW")[0] == INVALID


def test_there_is_room_for_twenty_five_beside_the_default_one(desk: Desk) -> None:
    for n in range(25):
        made(desk, f"group-{n}")
    assert desk.refused("/CreateGroup", GroupName="one-more")[0] == INVALID
    assert len(names(desk)) == 26
    desk.ask("/DeleteGroup", GroupName="group-7")
    made(desk, "one-more")


def test_the_room_is_counted_once_however_many_ask_at_once(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda n: desk.answer("/CreateGroup", GroupName=f"group-{n // 2}")[0], range(60)))
    assert statuses.count(200) == 25
    assert len(names(desk)) == 26


@pytest.mark.parametrize("path", ["/GetGroup", "/UpdateGroup", "/DeleteGroup"])
@pytest.mark.parametrize(
    "which",
    [
        {},
        {"GroupName": None},
        {"GroupName": "none"},
        {"GroupARN": "none"},
        {"GroupARN": f"arn:aws:xray:{REGION}:{ACCOUNT}:group/none/ABC"},
        {"GroupARN": f"arn:aws:xray:{REGION}:{ACCOUNT}:group/slow"},
        {"GroupARN": f"arn:aws:xray:{REGION}:{ACCOUNT}:sampling-rule/Default"},
        {"GroupARN": f"arn:aws:xray:us-west-1:{ACCOUNT}:group/Default"},
        {"GroupName": "slow", "GroupARN": DEFAULT["GroupARN"]},
    ],
)
def test_a_group_is_found_by_its_own_name_or_arn_only(desk: Desk, path: str, which: dict[str, str]) -> None:
    made(desk)
    assert desk.refused(path, **which)[0] == INVALID
    assert names(desk) == ["Default", "slow"]


def test_a_group_may_be_made_with_tags_and_takes_them_along(desk: Desk) -> None:
    arn = made(desk, Tags=[{"Key": "stage", "Value": "prod"}])["GroupARN"]
    assert desk.ask("/ListTagsForResource", ResourceARN=arn)["Tags"] == [{"Key": "stage", "Value": "prod"}]
    assert desk.ask("/DeleteGroup", GroupName="slow") == {}
    assert desk.refused("/ListTagsForResource", ResourceARN=arn)[0] == "ResourceNotFoundException"


def test_a_group_with_bad_tags_is_not_made(desk: Desk) -> None:
    twice = [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]
    many = [{"Key": f"k{n}", "Value": ""} for n in range(51)]
    for tags in (twice, many, [{"Key": "aws:x", "Value": ""}], [{"Key": "a!", "Value": ""}]):
        assert desk.refused("/CreateGroup", GroupName="slow", Tags=tags)[0] == INVALID
    assert names(desk) == ["Default"]


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 101])
def test_a_token_of_nobody_is_refused(desk: Desk, token: str) -> None:
    assert desk.refused("/Groups", NextToken=token)[0] == INVALID
