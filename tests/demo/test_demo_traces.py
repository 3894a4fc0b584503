"""What the demonstration's shop sends: legal documents, the same for the same seed, and each scenario's trouble."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from radiograph.demo import Document, Emission, Scenario, trace
from radiograph.segments.decode import Accepted, decode

START_S = 1_790_000_000.0
TRACES = 150

NAME = re.compile(r"[\w\s.:/%&#=+\-@]{1,200}")
ENTITY_ID = re.compile(r"[0-9a-f]{16}")
TRACE_ID = re.compile(r"1-[0-9a-f]{8}-[0-9a-f]{24}")
KEY = re.compile(r"[A-Za-z0-9_]{1,500}")

every_scenario = pytest.mark.parametrize("scenario", list(Scenario))


def tell(scenario: Scenario, seed: int, traces: int) -> list[list[Emission]]:
    rng = random.Random(seed)
    return [trace(rng, START_S + second, scenario) for second in range(traces)]


@cache
def told(scenario: Scenario, traces: int = TRACES) -> list[list[Emission]]:
    return tell(scenario, 7, traces)


def documents(traces: list[list[Emission]]) -> list[Document]:
    return [emission.document for emissions in traces for emission in emissions]


def entities(document: Document) -> Iterator[Document]:
    yield document
    for child in document.get("subsegments", []):
        yield from entities(child)


def everything(traces: list[list[Emission]]) -> list[Document]:
    return [entity for document in documents(traces) for entity in entities(document)]


def segments(traces: list[list[Emission]]) -> list[Document]:
    return [document for document in documents(traces) if "type" not in document and "end_time" in document]


def is_text(value: Any, at_most: int = 250) -> bool:
    return isinstance(value, str) and len(value) <= at_most


@every_scenario
def test_every_entity_has_a_legal_name_id_and_times(scenario: Scenario) -> None:
    for entity in everything(told(scenario)):
        assert NAME.fullmatch(entity["name"]), entity["name"]
        assert ENTITY_ID.fullmatch(entity["id"])
        assert entity["id"] != "0" * 16
        if entity.get("in_progress"):
            assert "end_time" not in entity
        else:
            assert entity["end_time"] >= entity["start_time"] >= START_S


@every_scenario
def test_every_document_names_its_trace_and_fits_a_datagram(scenario: Scenario) -> None:
    for document in documents(told(scenario)):
        assert TRACE_ID.fullmatch(document["trace_id"])
        assert int(document["trace_id"][2:10], 16) == pytest.approx(document["start_time"], abs=30)
        assert len(json.dumps(document).encode()) <= 65_000
        if document.get("type") == "subsegment":
            assert ENTITY_ID.fullmatch(document["parent_id"])


@every_scenario
def test_the_server_s_own_door_takes_every_document(scenario: Scenario) -> None:
    for document in documents(told(scenario)):
        for verdict in decode(json.dumps(document), now=START_S + TRACES):
            assert isinstance(verdict, Accepted), verdict


@every_scenario
def test_annotations_users_and_flags_have_legal_types(scenario: Scenario) -> None:
    for entity in everything(told(scenario)):
        for key, value in entity.get("annotations", {}).items():
            assert KEY.fullmatch(key)
            assert isinstance(value, bool | int | float) or is_text(value, 1000)
        assert is_text(entity.get("user", ""))
        assert entity.get("namespace", "local") in ("aws", "remote", "local")
        for flag in ("fault", "error", "throttle"):
            assert isinstance(entity.get(flag, False), bool)
        for value in entity.get("sql", {}).values():
            assert is_text(value, 1000)


@every_scenario
def test_an_id_is_used_once_in_a_trace(scenario: Scenario) -> None:
    for emissions in told(scenario):
        complete = [e.document for e in emissions if not e.document.get("in_progress")]
        ids = [entity["id"] for document in complete for entity in entities(document)]
        assert len(ids) == len(set(ids))


@every_scenario
def test_every_parent_is_in_the_trace(scenario: Scenario) -> None:
    for emissions in told(scenario):
        present = {entity["id"] for e in emissions for entity in entities(e.document)}
        for emission in emissions:
            assert emission.document.get("parent_id", next(iter(present))) in present


@every_scenario
def test_a_subsegment_lies_within_its_parent(scenario: Scenario) -> None:
    for entity in everything(told(scenario)):
        for child in entity.get("subsegments", []):
            assert entity["start_time"] <= child["start_time"]
            assert child["end_time"] <= entity["end_time"] + 1e-6


@every_scenario
def test_the_same_seed_and_start_repeat_the_documents(scenario: Scenario) -> None:
    assert tell(scenario, 42, 30) == tell(scenario, 42, 30)


def test_another_seed_tells_other_traces() -> None:
    assert tell(Scenario.HEALTHY, 1, 5) != tell(Scenario.HEALTHY, 2, 5)


def test_a_document_is_sent_after_what_it_tells_and_callees_before_their_callers() -> None:
    for emissions in told(Scenario.HEALTHY):
        assert [e.at_s for e in emissions] == sorted(e.at_s for e in emissions)
        sent_s = {e.document["id"]: e.at_s for e in emissions if "end_time" in e.document}
        for emission in emissions:
            document = emission.document
            assert emission.at_s >= document.get("end_time", document["start_time"])
            for entity in entities(document):
                for other in emissions:
                    called = other.document.get("parent_id") == entity["id"] and entity.get("namespace") == "remote"
                    if called and "end_time" in document:
                        assert sent_s[other.document["id"]] <= emission.at_s


def test_the_network_lies_between_a_call_and_the_segment_that_serves_it() -> None:
    traces = told(Scenario.HEALTHY)
    by_id = {entity["id"]: entity for entity in everything(traces) if entity.get("namespace") == "remote"}
    served = [segment for segment in segments(traces) if segment.get("parent_id") in by_id]
    assert served
    for segment in served:
        call = by_id[segment["parent_id"]]
        assert call["start_time"] < segment["start_time"]
        assert segment["end_time"] < call["end_time"]


def test_the_shop_has_at_least_eight_services_on_every_kind_of_compute() -> None:
    traces = told(Scenario.HEALTHY, traces=400)
    assert len({segment["name"] for segment in segments(traces)}) >= 8
    assert {segment["origin"] for segment in segments(traces)} >= {
        "AWS::ECS::Container",
        "AWS::ECS::Fargate",
        "AWS::EKS::Container",
        "AWS::EC2::Instance",
        "AWS::ElasticBeanstalk::Environment",
        "AWS::APIGateway::Stage",
        "AWS::Lambda",
        "AWS::Lambda::Function",
    }
    blocks = [segment["aws"] for segment in segments(traces)]
    for block in ("ec2", "ecs", "eks", "elastic_beanstalk", "api_gateway", "xray"):
        assert any(block in aws for aws in blocks), block


def test_it_calls_sql_dynamodb_s3_sqs_sns_and_an_api_of_others() -> None:
    traces = told(Scenario.HEALTHY)
    calls = everything(traces)
    statement = next(call for call in calls if "sql" in call)
    assert statement["namespace"] == "remote"
    assert {"connection_string", "url", "sanitized_query", "database_type"} <= statement["sql"].keys()
    members = {
        "table_name": ("dynamodb", "DynamoDB"),
        "bucket_name": ("s3", "S3"),
        "queue_url": ("sqs", "SQS"),
        "topic_arn": ("sns", "SNS"),
    }
    for member, names in members.items():
        found = [call for call in calls if call.get("namespace") == "aws" and member in call.get("aws", {})]
        assert found, member
        assert {call["name"] for call in found} <= set(names)
        assert all({"operation", "region", "request_id"} <= call["aws"].keys() for call in found)
    called = {segment.get("parent_id") for segment in segments(traces)}
    cards = [call for call in calls if call["name"] == "api.cards.example"]
    assert cards
    assert not {call["id"] for call in cards} & called


def test_the_queue_s_consumer_joins_the_trace_or_links_to_it() -> None:
    traces = told(Scenario.HEALTHY, traces=300)
    sends = {call["id"]: call for call in everything(traces) if call.get("aws", {}).get("operation") == "SendMessage"}
    workers = [segment for segment in segments(traces) if segment["name"] == "shipping-worker"]
    joined = [worker for worker in workers if worker.get("parent_id") in sends]
    linked = [worker for worker in workers if "links" in worker]
    assert joined
    assert linked
    assert len(joined) + len(linked) == len(workers)
    for worker in joined:
        assert worker["start_time"] > sends[worker["parent_id"]]["end_time"]
    for worker in linked:
        (link,) = worker["links"]
        assert "parent_id" not in worker
        assert link["trace_id"] != worker["trace_id"]
        assert link["id"] in sends


def test_some_documents_are_sent_in_progress_and_completed_later() -> None:
    traces = told(Scenario.HEALTHY)
    announced = [document for document in documents(traces) if document.get("in_progress")]
    complete = {document["id"]: document for document in segments(traces)}
    assert announced
    for document in announced:
        assert "response" not in document.get("http", {})
        assert complete[document["id"]]["start_time"] == document["start_time"]


def test_some_subsegments_are_streamed_alone() -> None:
    assert any(document.get("type") == "subsegment" for document in documents(told(Scenario.HEALTHY)))


def test_every_entry_is_annotated_as_a_demonstration() -> None:
    for segment in segments(told(Scenario.HEALTHY)):
        if "parent_id" not in segment:
            assert segment["annotations"]["demo"] is True


def test_an_order_carries_its_value_and_who_ordered() -> None:
    orders = [s for s in segments(told(Scenario.HEALTHY)) if "order_value" in s.get("annotations", {})]
    assert orders
    for order in orders:
        assert isinstance(order["annotations"]["order_value"], float)
        assert isinstance(order["annotations"]["express"], bool)
        assert order["user"].startswith("customer-")


def entry_status(scenario: Scenario) -> Counter[str]:
    found: Counter[str] = Counter()
    for segment in segments(told(scenario, traces=600)):
        if "parent_id" not in segment and segment["name"] in ("storefront", "shop-api/prod"):
            flags = [flag for flag in ("fault", "throttle", "error") if segment.get(flag)]
            found[flags[0] if flags else "ok"] += 1
    return found


def test_a_healthy_shop_has_few_faults_but_some() -> None:
    found = entry_status(Scenario.HEALTHY)
    assert 0 < found["fault"] + found["error"] < 0.05 * found.total()


def test_a_slow_database_is_slow_and_sometimes_times_out() -> None:
    def median_s(scenario: Scenario) -> float:
        took = sorted(c["end_time"] - c["start_time"] for c in everything(told(scenario)) if "sql" in c)
        return took[len(took) // 2]

    assert median_s(Scenario.SLOW_DATABASE) > 5 * median_s(Scenario.HEALTHY)
    timeouts = [c for c in everything(told(Scenario.SLOW_DATABASE)) if "sql" in c and c.get("fault")]
    assert timeouts
    assert timeouts[0]["cause"]["exceptions"][0]["stack"]


def test_a_throttled_table_answers_429_and_is_tried_again() -> None:
    calls = [c for c in everything(told(Scenario.THROTTLED)) if "table_name" in c.get("aws", {})]
    refused = [c for c in calls if c["http"]["response"]["status"] == 429]
    assert len(refused) > 0.4 * len(calls)
    assert all(c["throttle"] and c["error"] for c in refused)
    assert max(c["aws"]["retries"] for c in calls) >= 2
    assert entry_status(Scenario.THROTTLED)["throttle"] > 20


def test_a_bad_deploy_faults_in_the_new_version_only() -> None:
    payments = [s for s in segments(told(Scenario.BAD_DEPLOY, traces=600)) if s["name"] == "payment"]
    broken = [s for s in payments if s.get("fault")]
    assert {s["service"]["version"] for s in payments} == {"2.14.0", "2.15.0"}
    assert len(broken) > 5
    assert {s["service"]["version"] for s in broken} == {"2.15.0"}


def test_an_exception_is_written_once_and_pointed_at_by_its_id_above() -> None:
    for segment in segments(told(Scenario.BAD_DEPLOY, traces=600)):
        if segment["name"] != "payment" or segment.get("http", {}).get("response", {}).get("status") != 500:
            continue
        written = [e["cause"] for e in entities(segment) if isinstance(e.get("cause"), dict)]
        assert len(written) == 1
        assert written[0]["exceptions"][0]["type"] == "KeyError"
        assert segment["cause"] == written[0]["exceptions"][0]["id"]


def repeats(scenario: Scenario) -> int:
    most = 0
    for emissions in told(scenario):
        queries = Counter(
            entity["sql"]["sanitized_query"] for e in emissions for entity in entities(e.document) if "sql" in entity
        )
        most = max(most, *queries.values(), 0)
    return most


def test_n_plus_one_repeats_one_query_dozens_of_times() -> None:
    assert repeats(Scenario.N_PLUS_ONE) >= 24
    assert repeats(Scenario.HEALTHY) <= 8


def test_a_cold_start_shows_as_an_initialization() -> None:
    def starts(scenario: Scenario) -> list[Document]:
        return [entity for entity in everything(told(scenario)) if entity["name"] == "Initialization"]

    assert len(starts(Scenario.COLD_START)) > 20
    assert len(starts(Scenario.HEALTHY)) < 10
    assert all(entity["end_time"] - entity["start_time"] > 0.3 for entity in starts(Scenario.COLD_START))
