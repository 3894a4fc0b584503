"""Graphs and time series of what was sent, and the sampling that clients poll."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.asking import a_day_each, ask, client, post, refused, sent
from tests.conftest import RunningServer


@pytest.fixture(scope="module")
def days(server: RunningServer) -> Iterator[float]:
    return a_day_each(15, 25)


# Graphs


def test_the_graph_of_a_window_is_that_of_its_whole_minutes(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days) + 30
    sent(server, start, name="graphed")
    answer = ask(server, "/ServiceGraph", StartTime=start + 5, EndTime=start + 6)
    assert (answer["StartTime"], answer["EndTime"]) == (start - 30, start + 30)
    assert {(one["Name"], one.get("Type")) for one in answer["Services"]} == {("graphed", None), ("graphed", "client")}
    assert answer["ContainsOldGroupVersions"] is False


def test_a_graph_of_single_traces_has_their_exact_times(server: RunningServer, days: Iterator[float]) -> None:
    (id_,) = sent(server, next(days), name="exact")
    services = client(server).get_trace_graph(TraceIds=[id_])["Services"]
    (node,) = (one for one in services if one.get("Type") != "client")
    assert node["ResponseTimeHistogram"] == [{"Value": 0.5, "Count": 1}]


@pytest.mark.parametrize("selector", [None, 'service("series")', 'edge(id(name: "series", type: "client"), "series")'])
def test_a_time_series_has_a_point_a_period(server: RunningServer, days: Iterator[float], selector: str | None) -> None:
    start = next(days)
    sent(server, start, name="series")
    sent(server, start + 120, name="series")
    members = {"StartTime": start, "EndTime": start + 300, "Period": 60}
    members |= {} if selector is None else {"EntitySelectorExpression": selector}
    points = ask(server, "/TimeSeriesServiceStatistics", **members)["TimeSeriesServiceStatistics"]
    assert [point["Timestamp"] for point in points] == [start, start + 120]
    of_service = selector is not None and selector.startswith("service")
    name = "ServiceSummaryStatistics" if of_service else "EdgeSummaryStatistics"
    assert [point[name]["TotalCount"] for point in points] == [1, 1]


@pytest.mark.parametrize(
    "members",
    [
        {"Period": 7},
        {"EntitySelectorExpression": "nonsense"},
        {"ForecastStatistics": True},
        {"ForecastStatistics": True, "EntitySelectorExpression": 'edge("a", "b")'},
        {"GroupName": "none-of-this-name"},
    ],
)
def test_what_a_time_series_cannot_be_asked_is_refused(server: RunningServer, members: Any) -> None:
    window = {"StartTime": 1_500_000_000, "EndTime": 1_500_000_060}
    assert refused(server, "/TimeSeriesServiceStatistics", **window, **members) == (400, "InvalidRequestException")


def test_a_forecast_knows_what_was_before_the_window(server: RunningServer, days: Iterator[float]) -> None:
    start = next(days) + 7200
    for minute in range(5):
        sent(server, start + minute * 60, count=10, name="forecast", fault=True)
    asked = {"EntitySelectorExpression": 'id(name: "forecast")', "ForecastStatistics": True, "Period": 60}
    window = {"StartTime": start + 240, "EndTime": start + 300}
    (point,) = ask(server, "/TimeSeriesServiceStatistics", **window, **asked)["TimeSeriesServiceStatistics"]
    assert point["ServiceSummaryStatistics"]["FaultStatistics"]["TotalCount"] == 10
    band = point["ServiceForecastStatistics"]
    assert 0 < band["FaultCountLow"] <= band["FaultCountHigh"] <= 10


def test_a_group_s_graph_and_series_have_the_traces_that_match_from_its_creation_on(server: RunningServer) -> None:
    ask(server, "/CreateGroup", GroupName="graphed", FilterExpression='service("graphed") AND fault')
    now = int(time.time()) - 2
    sent(server, now, name="graphed", fault=True)
    sent(server, now, name="graphed")
    window = {"StartTime": now - 60, "EndTime": now + 60}
    counts = []
    for group in ({}, {"GroupName": "Default"}, {"GroupName": "graphed"}):
        answer = ask(server, "/ServiceGraph", **window, **group)
        assert answer["ContainsOldGroupVersions"] is False
        (node,) = (one for one in answer["Services"] if one["Name"] == "graphed" and one.get("Type") != "client")
        counts.append(node["SummaryStatistics"]["TotalCount"])
    assert counts == [2, 2, 1]
    asked = {"EntitySelectorExpression": 'service("graphed")', "GroupName": "graphed", "Period": 60}
    points = ask(server, "/TimeSeriesServiceStatistics", **window, **asked)["TimeSeriesServiceStatistics"]
    assert sum(point["ServiceSummaryStatistics"]["TotalCount"] for point in points) == 1
    ask(server, "/UpdateGroup", GroupName="graphed", FilterExpression="!fault")
    window = {"StartTime": now - 60, "EndTime": now + 600}
    assert ask(server, "/ServiceGraph", **window, GroupName="graphed")["ContainsOldGroupVersions"] is True


# Sampling


def test_the_default_rule_is_there_for_an_unsigned_empty_request(server: RunningServer) -> None:
    status, _, answer = post(server, "/GetSamplingRules", b"")
    assert status == 200
    (rule,) = (one["SamplingRule"] for one in answer["SamplingRuleRecords"])
    assert (rule["RuleName"], rule["Priority"]) == ("Default", 10_000)


def test_a_client_gets_its_target_and_an_unknown_rule_is_unprocessed(server: RunningServer) -> None:
    now = time.time()
    report = {"ClientID": "ABCDEF1234567890ABCDEF10", "Timestamp": now, "RequestCount": 110}
    reports = [
        {**report, "RuleName": "Default", "SampledCount": 20, "BorrowCount": 10},
        {**report, "RuleName": "Default", "SampleCount": 20},
        {**report, "RuleName": "none", "SampledCount": 1},
        {**report, "RuleName": "Default", "SampledCount": 1, "Timestamp": now - 600},
    ]
    answer = ask(server, "/SamplingTargets", SamplingStatisticsDocuments=reports, SamplingBoostStatisticsDocuments=None)
    assert [one["RuleName"] for one in answer["SamplingTargetDocuments"]] == ["Default", "Default"]
    target = answer["SamplingTargetDocuments"][0]
    assert (target["FixedRate"], target["Interval"]) == (0.05, 10)
    # Other tests' applications may hold the one request a second that there is.
    assert target["ReservoirQuota"] in (0, 1)
    assert now + 290 < target["ReservoirQuotaTTL"] < now + 310
    assert [one["RuleName"] for one in answer["UnprocessedStatistics"]] == ["none", "Default"]
    assert answer["UnprocessedBoostStatistics"] == []
