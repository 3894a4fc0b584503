"""What Grafana's X-Ray data source asks, as it asks it, and what it takes for granted of the answers.

It looks into lists, types and statistics without asking whether they are there: what is empty has to be an empty list,
statistics have to be whole, and a cause's services have to have types. The tests ask the same over plain HTTP, and
through the SDK for Go that Grafana has (skipped where there is no Go, and where ``E2E_COMPILED`` is ``no``).

Source: grafana/x-ray-datasource, pkg/datasource and src/utils.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.api.asking import ask
from tests.conftest import RunningServer, eventually

HERE = Path(__file__).parent
BUILD_S = 300
Json = dict[str, Any]


def window(server: RunningServer) -> Json:
    """An hour that holds everything the demo has sent; the end is a fraction, as a browser's clock has it."""
    now = time.time()
    return {"StartTime": round(now - 3600, 3), "EndTime": round(now, 3)}


# What is taken for granted


def drawable(services: list[Json]) -> None:
    """A map or a trace's graph can be drawn: of every node, and of every edge, there is something to count."""
    assert services
    for service in services:
        assert isinstance(service["Edges"], list)
        source = service if service.get("SummaryStatistics") else service["Edges"][0]
        countable(source)
        for edge in service["Edges"]:
            countable(edge)
            assert edge["StartTime"]
            assert edge["EndTime"]
            assert any(one["ReferenceId"] == edge["ReferenceId"] for one in services)


def countable(counted: Json) -> None:
    whole(counted["SummaryStatistics"])
    assert isinstance(counted["ResponseTimeHistogram"], list)


def whole(statistics: Json) -> None:
    numbers = statistics["TotalCount"], statistics["OkCount"], statistics["TotalResponseTime"]
    errors, faults = statistics["ErrorStatistics"], statistics["FaultStatistics"]
    assert None not in (*numbers, errors["ThrottleCount"], errors["TotalCount"], faults["TotalCount"])


def charted(points: list[Json], of_service: bool) -> None:
    """There are points, each with the one kind of statistics."""
    assert points
    for point in points:
        assert point["Timestamp"]
        name, other = "ServiceSummaryStatistics", "EdgeSummaryStatistics"
        if not of_service:
            name, other = other, name
        whole(point[name])
        assert not point.get(other)


def listed(summaries: list[Json]) -> None:
    """Traces can be listed and analysed."""
    assert summaries
    for summary in summaries:
        assert summary["Id"]
        assert summary["StartTime"]
        assert isinstance(summary["Http"], dict)
        assert all(isinstance(values, list) for values in summary["Annotations"].values())
        for user in summary["Users"]:
            assert user["UserName"]
        for kind in ("FaultRootCauses", "ErrorRootCauses", "ResponseTimeRootCauses"):
            for cause in summary[kind]:
                explained(cause["Services"], of_errors=kind == "ErrorRootCauses")


def explained(services: list[Json], of_errors: bool) -> None:
    """A root cause can be told as a path: its last service, and the entities of each behind the first."""
    assert services
    for service in services:
        assert service["Name"]
        assert isinstance(service["Type"], str)
        assert service["EntityPath"]
        for entity in service["EntityPath"]:
            assert entity["Name"]
            if of_errors:
                assert all(isinstance(one["Name"], str) for one in entity["Exceptions"])


# Over plain HTTP


def test_the_health_check_and_the_choice_of_groups_find_groups_by_their_names(demo_server: RunningServer) -> None:
    groups = ask(demo_server, "/Groups")["Groups"]
    assert "Default" in {group["GroupName"] for group in groups}
    assert all(group["GroupARN"] for group in groups)


def test_the_map_of_a_group_can_be_drawn(demo_server: RunningServer) -> None:
    services = ask(demo_server, "/ServiceGraph", **window(demo_server), GroupName="Default")["Services"]
    drawable(services)
    assert {"000000000000"} == {one["AccountId"] for one in services if "AccountId" in one}


