"""Questions over many traces, and the same counted from the summaries and documents that the API gives of each."""

from __future__ import annotations

import base64
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from radiograph.api.answer import answer
from radiograph.api.explore import QUESTIONS, Question
from radiograph.api.explore.clauses import KEYWORDS
from radiograph.api.xray import OPERATIONS
from radiograph.auth.caller import Caller
from radiograph.auth.policy import Attached, compile_policy, read_policy, user
from radiograph.storage.clickhouse import ClickHouseStore
from radiograph.storage.clickhouse.attributes import ATTRIBUTES
from radiograph.storage.clickhouse.sample import take_share
from tests.api.desk import Desk
from tests.storage.conftest import NOW_S, Account, FakeClock

Json = dict[str, Any]
BEGIN = int(NOW_S) - 7200
SERVICES = ["shop", "cart", "pay"]
FILTERS = [
    None,
    "fault",
    'service("cart") { error }',
    'annotation.tenant = "t1" AND !fault',
    "duration > 0.5",
    'group.name = "slow"',
    'metadata.default.plan = "gold"',
    "partial",
]


def traces(count: int, seed: int) -> Iterator[list[Json]]:
    """Give the documents of generated traces: some whose root has a parent, some with calls to a table."""
    rng = random.Random(seed)
    for number in range(count):
        began = BEGIN + rng.random() * 3600
        trace_id = f"1-{int(began):08x}-{rng.getrandbits(96):024x}"
        status = rng.choices([200, 404, 429, 500], [80, 6, 4, 10])[0]
        took = rng.lognormvariate(-2, 1) * (3 if status == 500 else 1)
        calls, documents = [], []
        for service in rng.sample(SERVICES[1:], rng.randint(0, 2)):
            call, part = f"{rng.getrandbits(64) | 1:016x}", took * rng.uniform(0.1, 0.45)
            at = began + took * 0.1 * len(calls)
            calls.append({"id": call, "name": service, "start_time": at, "end_time": at + part, "namespace": "remote"})
            documents.append(_segment(rng, trace_id, service, at, part, rng.choice([200, 200, 404]), call))
        if rng.random() < 0.4:
            calls.append(
                {
                    "id": f"{rng.getrandbits(64) | 1:016x}",
                    "name": "DynamoDB",
                    "start_time": began,
                    "end_time": began + took / 5,
                    "namespace": "aws",
                    "aws": {"table_name": "orders"},
                }
            )
        if number % 9 == 0:
            waiting = {"id": f"{rng.getrandbits(64) | 1:016x}", "name": "mail", "namespace": "remote", "traced": True}
            calls.append(waiting | {"start_time": began, "end_time": began + took / 9})
        root = _segment(rng, trace_id, "shop", began, took, status, f"{7:016x}" if number % 10 == 0 else None)
        root["subsegments"] = calls
        root["metadata"] = {"default": {"plan": rng.choice(["gold", "free"])}}
        if status == 500:
            thrown = {"id": f"{1:016x}", "type": "Timeout", "message": f"no answer from 10.0.0.{number}"}
            root["cause"] = {"exceptions": [thrown]}
        yield [root, *documents]


def _segment(
    rng: random.Random, trace_id: str, name: str, at: float, took: float, status: int, parent: str | None
) -> Json:
    url = f"https://shop.example/{rng.choice(['cart', 'items'])}/{rng.randint(1000, 9999)}"
    document: Json = {
        "trace_id": trace_id,
        "id": f"{rng.getrandbits(64) | 1:016x}",
        "name": name,
        "start_time": at,
        "end_time": at + took,
        "http": {"request": {"method": rng.choice(["GET", "POST"]), "url": url}, "response": {"status": status}},
        "annotations": {"tenant": f"t{rng.randint(0, 3)}", "vip": rng.random() < 0.2, "size": rng.randint(1, 3)},
        "user": f"u{rng.randint(0, 5)}",
    }
    return document if parent is None else document | {"parent_id": parent}


