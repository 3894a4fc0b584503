"""Counted rows to Services and Edges."""

from __future__ import annotations

from typing import Any

import msgspec

from radiograph.graph import service_graph
from radiograph.graph.statistics import exact_seconds
from radiograph.model.graph_rows import DURATION, EDGE, LINK, RESPONSE, GraphRow

ACCOUNT = "000000000000"
APP, EC2, TABLE, TOPIC = "scorekeep", "AWS::EC2::Instance", "AWS::DynamoDB::Table", "AWS::SNS"


def row(kind: int, name: str, type_: str = "", **members: Any) -> GraphRow:
    """One request of 100 ms, unless told otherwise."""
    defaults = {
        **{"minute": 0, "caller_name": "", "caller_type": "", "active": True},
        **{"ok": 1, "error": 0, "throttle": 0, "fault": 0, "total_us": 100_000},
        **{"first_us": 1_000_000, "last_us": 2_000_000, "buckets": [100], "counts": [1]},
    }
    return GraphRow(**{**defaults, "kind": kind, "name": name, "type": type_, **members})


def graph(*rows: GraphRow) -> list[dict[str, Any]]:
    return msgspec.to_builtins(service_graph(rows, ACCOUNT, exact_seconds))


def by_type(services: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one.get("Type", ""): one for one in services}


def worked_example() -> list[GraphRow]:
    """The developer guide's: four traces of an application on EC2, two writing to a table, two to a topic."""
    whole = {"ok": 3, "error": 1, "total_us": 273_000, "buckets": [5, 15, 85, 168], "counts": [1, 1, 1, 1]}
    half = {"ok": 2, "total_us": 30_000, "buckets": [10, 20], "counts": [1, 1], "active": False}
    app = {"caller_name": APP, "caller_type": EC2}
    return [
        row(RESPONSE, APP, EC2, **whole),
        row(DURATION, APP, EC2, **whole),
        row(EDGE, APP, EC2, caller_name=APP, caller_type="client", **whole),
        row(RESPONSE, "scorekeep-game", TABLE, **half),
        row(EDGE, "scorekeep-game", TABLE, **app, **half),
        row(RESPONSE, "SNS", TOPIC, **half),
        row(EDGE, "SNS", TOPIC, **app, **half),
    ]


def test_the_worked_example_has_a_client_the_application_and_what_it_calls() -> None:
    services = graph(*worked_example())
    nodes = by_type(services)
    assert set(nodes) == {"client", EC2, TABLE, TOPIC}
    assert sorted(one["ReferenceId"] for one in services) == [0, 1, 2, 3]
    assert {one["Type"]: one["State"] for one in services} == {
        "client": "unknown",
        EC2: "active",
        TABLE: "unknown",
        TOPIC: "unknown",
    }
    assert {one["Type"] for one in services if one.get("Root")} == {EC2}
    (edge,) = nodes["client"]["Edges"]
    assert edge["ReferenceId"] == nodes[EC2]["ReferenceId"]
    targets = {edge["ReferenceId"] for edge in nodes[EC2]["Edges"]}
    assert targets == {nodes[TABLE]["ReferenceId"], nodes[TOPIC]["ReferenceId"]}


def test_the_worked_example_s_statistics() -> None:
    nodes = by_type(graph(*worked_example()))
    app = nodes[EC2]
    assert app["SummaryStatistics"] == {
        "OkCount": 3,
        "ErrorStatistics": {"ThrottleCount": 0, "OtherCount": 1, "TotalCount": 1},
        "FaultStatistics": {"OtherCount": 0, "TotalCount": 0},
        "TotalCount": 4,
        "TotalResponseTime": 0.273,
    }
    histogram = [{"Value": value, "Count": 1} for value in (0.005, 0.015, 0.085, 0.168)]
    assert app["ResponseTimeHistogram"] == app["DurationHistogram"] == histogram
    (from_client,) = nodes["client"]["Edges"]
    assert from_client["SummaryStatistics"] == app["SummaryStatistics"]
    assert from_client["ResponseTimeHistogram"] == histogram
    for edge in app["Edges"]:
        target = next(one for one in nodes.values() if one["ReferenceId"] == edge["ReferenceId"])
        assert edge["SummaryStatistics"] == target["SummaryStatistics"]
        assert edge["ResponseTimeHistogram"] == target["ResponseTimeHistogram"]