def test_events_between_traces_do_not_keep_a_map_from_being_drawn(demo_server: RunningServer) -> None:
    def linked() -> list[Json]:
        services = ask(demo_server, "/ServiceGraph", **window(demo_server), GroupName="Default")["Services"]
        return services if any(edge.get("EdgeType") for one in services for edge in one["Edges"]) else []

    drawable(eventually(linked))  # type: ignore[arg-type]


def test_a_window_without_traffic_has_an_empty_map_and_lists_and_no_absent_ones(demo_server: RunningServer) -> None:
    long_ago = {"StartTime": 1_500_000_000.5, "EndTime": 1_500_003_600}
    assert ask(demo_server, "/ServiceGraph", **long_ago, GroupName="Default")["Services"] == []
    assert ask(demo_server, "/TraceSummaries", **long_ago)["TraceSummaries"] == []
    assert ask(demo_server, "/TimeSeriesServiceStatistics", **long_ago, Period=60)["TimeSeriesServiceStatistics"] == []
    assert ask(demo_server, "/Traces", TraceIds=["1-58000000-000000000000000000000000"])["Traces"] == []
    assert ask(demo_server, "/TraceGraph", TraceIds=["1-58000000-000000000000000000000000"])["Services"] == []


def test_traces_can_be_listed_with_and_without_an_expression(demo_server: RunningServer) -> None:
    listed(ask(demo_server, "/TraceSummaries", **window(demo_server))["TraceSummaries"])
    failed = ask(demo_server, "/TraceSummaries", **window(demo_server), FilterExpression="fault OR error")
    listed(failed["TraceSummaries"])
    assert any(one["FaultRootCauses"] for one in failed["TraceSummaries"])


def test_the_analytics_gather_a_share_of_the_traces_page_by_page(demo_server: RunningServer) -> None:
    sampled = {"TimeRangeType": "Event", "Sampling": True, "SamplingStrategy": {"Name": "FixedRate", "Value": 0.5}}
    asked, found = {**window(demo_server), **sampled}, list[Json]()
    while True:
        page = ask(demo_server, "/TraceSummaries", **asked)
        found += page["TraceSummaries"]
        if "NextToken" not in page:
            break
        asked["NextToken"] = page["NextToken"]
    listed(found)
    assert len({one["Id"] for one in found}) == len(found)


@pytest.mark.parametrize("period", [60, 300])
def test_a_chart_has_whole_statistics_of_every_point(demo_server: RunningServer, period: int) -> None:
    def points(**members: Any) -> list[Json]:
        asked = {**window(demo_server), "Period": period, **members}
        found: list[Json] = ask(demo_server, "/TimeSeriesServiceStatistics", **asked)["TimeSeriesServiceStatistics"]
        return found

    charted(points(), of_service=False)
    services = ask(demo_server, "/ServiceGraph", **window(demo_server), GroupName="Default")["Services"]
    caller = next(one for one in services if one["Edges"] and one.get("Type") != "client")
    reference = caller["Edges"][0]["ReferenceId"]
    callee = next(one for one in services if one["ReferenceId"] == reference)
    charted(points(EntitySelectorExpression=f'service("{caller["Name"]}")'), of_service=True)
    selected = f'edge("{caller["Name"]}", "{callee["Name"]}")'
    charted(points(EntitySelectorExpression=selected), of_service=False)


def test_insights_are_asked_for_group_by_group_in_any_state(demo_server: RunningServer) -> None:
    for group in ask(demo_server, "/Groups")["Groups"]:
        for states in ([], ["ACTIVE"], ["CLOSED"]):
            asked = {**window(demo_server), "GroupName": group["GroupName"], "States": states}
            insights = ask(demo_server, "/InsightSummaries", **asked)["InsightSummaries"]
            for insight in insights:
                assert insight["RootCauseServiceId"]["Name"]
                assert insight["TopAnomalousServices"][0]["ServiceId"]["Name"]
                assert insight["Categories"]
                assert insight["StartTime"]
                assert "." in insight["Summary"]


