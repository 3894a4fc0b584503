"""Insights: there are none yet, which is told truthfully; every question is checked as it will be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.desk import ACCOUNT, NOW, REGION, Desk

INVALID = "InvalidRequestException"
ID = "12345678-abcd-4ef0-8123-123456789abc"
WINDOW = {"StartTime": NOW - 3600, "EndTime": NOW}
GROUP = {"GroupName": "Default"}
DAY = 86_400


def test_a_group_without_insights_has_an_empty_list_that_is_there(desk: Desk) -> None:
    arn = f"arn:aws:xray:{REGION}:{ACCOUNT}:group/Default"
    for group in (GROUP, {"GroupARN": arn}, {**GROUP, "GroupARN": arn}):
        assert desk.ask("/InsightSummaries", **WINDOW, **group) == {"InsightSummaries": []}


@pytest.mark.parametrize(
    "members",
    [
        {"States": ["ACTIVE"]},
        {"States": ["CLOSED"]},
        {"States": []},
        {"States": None},
        {"MaxResults": 1},
        {"MaxResults": 100},
        {"StartTime": NOW - 30 * DAY},
        {"EndTime": NOW + DAY},
        {"StartTime": "2023-11-14T00:00:00Z"},
    ],
)
def test_what_may_be_asked_is_answered(desk: Desk, members: Any) -> None:
    assert desk.ask("/InsightSummaries", **(WINDOW | GROUP | members))["InsightSummaries"] == []


@pytest.mark.parametrize(
    "members",
    [
        {"GroupName": None},
        {"GroupName": "none"},
        {"GroupARN": "none"},
        {"GroupName": "x" * 33},
        {"States": ["OPEN"]},
        {"States": ["ACTIVE", "CLOSED"]},
        {"MaxResults": 0},
        {"MaxResults": 101},
        {"NextToken": "nonsense"},
        {"NextToken": ""},
        {"StartTime": None},
        {"EndTime": None},
        {"StartTime": NOW},
        {"StartTime": NOW + 1},
        {"StartTime": NOW - 31 * DAY},
        {"StartTime": NOW - 40 * DAY, "EndTime": NOW - 31 * DAY},
    ],
)
def test_what_may_not_be_asked_is_refused(desk: Desk, members: Any) -> None:
    assert desk.refused("/InsightSummaries", **(WINDOW | GROUP | members))[0] == INVALID


@pytest.mark.parametrize("path", ["/Insight", "/InsightEvents", "/InsightImpactGraph"])
def test_an_insight_that_does_not_exist_is_named(desk: Desk, path: str) -> None:
    code, message = desk.refused(path, InsightId=ID, **(WINDOW if path == "/InsightImpactGraph" else {}))
    assert code == INVALID
    assert ID in message


@pytest.mark.parametrize("path", ["/Insight", "/InsightEvents", "/InsightImpactGraph"])
@pytest.mark.parametrize("id_", [None, "", "7", "12345678-abcd-6ef0-8123-123456789abc", ID.replace("-", "")])
def test_an_id_must_be_one(desk: Desk, path: str, id_: str | None) -> None:
    code, message = desk.refused(path, InsightId=id_, **WINDOW)
    assert code == INVALID
    assert "InsightId" in message


@pytest.mark.parametrize("members", [{"MaxResults": 0}, {"MaxResults": 51}, {"NextToken": "nonsense"}])
def test_events_are_asked_for_in_pages_of_fifty_at_most(desk: Desk, members: Any) -> None:
    _, message = desk.refused("/InsightEvents", InsightId=ID, **members)
    assert next(iter(members)) in message


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (NOW - 6 * 3600 - 1, NOW, "6 hours"),
        (NOW, NOW, "StartTime"),
        (NOW - 31 * DAY, NOW - 31 * DAY + 60, "days"),
        (NOW - 6 * 3600, NOW, "no insight"),
    ],
)
def test_a_graph_is_of_six_hours_at_most_and_of_the_last_thirty_days(
    desk: Desk, start: float, end: float, why: str
) -> None:
    code, message = desk.refused("/InsightImpactGraph", InsightId=ID, StartTime=start, EndTime=end)
    assert code == INVALID
    assert why in message