def test_a_client_has_no_root_no_statistics_and_no_account() -> None:
    client = by_type(graph(*worked_example()))["client"]
    assert client["Name"] == APP
    absent = {"Root", "AccountId", "SummaryStatistics", "DurationHistogram", "ResponseTimeHistogram"}
    assert not absent & set(client)


def test_only_nodes_that_sent_segments_are_the_account_s() -> None:
    nodes = by_type(graph(*worked_example()))
    assert nodes[EC2]["AccountId"] == ACCOUNT
    assert "AccountId" not in nodes[TABLE]


def test_a_node_is_its_name_and_its_type() -> None:
    services = graph(row(RESPONSE, "f", "AWS::Lambda"), row(RESPONSE, "f", "AWS::Lambda::Function"), row(RESPONSE, "f"))
    assert len(services) == 3
    assert {one.get("Type") for one in services} == {"AWS::Lambda", "AWS::Lambda::Function", None}


def test_a_node_that_calls_itself_has_an_edge_to_itself() -> None:
    (service,) = graph(row(RESPONSE, "f"), row(EDGE, "f", caller_name="f"))
    assert [edge["ReferenceId"] for edge in service["Edges"]] == [service["ReferenceId"]]


def test_a_root_that_is_also_called_stays_a_root() -> None:
    client = row(EDGE, "f", caller_name="f", caller_type="client")
    services = graph(row(RESPONSE, "f"), client, row(RESPONSE, "g"), row(EDGE, "f", caller_name="g"))
    assert next(one for one in services if one["Name"] == "f" and "Type" not in one)["Root"] is True
    assert "Root" not in next(one for one in services if one["Name"] == "g")


def test_rows_of_several_periods_are_summed() -> None:
    (service,) = graph(
        row(RESPONSE, "f", minute=60, first_us=5_000_000, last_us=6_000_000),
        row(RESPONSE, "f", minute=120, fault=1, total_us=300_000, buckets=[100, 200], counts=[1, 1], last_us=9_000_000),
    )
    assert service["SummaryStatistics"]["TotalCount"] == 3
    assert service["SummaryStatistics"]["TotalResponseTime"] == 0.4
    assert service["ResponseTimeHistogram"] == [{"Value": 0.1, "Count": 2}, {"Value": 0.2, "Count": 1}]
    assert (service["StartTime"], service["EndTime"]) == (1.0, 9.0)


def test_a_node_seen_both_through_a_caller_and_itself_is_active() -> None:
    (service,) = graph(row(RESPONSE, "f", active=False), row(RESPONSE, "f"))
    assert service["State"] == "active"


def test_a_node_in_progress_is_there_without_requests() -> None:
    (service,) = graph(row(RESPONSE, "f", ok=0, total_us=0, counts=[0]))
    assert service["SummaryStatistics"]["TotalCount"] == 0
    assert service["ResponseTimeHistogram"] == []


def test_busy_nodes_come_first_and_clients_last() -> None:
    rows = [
        row(RESPONSE, "quiet", ok=1),
        row(RESPONSE, "busy", ok=9),
        row(EDGE, "quiet", caller_name="quiet", caller_type="client"),
    ]
    assert [(one["Name"], one.get("Type")) for one in graph(*rows)] == [
        ("busy", None),
        ("quiet", None),
        ("quiet", "client"),
    ]


