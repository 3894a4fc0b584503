"""Spans as documents: what is a segment and what is inside it, names, outcomes, and the parts that X-Ray knows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.decode import MAX_DOCUMENT_BYTES, Accepted, Limits, decode
from radiograph.segments.otel import Annotated, OtelLink, OtelSpan, to_documents, to_spans
from tests.segments.spans import (
    LOCAL_PARENT,
    NOW_NS,
    NOW_S,
    REMOTE_PARENT,
    SERVICE,
    TRACE,
    XRAY_TRACE,
    document,
    documents,
    event,
    inside,
    span,
    translated,
)

CALLER = "2000000000000002"


# --- places


def test_a_servers_span_is_a_segment_called_as_its_service():
    found = document(span(name="GET /cart"))
    assert found["name"] == "checkout"
    assert found["trace_id"] == XRAY_TRACE
    assert found["id"] == "1000000000000001"
    assert "type" not in found
    assert found["metadata"]["default"]["otel.span.name"] == "GET /cart"


def test_times_are_epoch_seconds():
    found = document(span())
    assert (found["start_time"], found["end_time"]) == (NOW_S - 2, NOW_S - 1)


def test_a_servers_span_below_anothers_call_is_a_segment_with_that_parent():
    found = document(span(parent=CALLER, kind="SERVER"))
    assert found["parent_id"] == CALLER
    assert "type" not in found


def test_work_inside_whose_parent_came_along_is_nested():
    found = document(span(), span(CALLER, "1000000000000001", name="render"))
    (nested,) = found["subsegments"]
    assert (nested["id"], nested["name"]) == (CALLER, "render")
    assert "trace_id" not in nested


def test_work_inside_whose_parent_did_not_come_along_is_a_subsegment_of_its_own():
    found = document(span(CALLER, "1000000000000001"))
    assert (found["type"], found["trace_id"], found["parent_id"]) == ("subsegment", XRAY_TRACE, "1000000000000001")


def test_a_span_whose_parent_is_known_to_be_in_another_process_is_a_segment():
    assert "type" not in document(span(parent=CALLER, kind="CONSUMER", flags=REMOTE_PARENT))


def test_a_span_whose_parent_is_known_to_be_in_this_process_is_a_subsegment():
    assert document(span(parent=CALLER, kind="CONSUMER", flags=LOCAL_PARENT))["type"] == "subsegment"


def test_a_span_below_one_of_another_service_is_a_segment():
    found = documents(span(), span(CALLER, "1000000000000001", resource={"service.name": "stock"}))
    assert sorted(one["name"] for one in found) == ["checkout", "stock"]
    assert all("type" not in one for one in found)


def test_two_equal_resources_are_one_service():
    found = document(span(), span(CALLER, "1000000000000001", resource=dict(SERVICE)))
    assert len(found["subsegments"]) == 1


def test_a_call_that_nothing_is_around_gets_its_services_segment_around_it():
    found = document(span(kind="CLIENT", attributes={"server.address": "api.example"}))
    (call,) = found["subsegments"]
    assert found["name"] == "checkout"
    assert (call["id"], call["name"], call["namespace"]) == ("1000000000000001", "api.example", "remote")
    assert found["id"] != call["id"]
    assert "http" not in found


def test_a_batch_sent_twice_is_the_same_documents_twice():
    spans = [span(kind="CLIENT"), span(CALLER, "1000000000000001", failed=True, status_message="no")]
    assert translated(*spans) == translated(*spans)


def test_the_local_root_of_application_signals_is_the_services_segment_and_its_dependency():
    told = {"aws.span.kind": "LOCAL_ROOT", "aws.local.service": "orders", "aws.remote.service": "AWS::SQS"}
    found = document(span(parent=CALLER, kind="CONSUMER", attributes=told))
    (dependency,) = found["subsegments"]
    assert (found["name"], found["parent_id"]) == ("orders", CALLER)
    assert (dependency["name"], dependency["namespace"]) == ("SQS", "aws")


def test_a_circle_of_parents_is_cut_and_nothing_is_lost():
    found = documents(span("000000000000000a", "000000000000000b"), span("000000000000000b", "000000000000000a"))
    assert _ids(found) == {"000000000000000a", "000000000000000b"}


def test_a_span_that_is_its_own_parent_is_a_segment():
    found = document(span("000000000000000a", "000000000000000a"))
    assert "type" not in found
    assert "parent_id" not in found


def test_a_chain_of_a_thousand_spans_becomes_documents_that_can_all_be_read():
    spans = [span(f"{place + 1:016x}", f"{place:016x}" if place else "") for place in range(1000)]
    found = documents(*spans)
    assert len(_ids(found)) == 1000


def test_what_does_not_fit_into_a_document_is_one_of_its_own():
    children = [span(f"{place + 2:016x}", "0000000000000001", attributes={"x": "y" * 1000}) for place in range(200)]
    given = translated(span("0000000000000001"), *children)
    assert max(map(len, given.documents)) <= MAX_DOCUMENT_BYTES
    assert len(_ids([msgspec.json.decode(one) for one in given.documents])) == 201


def test_children_are_in_the_order_they_began():
    late = span("000000000000000a", "1000000000000001", start_unix_nano=NOW_NS - 1_200_000_000)
    found = document(span(), late, span("000000000000000b", "1000000000000001"))
    assert [one["id"] for one in found["subsegments"]] == ["000000000000000b", "000000000000000a"]


# --- what is refused


@pytest.mark.parametrize("days", [-365, 365])
def test_a_span_a_year_off_is_refused_by_its_id_and_its_neighbour_is_kept(days: int):
    off = NOW_NS + days * 86_400 * 10**9
    given = translated(span(), span(CALLER, start_unix_nano=off, end_unix_nano=off))
    assert len(given.documents) == 1
    (refused,) = given.refused
    assert CALLER in refused.span
    assert "is accepted" in refused.reason


def test_a_span_of_ten_megabytes_is_refused_and_its_children_are_kept():
    given = translated(span(attributes={"x": "y" * 10_000_000}), span(CALLER, "1000000000000001"))
    (refused,) = given.refused
    assert "1000000000000001" in refused.span
    assert _ids([msgspec.json.decode(one) for one in given.documents]) == {CALLER}


# --- names


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ({"aws.remote.service": "AWS.SDK.S3", "peer.service": "x"}, "S3"),
        ({"peer.service": "billing", "server.address": "10.0.0.1"}, "billing"),
        ({"rpc.system": "aws-api", "rpc.service": "DynamoDB", "server.address": "x"}, "DynamoDB"),
        ({"db.system": "postgresql", "db.name": "shop", "server.address": "db.example"}, "shop@db.example"),
        (
            {"db.system": "mysql", "db.name": "shop", "db.connection_string": "jdbc:mysql://db:3306"},
            "shop@db",
        ),
        ({"db.system": "sqlite"}, "sqlite"),
        ({"rpc.system": "grpc", "rpc.service": "shop.Stock", "server.address": "x"}, "shop.Stock"),
        ({"http.host": "api.example", "net.peer.name": "10.0.0.1"}, "api.example"),
        ({"http.request.method": "GET", "url.full": "https://api.example:8443/x?y"}, "api.example"),
        ({}, "work"),
    ],
)
def test_a_call_is_named_by_what_says_best_who_is_called(attributes: dict[str, Any], name: str):
    assert inside(span(CALLER, kind="CLIENT", attributes=attributes))["name"] == name


def test_a_message_that_is_sent_is_a_call_of_its_destination():
    found = inside(span(CALLER, kind="PRODUCER", attributes={"messaging.destination.name": "orders"}))
    assert (found["name"], found["namespace"]) == ("orders", "remote")


def test_characters_that_names_cannot_have_go():
    assert document(span(resource={"service.name": "check<out>!"}))["name"] == "checkout"


def test_a_service_that_does_not_say_its_name_is_called_as_its_span():
    assert document(span(resource={}, name="GET /"))["name"] == "GET /"


# --- parts


@pytest.mark.parametrize(
    "attributes",
    [
        {
            "http.request.method": "GET",
            "url.full": "https://shop.example/cart?x=1",
            "http.response.status_code": 200,
            "user_agent.original": "curl",
            "client.address": "10.1.2.3",
        },
        {
            "http.method": "GET",
            "http.url": "https://shop.example/cart?x=1",
            "http.status_code": 200,
            "http.user_agent": "curl",
            "http.client_ip": "10.1.2.3",
        },
        {
            "http.request.method": "GET",
            "url.scheme": "https",
            "server.address": "shop.example",
            "server.port": 443,
            "url.path": "/cart",
            "url.query": "x=1",
            "http.response.status_code": "200",
            "user_agent.original": "curl",
            "client.address": "10.1.2.3",
        },
        {
            "http.method": "GET",
            "http.scheme": "https",
            "http.host": "shop.example",
            "http.target": "/cart?x=1",
            "http.status_code": 200,
            "http.user_agent": "curl",
            "http.client_ip": "10.1.2.3",
        },
    ],
    ids=["new", "old", "parts", "old parts"],
)
def test_a_request_reads_the_same_in_every_convention(attributes: dict[str, Any]):
    assert document(span(attributes=attributes))["http"] == {
        "request": {
            "method": "GET",
            "url": "https://shop.example/cart?x=1",
            "user_agent": "curl",
            "client_ip": "10.1.2.3",
            "x_forwarded_for": True,
        },
        "response": {"status": 200},
    }


def test_a_port_that_is_not_the_usual_one_is_in_the_url():
    told = {"http.method": "GET", "url.scheme": "http", "server.address": "h", "server.port": 8080, "url.path": "/"}
    assert document(span(attributes=told))["http"]["request"]["url"] == "http://h:8080/"


@pytest.mark.parametrize("system", [{"db.system": "postgresql"}, {"db.system.name": "postgresql"}])
def test_a_query_is_sql(system: dict[str, str]):
    told = {"db.namespace": "shop", "db.query.text": "select 1", "db.user": "me", "server.address": "db.example"}
    assert inside(span(CALLER, kind="CLIENT", name="SELECT shop", attributes={**system, **told}))["sql"] == {
        "url": "SELECT shop",
        "connection_string": "db.example/shop",
        "database_type": "postgresql",
        "user": "me",
        "sanitized_query": "select 1",
    }


def test_a_database_without_sql_keeps_its_attributes():
    found = inside(span(CALLER, kind="CLIENT", attributes={"db.system": "redis", "db.statement": "GET x"}))
    assert "sql" not in found
    assert found["metadata"]["default"] == {"db.system": "redis", "db.statement": "GET x"} | _named(found)


def test_a_call_of_an_aws_sdk_names_service_operation_and_resource():
    told = {
        "rpc.system": "aws-api",
        "rpc.service": "DynamoDB",
        "rpc.method": "PutItem",
        "aws.region": "eu-west-1",
        "aws.requestId": "R1",
        "aws.dynamodb.table_names": ["orders"],
        "http.status_code": 200,
    }
    found = inside(span(CALLER, kind="CLIENT", attributes=told))
    assert (found["name"], found["namespace"]) == ("DynamoDB", "aws")
    assert found["aws"] == {
        "operation": "PutItem",
        "region": "eu-west-1",
        "request_id": "R1",
        "table_name": "orders",
    }
    assert found["http"]["response"]["status"] == 200


@pytest.mark.parametrize(
    ("resource", "origin"),
    [
        ({"cloud.platform": "aws_ec2"}, "AWS::EC2::Instance"),
        ({"cloud.platform": "aws_ecs"}, "AWS::ECS::Container"),
        ({"cloud.platform": "aws_ecs", "aws.ecs.launchtype": "FARGATE"}, "AWS::ECS::Fargate"),
        ({"cloud.platform": "aws_eks"}, "AWS::EKS::Container"),
        ({"cloud.platform": "aws_elastic_beanstalk"}, "AWS::ElasticBeanstalk::Environment"),
        ({"cloud.platform": "aws_app_runner"}, "AWS::AppRunner::Service"),
        ({"cloud.platform": "gcp_cloud_run", "cloud.provider": "gcp"}, None),
        ({"cloud.platform": "aws_ec2", "cloud.provider": "gcp"}, None),
        ({}, None),
    ],
)
def test_the_platform_is_the_origin(resource: dict[str, str], origin: str | None):
    assert document(span(resource={**SERVICE, **resource})).get("origin") == origin


def test_the_machine_is_under_aws_and_the_whole_resource_in_metadata():
    resource = {**SERVICE, "cloud.platform": "aws_ec2", "host.id": "i-1", "cloud.availability_zone": "a", "team": "x"}
    found = document(span(resource=resource))
    assert found["aws"]["ec2"] == {"instance_id": "i-1", "availability_zone": "a"}
    assert found["metadata"]["default"]["otel.resource.team"] == "x"
    assert found["metadata"]["default"]["otel.resource.host.id"] == "i-1"


def test_the_rule_that_sampled_a_request_is_the_tracers():
    assert document(span(attributes={"aws.xray.sampling_rule": "base"}))["aws"]["xray"]["sampling_rule_name"] == "base"


def test_log_groups_are_read_out_of_their_arns():
    arns = "arn:aws:logs:us-east-1:1:log-group:/app:*"
    found = document(span(resource={**SERVICE, "aws.log.group.arns": arns}))
    assert found["aws"]["cloudwatch_logs"] == [{"arn": arns, "log_group": "/app"}]


def test_a_links_trace_is_written_as_xray_writes_it():
    link = OtelLink("b" * 32, "c" * 16, {"n": 1})
    found = document(span(links=[link]))["links"]
    assert found == [{"trace_id": f"1-{'b' * 8}-{'b' * 24}", "id": "c" * 16, "attributes": {"n": 1}}]


def test_the_end_user_is_the_user():
    assert document(span(attributes={"enduser.id": "u1"}))["user"] == "u1"


def test_a_span_without_an_end_is_in_progress():
    found = document(span(end_unix_nano=None))
    assert found["in_progress"] is True
    assert "end_time" not in found


def test_an_end_before_the_start_is_the_start():
    found = document(span(end_unix_nano=NOW_NS - 3_000_000_000))
    assert found["end_time"] == found["start_time"]


# --- annotations and metadata


def test_every_attribute_without_a_place_is_metadata():
    assert document(span(attributes={"app.order": 7}))["metadata"]["default"]["app.order"] == 7


def test_attributes_that_the_span_lists_are_annotations():
    told = {"app.order-id": 7, "tags": ["a"], "aws.xray.annotations": ["app.order-id", "tags", "absent"]}
    found = document(span(attributes=told))
    assert found["annotations"] == {"app.order_id": 7}
    assert found["metadata"]["default"]["tags"] == ["a"]


def test_attributes_that_the_server_lists_are_annotations_those_of_the_resource_too():
    found = document(
        span(attributes={"a": 1, "b": 2}, resource={**SERVICE, "team": "x"}),
        annotated=Annotated(keys=frozenset(["a", "otel.resource.team"])),
    )
    assert found["annotations"] == {"a": 1, "otel.resource.team": "x"}


def test_all_scalars_may_be_annotations():
    found = document(span(attributes={"a": 1, "b": [2]}), annotated=Annotated(every=True))
    assert found["annotations"] == {"a": 1}


def test_metadata_of_a_namespace_is_read_back():
    assert document(span(attributes={"aws.xray.metadata.app": '{"x": [1]}'}))["metadata"]["app"] == {"x": [1]}


# --- outcomes


@pytest.mark.parametrize(
    ("status", "failed", "flags"),
    [
        (200, False, set()),
        (404, False, {"error"}),
        (429, False, {"error", "throttle"}),
        (500, False, {"fault"}),
        (200, True, {"fault"}),
        (404, True, {"error"}),
        (None, True, {"fault"}),
        (None, False, set()),
    ],
)
def test_the_http_status_decides_and_without_one_the_spans_own(status: int | None, failed: bool, flags: set[str]):
    told = {} if status is None else {"http.response.status_code": status}
    found = document(span(attributes=told, failed=failed))
    assert {flag for flag in ("error", "throttle", "fault") if found.get(flag)} == flags


def test_a_failure_with_a_message_and_no_exception_is_an_exception_with_that_message():
    (exception,) = document(span(failed=True, status_message="no stock"))["cause"]["exceptions"]
    assert exception["message"] == "no stock"


def test_an_event_that_tells_nothing_of_its_exception_does_not_hide_the_message():
    told = span(failed=True, status_message="no stock", events=[event()])
    (exception,) = document(told)["cause"]["exceptions"]
    assert exception["message"] == "no stock"


def test_lists_that_came_as_text_are_read():
    told = {"aws.xray.annotations": "a, b", "a": 1, "b": 2, "rpc.system": "aws-api", "aws.table_names": '["carts"]'}
    found = inside(span(CALLER, kind="CLIENT", attributes=told))
    assert found["annotations"] == {"a": 1, "b": 2}
    assert found["aws"]["table_name"] == "carts"


def test_an_exception_has_type_message_and_frames_innermost_first():
    stack = (
        'Traceback (most recent call last):\n  File "/a.py", line 1, in outer\n    x()\n  File "/b.py", line 2, in x\n'
    )
    told = event(
        exception__type="ValueError", exception__message="bad", exception__stacktrace=f"{stack}ValueError: bad"
    )
    resource = {**SERVICE, "telemetry.sdk.language": "python"}
    (exception,) = document(span(failed=True, events=[told], resource=resource))["cause"]["exceptions"]
    assert (exception["type"], exception["message"]) == ("ValueError", "bad")
    assert exception["stack"][0] == {"path": "/b.py", "line": 2, "label": "x"}


def test_exceptions_of_calls_are_remote():
    told = span(CALLER, kind="CLIENT", failed=True, events=[event(exception__type="Timeout")])
    (exception,) = inside(told)["cause"]["exceptions"]
    assert exception["remote"] is True


def test_events_that_are_no_exceptions_are_kept_as_they_are():
    found = document(span(events=[event("cache miss", key="x")]))
    assert found["metadata"]["default"]["otel.events"] == [
        {"name": "cache miss", "time": NOW_S - 1.5, "attributes": {"key": "x"}}
    ]


def test_a_failed_request_of_an_aws_sdk_is_a_remote_exception():
    told = event("HTTP request failure", http__response__status_code=503, aws__http__error_message="slow down")
    (exception,) = inside(span(CALLER, kind="CLIENT", failed=True, events=[told]))["cause"]["exceptions"]
    assert exception["type"] == "aws.http.error.event"
    assert exception["message"].startswith("503@")
    assert exception["message"].endswith("@slow down")
    assert exception["remote"] is True


# --- whatever comes

_values = st.recursive(
    st.text(max_size=20) | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_keys = st.sampled_from(
    [
        *(
            "http.method",
            "http.status_code",
            "url.full",
            "url.path",
            "http.host",
            "server.port",
            "db.system",
            "db.name",
        ),
        *("rpc.system", "rpc.service", "aws.xray.annotations", "aws.xray.metadata.x", "aws.span.kind", "peer.service"),
        *("aws.remote.service", "aws.table_name", "aws.dynamodb.table_names", "enduser.id", "client.address", "x"),
        *("aws.xray.metadata.default", "aws.xray.namespace", "aws.xray.origin", "exception.type", "service.name"),
        *("cloud.platform", "cloud.provider", "host.id", "aws.log.group.arns", "telemetry.sdk.name"),
    ]
)
_attributes = st.dictionaries(_keys | st.text(max_size=10), _values, max_size=8)
_ids_of_spans = st.sampled_from([f"{number:016x}" for number in range(1, 8)])


@st.composite
def _spans(draw: st.DrawFn) -> OtelSpan:
    start = NOW_NS - draw(st.integers(0, 10**12))
    return span(
        draw(_ids_of_spans),
        draw(_ids_of_spans | st.just("")),
        resource=draw(_attributes),
        kind=draw(st.sampled_from(["INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"])),
        name=draw(st.text(max_size=300)),
        flags=draw(st.sampled_from([0, LOCAL_PARENT, REMOTE_PARENT])),
        attributes=draw(_attributes),
        events=draw(st.lists(st.builds(event, st.sampled_from(["exception", "x"])), max_size=2)),
        failed=draw(st.booleans()),
        status_message=draw(st.text(max_size=5)),
        start_unix_nano=start,
        end_unix_nano=draw(st.none() | st.just(start + 5)),
    )


@given(st.lists(_spans(), max_size=8))
def test_whatever_the_spans_every_document_can_be_taken_and_every_span_is_in_one(spans: list[OtelSpan]):
    given = to_documents(spans, NOW_S, Limits())
    assert given.refused == []
    for one in given.documents:
        assert isinstance(decode(one, NOW_S)[0], Accepted), one
    assert {one.span_id for one in spans} <= _ids([msgspec.json.decode(one) for one in given.documents])


@given(st.lists(_spans(), max_size=4))
def test_spans_can_be_told_again_by_their_documents(spans: list[OtelSpan]):
    told = [one for document in to_documents(spans, NOW_S, Limits()).documents for one in to_spans(document)]
    assert {(TRACE, one.span_id) for one in spans} <= {(one.trace_id, one.span_id) for one in told}


@pytest.mark.parametrize(
    "one",
    [
        span(name="GET /cart", attributes={"http.request.method": "GET", "url.full": "http://h/", "app.x": [1, 2]}),
        span(kind="CLIENT", name="charge", attributes={"peer.service": "billing", "app.deep": {"a": True}}),
        span(kind="CONSUMER", parent=CALLER, flags=REMOTE_PARENT, name="receive", trace_state="a=b"),
        span(scope="flask", scope_version="1", events=[event("cache miss", key="x")], name="checkout"),
        span(failed=True, name="charge", attributes={"http.response.status_code": 500}),
        span(links=[OtelLink("b" * 32, "c" * 16, {"n": 1})], resource={**SERVICE, "host.id": "i-1", "team": "x"}),
    ],
    ids=lambda one: one.name,
)
def test_a_span_alone_comes_back_as_it_was(one: OtelSpan):
    (again,) = [told for document in translated(one).documents for told in to_spans(document)]
    assert msgspec.structs.replace(again, flags=one.flags) == msgspec.structs.replace(one, resource=again.resource)
    assert one.resource.items() <= again.resource.items()


def _ids(found: list[dict[str, Any]]) -> set[str]:
    ids, stack = set(), list(found)
    while stack:
        one = stack.pop()
        ids.add(one["id"])
        stack += one.get("subsegments", ())
    return ids


def _named(found: dict[str, Any]) -> dict[str, Any]:
    return {"otel.span.name": "work"} if found["name"] != "work" else {}