def test_a_trace_is_given_whole_with_its_graph(demo_server: RunningServer) -> None:
    for summary in ask(demo_server, "/TraceSummaries", **window(demo_server))["TraceSummaries"][:20]:
        (trace,) = ask(demo_server, "/Traces", TraceIds=[summary["Id"]])["Traces"]
        documents = [json.loads(segment["Document"]) for segment in trace["Segments"]]
        assert documents
        assert all(one["id"] and one["name"] and one["start_time"] for one in documents)
        drawable(ask(demo_server, "/TraceGraph", TraceIds=[summary["Id"]])["Services"])


def test_what_has_no_type_and_an_exception_without_a_name_can_be_told_and_looked_for(server: RunningServer) -> None:
    now = time.time()
    trace_id, name = f"1-{int(now):08x}-{os.urandom(12).hex()}", f"untyped-{os.urandom(4).hex()}"
    failed = {"error": True, "cause": {"exceptions": [{"id": "e" * 16, "message": "no"}]}}
    document = {"trace_id": trace_id, "id": "a" * 16, "name": name, "start_time": now - 1, "end_time": now, **failed}
    ask(server, "/TraceSegments", TraceSegmentDocuments=[json.dumps(document)])
    # What the map's links ask for, where a node has no type.
    asked = {**window(server), "EndTime": now + 60, "FilterExpression": f'service(id(name: "{name}", type: ""))'}
    found = eventually(lambda: ask(server, "/TraceSummaries", **asked)["TraceSummaries"])
    listed(found)  # type: ignore[arg-type]
    assert [cause["Services"][0]["Type"] for cause in found[0]["ErrorRootCauses"]] == [""]  # type: ignore[index]


# Through the SDK for Go


@pytest.fixture(scope="module")
def answers(demo_server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Json:
    """Everything that Grafana asks, as its SDK understands the answers: what is absent is null."""
    program = tmp_path_factory.mktemp("grafana") / "asker"
    if os.environ.get("E2E_COMPILED") == "no":
        pytest.skip("E2E_COMPILED is no")
    if shutil.which("go") is None:
        pytest.skip("go is not installed")
    build = ["go", "build", "-buildvcs=false", "-o", str(program), "."]
    environment = os.environ | {"GOTOOLCHAIN": "local"}
    try:
        built = subprocess.run(
            build, cwd=HERE / "grafana", capture_output=True, text=True, timeout=BUILD_S, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"go did not end within {BUILD_S} s")
    if built.returncode:
        pytest.skip(f"go could not build the client: {built.stderr[-500:]}")
    times = window(demo_server)
    command = [str(program), demo_server.url, str(times["StartTime"]), str(times["EndTime"])]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert asked.returncode == 0, asked.stderr
    told: Json = json.loads(asked.stdout)
    return told


def test_grafana_s_sdk_understands_the_maps(answers: Json) -> None:
    drawable(answers["Map"])
    drawable(answers["Graph"])


def test_grafana_s_sdk_understands_the_traces(answers: Json) -> None:
    for summaries in (answers["Traces"], answers["Sampled"]):
        listed(summaries)
        assert nothing_absent(summaries, "Users", "ServiceIds", "FaultRootCauses", "ErrorRootCauses")
    (trace,) = answers["Whole"]
    assert nothing_absent([trace], "Id", "Duration", "Segments", "LimitExceeded")


def test_grafana_s_sdk_understands_the_charts(answers: Json) -> None:
    charted(answers["Calls"], of_service=False)
    charted(answers["OfService"], of_service=True)
    charted(answers["OfEdge"], of_service=False)


def test_grafana_s_sdk_understands_groups_and_insights(answers: Json) -> None:
    assert nothing_absent(answers["Groups"], "GroupName", "GroupARN", "InsightsConfiguration")
    assert answers["Insights"] in (None, []) or nothing_absent(answers["Insights"], "InsightId", "Categories")


def nothing_absent(found: Iterable[Json], *names: str) -> bool:
    return all(one[name] is not None for one in found for name in names)