def test_an_edge_s_caller_is_a_node_though_nothing_else_tells_of_it() -> None:
    services = graph(row(RESPONSE, "callee"), row(EDGE, "callee", caller_name="caller"))
    assert {one["Name"] for one in services} == {"callee", "caller"}


def test_an_edge_has_the_names_by_which_its_callers_know_the_node() -> None:
    calls = [
        row(EDGE, "api", "AWS::ECS::Container", caller_name="shop", aliases=["api.internal", "api.test"]),
        row(EDGE, "api", "AWS::ECS::Container", caller_name="shop", aliases=["api.test"]),
        row(EDGE, "db", "Database::SQL", caller_name="shop"),
    ]
    shop = next(one for one in graph(*calls) if one["Name"] == "shop")
    aliases = [{"Name": name, "Names": [name], "Type": "AWS::ECS::Container"} for name in ("api.internal", "api.test")]
    assert sorted(edge["Aliases"] for edge in shop["Edges"]) == [[], aliases]


def test_events_come_along_an_edge_of_type_link_with_their_ages_and_no_response_times() -> None:
    came = {"buckets": [2_000, 3_000], "counts": [1, 2], "ok": 2, "fault": 1, "total_us": 900_000}
    queue, worker = graph(row(LINK, "worker", "AWS::Lambda::Function", caller_name="mails", **came))
    assert (queue["Name"], queue["State"], worker["Name"]) == ("mails", "unknown", "worker")
    (edge,) = queue["Edges"]
    assert (edge["EdgeType"], edge["ReferenceId"]) == ("link", worker["ReferenceId"])
    assert edge["ReceivedEventAgeHistogram"] == [{"Value": 2.0, "Count": 1}, {"Value": 3.0, "Count": 2}]
    assert edge["SummaryStatistics"]["TotalCount"] == 3
    assert edge["ResponseTimeHistogram"] == []
    assert edge["Aliases"] == []


def test_calls_and_events_between_the_same_nodes_are_two_edges() -> None:
    services = graph(
        row(RESPONSE, "shop"), row(EDGE, "worker", caller_name="shop"), row(LINK, "worker", caller_name="shop")
    )
    shop = next(one for one in services if one["Name"] == "shop")
    assert [edge.get("EdgeType") for edge in shop["Edges"]] == [None, "link"]
    assert len({edge["ReferenceId"] for edge in shop["Edges"]}) == 1
    assert not any("ReceivedEventAgeHistogram" in edge for edge in shop["Edges"] if "EdgeType" not in edge)


def test_who_only_receives_events_is_no_root() -> None:
    assert not any(one.get("Root") for one in graph(row(LINK, "worker", caller_name="mails")))


def test_services_of_one_name_in_two_accounts_are_two_and_their_clients_one() -> None:
    theirs = "222222222222"
    services = graph(
        row(RESPONSE, "shop"),
        row(RESPONSE, "shop", source=theirs),
        row(EDGE, "shop", caller_name="shop", caller_type="client"),
        row(EDGE, "shop", caller_name="shop", caller_type="client", source=theirs, caller_source=theirs),
        row(EDGE, "shop", caller_name="shop", source=theirs),
        row(EDGE, "db", caller_name="shop", caller_source=theirs, active=False),
    )
    own, other, client, db = sorted(services, key=lambda one: (one["Name"] == "db", one.get("AccountId", "9" * 12)))
    assert (own["AccountId"], other["AccountId"]) == ("000000000000", theirs)
    assert (client["Type"], [one["ReferenceId"] for one in client["Edges"]]) == (
        "client",
        sorted([own["ReferenceId"], other["ReferenceId"]]),
    )
    assert [one["ReferenceId"] for one in own["Edges"]] == [other["ReferenceId"]]
    assert [one["ReferenceId"] for one in other["Edges"]] == [db["ReferenceId"]]
    assert "AccountId" not in db


def test_nothing_counted_is_an_empty_graph() -> None:
    assert graph() == []
