"""``radiograph sampling`` against a server that answers what a test tells it to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from radiograph.cli import main

Run = Callable[..., Result]
NOW_S = 1_790_000_000.0
NOWHERE = "http://127.0.0.1:1"
ANYTHING = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*")


def rule(name: str, priority: int, **members: Any) -> dict[str, Any]:
    made = ANYTHING | {"RuleName": name, "Priority": priority, "FixedRate": 0.1, "ReservoirSize": 1, "Version": 1}
    return {"SamplingRule": made | {"Attributes": {}} | members, "CreatedAt": 0.0, "ModifiedAt": 0.0}


RULES = [
    rule("gets", 20, HTTPMethod="GET"),
    rule("Default", 10_000, FixedRate=0.05),
    rule("health", 1, URLPath="/health*", FixedRate=0.0, ReservoirSize=0),
    rule("gold", 5, Attributes={"tier": "gold"}, FixedRate=1.0),
]


def summary(name: str, ago_s: float, requests: int, sampled: int, borrowed: int = 0) -> dict[str, Any]:
    counts = {"RequestCount": requests, "SampledCount": sampled, "BorrowCount": borrowed}
    return {"RuleName": name, "Timestamp": NOW_S - ago_s, **counts}


def document(number: int, rule_name: str | None, **members: Any) -> dict[str, Any]:
    made = {
        "id": f"{number:016x}",
        "name": "shop",
        "origin": "AWS::ECS::Container",
        "start_time": NOW_S - 1800 + number,
        "end_time": NOW_S - 1799 + number,
        "http": {"request": {"method": "GET", "url": "https://user@shop.test:8443/cart?q=1"}},
        "annotations": {"tier": "gold", "n": 3},
    }
    return made | ({} if rule_name is None else {"aws": {"xray": {"sampling_rule_name": rule_name}}}) | members


class Store:
    """Answers what a server with these traces does."""

    def __init__(self, server: Any, *documents: list[dict[str, Any]]) -> None:
        self.kept = {f"1-6ab13b80-{n:024x}": segments for n, segments in enumerate(documents)}
        self.target: dict[str, Any] = {}
        server.answers |= {
            "/GetSamplingRules": {"SamplingRuleRecords": RULES},
            "/SamplingStatisticSummaries": {"SamplingStatisticSummaries": []},
            "/SamplingTargets": self.targets,
            "/TraceSummaries": self.summaries,
            "/Traces": self.traces,
        }

    def summaries(self, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        share = (body.get("SamplingStrategy") or {"Value": 1.0})["Value"]
        ids = list(self.kept)[: round(len(self.kept) * share)]
        first = int(body.get("NextToken") or 0)
        # Newest first, as far apart as traces of an hour are.
        apart_s = (body["EndTime"] - body["StartTime"]) / max(len(ids), 1)
        page = [{"Id": id_, "StartTime": body["EndTime"] - n * apart_s} for n, id_ in enumerate(ids)][
            first : first + 100
        ]
        more = {"NextToken": str(first + 100)} if first + 100 < len(ids) else {}
        return 200, {}, json.dumps({"TraceSummaries": page, **more}).encode()

    def traces(self, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        assert len(body["TraceIds"]) <= 100
        found = [
            {"Id": id_, "Segments": [{"Id": one["id"], "Document": json.dumps(one)} for one in self.kept[id_]]}
            for id_ in body["TraceIds"]
        ]
        return 200, {}, json.dumps({"Traces": found, "UnprocessedTraceIds": []}).encode()

    def targets(self, body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        (said,) = body["SamplingStatisticsDocuments"]
        assert said["RequestCount"] == 0
        told = {"RuleName": said["RuleName"], "FixedRate": 0.1, **self.target}
        return 200, {}, json.dumps({"SamplingTargetDocuments": [told], "LastRuleModification": 0.0}).encode()


def explained(run: Run, server: Any, *arguments: str) -> Any:
    result = run(main, "sampling", "explain", "--endpoint", server.url, "--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_rules_are_listed_in_order_with_what_was_reported_lately(run: Run, server: Any) -> None:
    Store(server)
    lately = [summary("gets", 3000, 9999, 999), summary("gets", 40, 600, 90), summary("gets", 20, 600, 30)]
    server.answers["/SamplingStatisticSummaries"] = {"SamplingStatisticSummaries": lately}
    result = run(main, "sampling", "rules", "--endpoint", server.url)
    assert result.exit_code == 0, result.output
    heading, *lines = [line.split() for line in result.output.splitlines()]
    assert heading == ["PRIORITY", "RULE", "RESERVOIR", "RATE", "REQUESTS/S", "SAMPLED/S", "MATCHES"]
    assert [line[:2] for line in lines] == [["1", "health"], ["5", "gold"], ["20", "gets"], ["10000", "Default"]]
    assert lines[2] == ["20", "gets", "1/s", "10", "%", "20.0", "2.0", "HTTPMethod", "GET"]
    assert lines[3] == ["10000", "Default", "1/s", "5", "%", "everything"]


def test_rules_as_json_keep_the_names_of_aws(run: Run, server: Any) -> None:
    Store(server)
    told = json.loads(run(main, "sampling", "rules", "--json", "--endpoint", server.url).output)
    assert [one["SamplingRule"]["RuleName"] for one in told] == ["health", "gold", "gets", "Default"]
    assert told[0]["Lately"] is None


def test_it_says_which_rule_decides_and_why_none_before_it_does(run: Run, server: Any) -> None:
    Store(server)
    arguments = ("--method", "GET", "--path", "/cart", "--endpoint", server.url)
    result = run(main, "sampling", "explain", *arguments)
    assert result.exit_code == 0, result.output
    assert "gets decides, for X-Ray SDK clients: HTTPMethod GET." in result.output
    assert "health: URLPath '/cart' against '/health*': it does not match" in result.output
    assert "gold: Attributes.tier against 'gold': X-Ray SDKs skip rules with attributes" in result.output
    assert "A reservoir of 1/s, shared by all clients, and 10 % of the others." in result.output
    assert "no client reported a request that it decided on" in result.output
    assert "It would decide on 0 of 0 traces" in result.output


def test_with_an_attribute_the_rules_are_read_as_opentelemetry_reads_them(run: Run, server: Any) -> None:
    Store(server)
    told = explained(run, server, "--attribute", "tier=gold", "--path", "/cart", "--method", "GET")
    assert told["client"] == "OpenTelemetry"
    assert told["considered"][-1]["rule"]["RuleName"] == "gold"
    assert told["elsewhere"] == "gets"
    told = explained(run, server, "--attribute", "tier=gold", "--path", "/cart", "--method", "GET", "--client", "xray")
    assert (told["considered"][-1]["rule"]["RuleName"], told["elsewhere"]) == ("gets", "gold")


def test_every_option_describes_the_request(run: Run, server: Any) -> None:
    Store(server)
    wanted = {"ServiceName": "shop", "ServiceType": "AWS::*", "Host": "h", "HTTPMethod": "PUT", "ResourceARN": "arn:*"}
    server.answers["/GetSamplingRules"] = {"SamplingRuleRecords": [rule("all", 1, **wanted, URLPath="/p"), RULES[1]]}
    options = ["--service", "shop", "--type", "AWS::X", "--host", "h", "--method", "PUT", "--path", "/p"]
    told = explained(run, server, *options, "--resource-arn", "arn:1")
    assert [one["rule"]["RuleName"] for one in told["considered"]] == ["all"]
    told = explained(run, server, *options, "--resource-arn", "x")
    assert [one["field"] for one in told["considered"][0]["mismatches"]] == ["ResourceARN"]


def test_a_boost_and_the_last_minute_are_told(run: Run, server: Any) -> None:
    store = Store(server)
    store.target = {"SamplingBoost": {"BoostRate": 0.28, "BoostRateTTL": NOW_S + 40}}
    lately = {"SamplingStatisticSummaries": [summary("gets", 20, 660, 96, 6)]}
    server.answers["/SamplingStatisticSummaries"] = lately
    output = run(main, "sampling", "explain", "--method", "GET", "--path", "/", "--endpoint", server.url).output
    assert "Raised to 28 % until 14:14:00 UTC" in output
    assert "clients reported 11.0 requests/s, 1.6/s sampled, 0.1/s borrowed" in output


def test_what_it_would_keep_is_told_of_real_traffic_with_what_that_rests_on(run: Run, server: Any) -> None:
    post = {"http": {"request": {"method": "POST", "url": "https://shop.test/cart"}}}
    documents = [
        *([document(n, "gets")] for n in range(60)),
        *([document(n, "Default")] for n in range(60, 80)),
        [document(80, None)],
        *([document(n, "gets", **post)] for n in range(90, 110)),
    ]
    Store(server, *documents)
    counted = {"SamplingStatisticSummaries": [summary("gets", 3590, 800, 80)]}
    server.answers["/SamplingStatisticSummaries"] = counted
    found = explained(run, server, "--method", "GET", "--path", "/cart")["forecast"]
    assert (found["traces"], found["matched"], found["share"], found["window_s"]) == (101, 81, 1.0, 3600)
    by_rule = {one["rule_name"]: (one["traces"], one["requests"], one["basis"]) for one in found["recorded"]}
    assert by_rule == {"gets": (60, 600.0, "counted"), "Default": (20, 20.0, "rate"), None: (1, 1.0, "none")}
    output = run(main, "sampling", "explain", "--method", "GET", "--path", "/cart", "--endpoint", server.url).output
    assert "It would decide on 81 of 101 traces (all stored ones were read)." in output
    assert "60 recorded under gets: about 600 requests; clients counted the requests" in output
    assert "What is stored was sampled when it was recorded" in output


def test_a_trace_is_judged_by_its_entry_and_not_by_what_is_inferred_or_called(run: Run, server: Any) -> None:
    called = document(1, None, name="stock", parent_id="f" * 16, start_time=NOW_S - 1900)
    inferred = document(2, None, name="orders", inferred=True, start_time=NOW_S - 2000)
    entry = document(3, "gets", name="front", http={"request": {"method": "GET", "url": "https://x.test/health"}})
    Store(server, [called, inferred, entry], [inferred], [document(4, None, http=None)])
    told = explained(run, server, "--path", "/health")
    assert told["considered"][-1]["rule"]["RuleName"] == "health"
    found = told["forecast"]
    assert (found["traces"], found["matched"]) == (2, 2)
    told = explained(run, server, "--path", "/health", "--client", "otel")["forecast"]
    assert [one["rule_name"] for one in told["recorded"]] == ["gets"]


def test_attributes_of_spans_are_found_where_they_were_put(run: Run, server: Any) -> None:
    span = {"tier": "gold", "n": 3, "aws.xray.sampling_rule": "gold"}
    Store(server, [document(1, None, annotations={}, metadata={"default": span}, aws={"region": "eu-west-1"})])
    found = explained(run, server, "--attribute", "tier=gold", "--method", "GET", "--path", "/cart")["forecast"]
    assert found["matched"] == 1
    assert found["recorded"][0]["rule_name"] == "gold"


def test_of_many_traces_a_share_from_all_over_the_hour_is_read(run: Run, server: Any) -> None:
    Store(server, *([document(n, None)] for n in range(1500)))
    found = explained(run, server, "--method", "GET", "--path", "/cart", "--traces", "300")["forecast"]
    assert 200 <= found["traces"] <= 400
    assert found["share"] == pytest.approx(0.2, abs=0.01)
    assert found["requests"] == pytest.approx(1500, rel=0.02)
    asked = [body.get("SamplingStrategy") for path, body in server.asked if path == "/TraceSummaries"]
    assert {"Name": "FixedRate", "Value": found["share"]} in asked


def test_since_says_how_far_to_look_back(run: Run, server: Any) -> None:
    Store(server)
    explained(run, server, "--since", "10m")
    asked = {(body["StartTime"], body["EndTime"]) for path, body in server.asked if path == "/TraceSummaries"}
    assert asked == {(NOW_S - 600, NOW_S)}


@pytest.mark.parametrize("attribute", ["tier", "=gold"])
def test_an_attribute_that_is_none_is_refused(run: Run, server: Any, attribute: str) -> None:
    result = run(main, "sampling", "explain", "--attribute", attribute, "--endpoint", server.url)
    assert result.exit_code == 2
    assert "write KEY=VALUE" in result.output
    assert server.asked == []


@pytest.mark.parametrize("command", ["rules", "explain"])
def test_a_server_that_is_not_there_is_named_with_the_fix(run: Run, command: str) -> None:
    result = run(main, "sampling", command, "--endpoint", NOWHERE)
    assert result.exit_code == 1
    assert "Start one with 'radiograph serve'" in result.output


def test_what_rules_and_traces_say_cannot_steer_the_terminal(run: Run, server: Any) -> None:
    Store(server, [document(1, "ev\x1b[31mil")])
    server.answers["/GetSamplingRules"] = {"SamplingRuleRecords": [rule("x\x1b[2J", 1, Host="\x07"), RULES[1]]}
    result = run(main, "sampling", "explain", "--host", "a", "--endpoint", server.url)
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