class Console(Desk):
    """A desk that asks a store."""

    def every(self, expression: str | None, **members: Any) -> list[Json]:
        """Give every summary of the window, to the last page."""
        found: list[Json] = []
        token = None
        while True:
            page = self.ask(
                "/TraceSummaries",
                **{"StartTime": BEGIN, "EndTime": BEGIN + 3600} | members,
                FilterExpression=expression,
                NextToken=token,
            )
            found += page["TraceSummaries"]
            token = page.get("NextToken")
            if token is None:
                return found

    def question(self, name: str, **members: Any) -> Any:
        window = {"StartTime": BEGIN, "EndTime": BEGIN + 3600}
        return self.ask(f"/console/api/{name}", **window | members)

    def documents(self, ids: list[str]) -> Iterator[tuple[str, list[Json]]]:
        """Give the documents of each of these traces, inferred segments left out."""
        for first in range(0, len(ids), 100):
            for trace in self.ask("/Traces", TraceIds=ids[first : first + 100])["Traces"]:
                documents = [msgspec.json.decode(one["Document"]) for one in trace["Segments"]]
                yield trace["Id"], [one for one in documents if not one.get("inferred")]


@pytest.fixture(scope="module")
def console(store: ClickHouseStore, clock: FakeClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    account = Account(store, clock)
    made = Console(tmp_path_factory.mktemp("desk") / "settings.sqlite3", account.id)
    made.context = msgspec.structs.replace(made.context, traces=store)
    for documents in traces(220, seed=5):
        account.write(documents)
    made.ask("/CreateGroup", GroupName="slow", FilterExpression="duration > 0.4")
    yield made
    made.context.retrievals.stop()
    made.settings.close()


def rank(values: list[float], share: float) -> float:
    """Give the value below which so large a share lies."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


EACH_FILTER = pytest.mark.parametrize("expression", FILTERS, ids=str)


@EACH_FILTER
def test_a_heatmap_has_every_trace_where_it_began_and_by_how_long_it_took(
    console: Console, expression: str | None
) -> None:
    summaries = console.every(expression)
    found = console.question("Heatmap", FilterExpression=expression, Columns=12, Rows=10)
    assert found["SampledShare"] == 1
    assert found["TracesProcessedCount"] == len(summaries) > 0
    assert found["Columns"] == [BEGIN + n * 300 for n in range(12)]
    assert found["ColumnSeconds"] == 300
    edges = found["RowEdges"]
    assert 2 <= len(edges) <= 11
    expected: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in summaries:
        column = int((int(one["Id"].split("-")[1], 16) - BEGIN) // 300)
        row = max(n for n, edge in enumerate(edges[:-1]) if n == 0 or edge <= one["Duration"] + 1e-9)
        for place, counts in enumerate((True, one["HasError"], one["HasThrottle"], one["HasFault"])):
            expected[column, row][place] += counts
    told = {
        (cell["Column"], cell["Row"]): [cell[name] for name in ("Count", "ErrorCount", "ThrottleCount", "FaultCount")]
        for cell in found["Cells"]
    }
    assert told == dict(expected)


@EACH_FILTER
def test_a_breakdown_counts_the_values_that_summaries_and_documents_tell(
    console: Console, expression: str | None
) -> None:
    summaries = {one["Id"]: one for one in console.every(expression)}
    found = console.question("Breakdown", FilterExpression=expression, MostValues=100)
    assert found["TracesProcessedCount"] == len(summaries)
    having: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for id_, one in summaries.items():
        for attribute, value in attributes(one):
            having[attribute][value].append(id_)
    told = {attribute["Name"]: attribute for attribute in found["Attributes"]}
    asked = {"service", "rootservice", "http.method", "http.status", "http.url", "user"}
    assert asked | {"annotation.tenant", "annotation.vip", "annotation.size"} == set(told)
    for name, values in having.items():
        assert told[name]["Count"] == len({id_ for ids in values.values() for id_ in ids})
        assert told[name]["Distinct"] == len(values)
        for value in told[name]["Values"]:
            of_it = [summaries[id_] for id_ in values[value["Value"]]]
            assert value["Count"] == len(of_it)
            assert value["FaultCount"] == sum(one["HasFault"] for one in of_it)
            assert value["ErrorCount"] == sum(one["HasError"] for one in of_it)
            assert value["ThrottleCount"] == sum(one["HasThrottle"] for one in of_it)
            durations = [one["Duration"] for one in of_it]
            assert value["Median"] == pytest.approx(rank(durations, 0.5))
            assert value["P95"] == pytest.approx(rank(durations, 0.95))


def attributes(summary: Json) -> set[tuple[str, str]]:
    """What a summary tells, as a breakdown names it."""
    found = {("service", one["Name"]) for one in summary["ServiceIds"] if one.get("Type") != "client"}
    found |= {("user", one["UserName"]) for one in summary["Users"]}
    http = summary["Http"]
    found |= {("http.method", http["HttpMethod"]), ("http.url", http["HttpURL"])}
    found |= {("http.status", str(http["HttpStatus"])), ("rootservice", summary["EntryPoint"]["Name"])}
    for key, values in summary["Annotations"].items():
        for one in values:
            [value] = one["AnnotationValue"].values()
            shown = (
                str(value).lower() if isinstance(value, bool) else f"{value:g}" if not isinstance(value, str) else value
            )
            found.add((f"annotation.{key}", shown))
    return found


def test_the_clause_of_a_value_selects_the_traces_that_were_counted(console: Console) -> None:
    found = console.question("Breakdown", MostValues=2)
    for attribute in found["Attributes"]:
        for value in attribute["Values"]:
            if attribute["Name"] != "rootservice":
                assert len(console.every(value["FilterExpression"])) == value["Count"], value


def test_a_breakdown_is_of_the_attributes_asked_for(console: Console) -> None:
    found = console.question("Breakdown", Attributes=["annotation.size", "user"], MostValues=1)
    assert [one["Name"] for one in found["Attributes"]] == ["user", "annotation.size"]
    assert found["Attributes"][1]["Values"][0]["Kind"] == "Number"
    assert [len(one["Values"]) for one in found["Attributes"]] == [1, 1]


def test_two_sets_are_told_apart_by_what_one_has_more_often(console: Console) -> None:
    summaries = console.every(None)
    found = console.question("Explain", SetA={"FilterExpression": "fault"})
    a = [one for one in summaries if one["HasFault"]]
    b = [one for one in summaries if not one["HasFault"]]
    for name, some in (("SetA", a), ("SetB", b)):
        durations = [one["Duration"] for one in some]
        assert found[name]["Count"] == len(some)
        assert found[name]["FaultCount"] == (len(some) if name == "SetA" else 0)
        assert found[name]["Mean"] == pytest.approx(sum(durations) / len(durations))
        assert found[name]["Median"] == pytest.approx(rank(durations, 0.5))
        assert found[name]["P95"] == pytest.approx(rank(durations, 0.95))
    first = found["Differences"][0]
    assert (first["Attribute"], first["Value"], first["ShareA"], first["ShareB"]) == ("http.status", "500", 1, 0)
    assert first["FilterExpression"] == "http.status = 500"
    counts = [Counter(pair for one in some for pair in attributes(one)) for some in (a, b)]
    for one in found["Differences"]:
        pair = one["Attribute"], one["Value"]
        assert (one["CountA"], one["CountB"]) == (counts[0][pair], counts[1][pair])
    ranked = [one["Divergence"] for one in found["Differences"]]
    assert ranked == sorted(ranked, reverse=True)


@pytest.mark.parametrize("second", [None, {"FilterExpression": 'metadata.default.plan = "free"', "MaxDuration": 0.2}])
def test_sets_are_traces_by_time_duration_and_expression(console: Console, second: Json | None) -> None:
    until = BEGIN + 1800
    first = {"StartTime": BEGIN + 600, "EndTime": until, "MinDuration": 0.1, "FilterExpression": 'user = "u1"'}
    found = console.question("Explain", SetA=first, SetB=second)
    narrow = {"StartTime": BEGIN + 600, "EndTime": until}
    a = {one["Id"] for one in console.every('user = "u1"', **narrow) if one["Duration"] >= 0.1}
    if second is None:
        b = {one["Id"] for one in console.every(None)} - a
    else:
        free = console.every('metadata.default.plan = "free"')
        b = {one["Id"] for one in free if one["Duration"] < 0.2} - a
    assert (found["SetA"]["Count"], found["SetB"]["Count"]) == (len(a), len(b))
    assert found["SetA"]["IsSmall"] == (len(a) < 30)


def test_hops_explain_the_difference_of_durations_between_them(console: Console) -> None:
    found = console.question("Explain", SetA={"MinDuration": 0.6})
    hops = {tuple(hop["Path"]): hop for hop in found["Structure"]}
    assert found["StructureCountA"] == found["SetA"]["Count"]
    assert hops["shop",]["CountA"] == found["SetA"]["Count"]
    assert {("shop", "cart", "cart"), ("shop", "DynamoDB")} <= set(hops)
    assert [hop["Path"] for hop in found["Structure"]] == sorted(hop["Path"] for hop in found["Structure"])
    # Nothing runs beside anything else here, but for some overlap: own times make up the whole.
    total_a = sum(hop["SelfA"] for hop in hops.values())
    assert total_a == pytest.approx(found["SetA"]["Mean"], rel=0.35)
    assert hops["shop",]["Contribution"] == pytest.approx(hops["shop",]["SelfA"] - hops["shop",]["SelfB"])
    assert hops["shop", "DynamoDB"]["Type"] == "AWS::DynamoDB::Table"


def test_a_population_is_every_completed_span_of_a_kind(console: Console) -> None:
    kinds = [
        {"Name": "cart"},
        {"Name": "cart", "Operation": "GET /items/*"},
        {"Name": "shop", "Subsegment": "orders", "SubsegmentType": "AWS::DynamoDB::Table"},
        {"Name": "nobody"},
    ]
    found = console.question("Typical", Operations=kinds)["Operations"]
    took: dict[int, list[float]] = defaultdict(list)
    for _, documents in console.documents([one["Id"] for one in console.every(None)]):
        for document in documents:
            request = document["http"]["request"]
            if document["name"] == "cart":
                took[0].append(document["end_time"] - document["start_time"])
                if request["method"] == "GET" and "/items/" in request["url"]:
                    took[1].append(document["end_time"] - document["start_time"])
            for call in document.get("subsegments", ()):
                if call["name"] == "DynamoDB":
                    took[2].append(call["end_time"] - call["start_time"])
    for n, one in enumerate(found):
        assert one["Count"] == len(took[n])
        for name, share in (("Median", 0.5), ("P90", 0.9), ("P95", 0.95), ("P99", 0.99)):
            assert one[name] == (pytest.approx(rank(took[n], share), abs=1e-5) if took[n] else 0)
    assert found[3]["FaultShare"] == 0


def test_the_populations_of_a_trace_say_which_of_its_spans_they_are_of(console: Console) -> None:
    trace_id = console.every('service("cart") AND service("pay")')[0]["Id"]
    found = console.question("Typical", TraceId=trace_id)["Operations"]
    [(_, documents)] = console.documents([trace_id])
    spans = {one["id"] for one in documents} | {call["id"] for one in documents for call in one.get("subsegments", ())}
    assert sorted(id_ for one in found for id_ in one["SpanIds"]) == sorted(spans)
    assert all(one["Count"] > 0 for one in found)


def test_operations_are_methods_and_paths_without_their_identifiers(console: Console) -> None:
    found = console.question("Operations", ServiceName="shop")
    expected: Counter[str] = Counter()
    for _, documents in console.documents([one["Id"] for one in console.every(None)]):
        for document in documents:
            if document["name"] == "shop":
                request = document["http"]["request"]
                expected[f"{request['method']} /{request['url'].split('/')[3]}/*"] += 1
    assert {one["Operation"]: one["Count"] for one in found["Operations"]} == expected
    assert found["Distinct"] == len(expected) == 4
    assert sum(one["ShareOfTime"] for one in found["Operations"]) == pytest.approx(1)
    one = found["Operations"][0]
    assert len(console.every(one["FilterExpression"])) == one["Count"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"Keyword": "service", "Prefix": "CA"}, ["cart"]),
        ({"Keyword": "http.method"}, ["GET", "POST"]),
        ({"Keyword": "http.status"}, ["200", "404", "429", "500"]),
        ({"Keyword": "type"}, ["AWS::DynamoDB::Table", "remote"]),
        ({}, ["size", "tenant", "vip"]),
        ({"Prefix": "T"}, ["tenant"]),
        ({"AnnotationKey": "tenant"}, ["t0", "t1", "t2", "t3"]),
        ({"AnnotationKey": "vip"}, ["false", "true"]),
        ({"AnnotationKey": "size", "Prefix": "2"}, ["2"]),
    ],
    ids=str,
)
def test_completions_are_observed_values(console: Console, asked: Json, expected: list[str]) -> None:
    found = console.question("Complete", **asked)["Values"]
    assert sorted(one["Value"] for one in found) == expected
    counts = [one["Count"] for one in found]
    assert counts == sorted(counts, reverse=True)


def test_a_completion_is_spelled_as_an_expression_needs_it(console: Console) -> None:
    [one] = console.question("Complete", AnnotationKey="tenant", Prefix="t1")["Values"]
    assert (one["Kind"], one["Literal"]) == ("String", '"t1"')
    found = console.question("Complete", AnnotationKey="vip")["Values"]
    assert {(one["Kind"], one["Literal"]) for one in found} == {("Boolean", "true"), ("Boolean", "false")}


def test_exceptions_that_differ_in_numbers_are_one_group(console: Console) -> None:
    found = console.question("Exceptions", Columns=6)
    faults = console.every("fault")
    [group] = found["Groups"]
    assert (group["Type"], group["Services"]) == ("Timeout", ["shop"])
    assert group["Count"] == group["TraceCount"] == len(faults)
    assert sum(group["Columns"]) == len(faults)
    starts = sorted(one["StartTime"] for one in faults)
    assert (group["FirstSeen"], group["LastSeen"]) == pytest.approx((starts[0], starts[-1]), abs=1e-3)
    newest = sorted(faults, key=lambda one: one["StartTime"], reverse=True)[:3]
    assert group["TraceIds"] == [one["Id"] for one in newest]
    assert found["SampledShare"] == 1
    assert console.question("Exceptions", ServiceName="cart")["Groups"] == []


def test_what_has_come_is_told_once(console: Console, store: ClickHouseStore, clock: FakeClock) -> None:
    account = Account(store, clock)
    account.id = console.context.account
    cursor = console.question("Live")["Cursor"]
    assert console.question("Live", Cursor=cursor) == {"Traces": [], "Dropped": 0, "Cursor": cursor}
    late = list(traces(30, seed=77))
    for documents in late:
        account.write(documents)
    ids = [documents[0]["trace_id"] for documents in late]
    found = console.question("Live", Cursor=cursor, Most=20)
    assert [one["Id"] for one in found["Traces"]] == ids[-20:]
    assert found["Dropped"] == 10
    faulty = console.question("Live", Cursor=cursor, FilterExpression="fault AND !partial")
    assert {one["Id"] for one in faulty["Traces"]} == {one["Id"] for one in console.every("fault")} & set(ids)
    gold = console.question("Live", Cursor=cursor, FilterExpression='metadata.default.plan = "gold"')
    plans = {documents[0]["trace_id"] for documents in late if documents[0]["metadata"]["default"]["plan"] == "gold"}
    assert {one["Id"] for one in gold["Traces"]} == plans
    assert console.question("Live", Cursor=found["Cursor"])["Traces"] == []


@pytest.mark.parametrize("sequence", [-1, 1 << 63])
def test_a_cursor_that_nobody_was_given_is_refused(console: Console, sequence: int) -> None:
    forged = base64.urlsafe_b64encode(msgspec.msgpack.encode([sequence])).decode()
    assert console.refused("/console/api/Live", Cursor=forged)[0] == "InvalidRequestException"


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_what_traces_are_broken_down_by_can_be_completed_too(console: Console, keyword: str) -> None:
    assert keyword in ATTRIBUTES
    if keyword != "rootservice":
        console.question("Complete", Keyword=keyword)


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS.values()])
def test_a_wrong_question_is_refused_with_what_is_accepted(console: Console, name: str) -> None:
    backwards = {"StartTime": BEGIN, "EndTime": BEGIN - 1, "SetA": {}, "ServiceName": "shop", "TraceId": "1-2-3"}
    wrong = {"Cursor": "?"} if name == "Live" else backwards
    code, message = console.refused(f"/console/api/{name}", **wrong)
    assert code == "InvalidRequestException"
    assert "accepted" in message


@pytest.mark.parametrize(
    ("name", "members", "told"),
    [
        ("Heatmap", {"FilterExpression": "fautl"}, "column 1"),
        ("Breakdown", {"Attributes": ["colour"]}, "'colour'"),
        ("Complete", {"Keyword": "fault"}, "'fault'"),
        ("Complete", {"Keyword": "user", "AnnotationKey": "tenant"}, "one of them"),
        ("Explain", {"SetA": {"MinDuration": 2, "MaxDuration": 1}}, "SetA"),
        ("Explain", {"SetA": {"FilterExpression": "duration >"}}, "column"),
        ("Typical", {}, "Operations"),
        ("Changes", {"Against": BEGIN + 60}, "Against"),
        ("Heatmap", {"Columns": 241}, "Columns"),
    ],
)
def test_a_wrong_member_is_named(console: Console, name: str, members: Json, told: str) -> None:
    window = {"StartTime": BEGIN, "EndTime": BEGIN + 3600}
    _, message = console.refused(f"/console/api/{name}", **window | members)
    assert told in message


def test_no_question_stands_where_an_operation_of_x_ray_does() -> None:
    assert not QUESTIONS.keys() & OPERATIONS.keys()
    names = {operation.name for operation in OPERATIONS.values()}
    assert {needed for question in QUESTIONS.values() for needed in question.needs} <= names


@pytest.mark.parametrize(("share", "blocks"), [(0.5, 36), (0.01, 36), (0.3, 240)])
def test_a_share_is_stretches_all_over_the_window(share: float, blocks: int) -> None:
    got, sql = take_share(1_000_000, 1_000_000 + 86_400, share, blocks)
    assert got == pytest.approx(share, rel=0.15)
    assert sql.count(" OR ") == blocks - 1


def test_a_share_shorter_than_seconds_is_by_the_ids() -> None:
    assert "cityHash64(trace_id)" in take_share(0, 60, 0.01, 36)[1]
    assert take_share(0, 60, 1.5, 36) == (1.0, "")


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_a_question_needs_the_operations_that_would_tell_as_much(console: Console, question: Question) -> None:
    for denied in question.needs:
        others = [f"xray:{needed}" for needed in question.needs if needed != denied] or ["xray:PutTraceSegments"]
        document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": others, "Resource": "*"}}
        allowed = compile_policy(read_policy(json.dumps(document)))
        someone = user(f"arn:aws:iam::{console.context.account}:user/reader", "AIDAREADER")
        caller = Caller(principal=someone, attached=Attached(identity=(allowed,)))
        context = msgspec.structs.replace(console.context, caller=caller)
        body = {
            "StartTime": BEGIN,
            "EndTime": BEGIN + 60,
            "SetA": {},
            "ServiceName": "shop",
            "TraceId": f"1-{0:08x}-{0:024x}",
        }
        status, _, told = answer("POST", question.path, "a-request", msgspec.json.encode(body), context)
        assert status == 403
        assert f"xray:{denied}" in msgspec.json.decode(told)["message"]


def test_a_service_that_fails_more_than_before_is_told_with_the_minute_since_when(
    store: ClickHouseStore, clock: FakeClock, tmp_path: Path
) -> None:
    account = Account(store, clock)
    desk = Console(tmp_path / "settings.sqlite3", account.id)
    desk.context = msgspec.structs.replace(desk.context, traces=store)
    rng, begin = random.Random(1), BEGIN // 60 * 60
    for minute in range(20):
        for number in range(30):
            at = begin + minute * 60 + number
            trace_id = f"1-{at:08x}-{rng.getrandbits(96):024x}"
            failing = minute >= 14 and number % 3 == 0
            status = 500 if failing else 200
            account.write([_segment(rng, trace_id, "shop", at, 0.1, status, None)])
            account.write([_segment(rng, trace_id, "mail", at, 0.1, 200, None)])
    asked = {"StartTime": begin + 600, "EndTime": begin + 1200}
    found = desk.question("Changes", **asked)
    first, second = found["Services"][:2]
    assert (found["StartTimeBefore"], found["EndTimeBefore"]) == (begin, begin + 600)
    assert (first["Name"], first["Count"], first["CountBefore"]) == ("shop", 300, 300)
    assert (first["FaultShare"], first["FaultShareBefore"]) == (0.2, 0)
    assert (first["IsUnhealthy"], first["FirstBad"]) == (True, begin + 14 * 60)
    assert first["P95"] == pytest.approx(0.1, rel=0.05)
    assert (second["Name"], second["IsUnhealthy"]) == ("mail", False)
    assert "FirstBad" not in second
    desk.context.retrievals.stop()
    desk.settings.close()


def test_who_comes_back_late_is_told_how_many_there_were_and_gets_the_newest(
    console: Console, store: ClickHouseStore, clock: FakeClock
) -> None:
    account = Account(store, clock)
    account.id = console.context.account
    cursor = console.question("Live")["Cursor"]
    late = [documents[:1] for documents in traces(1_030, seed=78)]
    account.write([document for documents in late for document in documents])
    found = console.question("Live", Cursor=cursor, Most=20)
    assert [one["Id"] for one in found["Traces"]] == [documents[0]["trace_id"] for documents in late[-20:]]
    assert found["Dropped"] == 1_010
