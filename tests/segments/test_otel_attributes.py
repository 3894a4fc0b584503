"""Members of documents as attributes: what is known by OpenTelemetry's names, and nothing lost of the rest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from radiograph.segments.otel import OtelSpan, to_spans
from tests.oracle.documents import segment, subsegment


def spans(document: dict[str, Any]) -> list[OtelSpan]:
    return to_spans(json.dumps(document).encode())


def span(**members: Any) -> OtelSpan:
    (only,) = spans(segment(**members))
    return only


def call(**members: Any) -> OtelSpan:
    """Give the span of a subsegment."""
    _, inner = spans(segment(subsegments=[subsegment(**members)]))
    return inner


@pytest.mark.parametrize(
    ("members", "attributes"),
    [
        (
            {
                "http": {
                    "request": {
                        "method": "GET",
                        "url": "https://shop.test/",
                        "user_agent": "curl",
                        "client_ip": "::1",
                        "x_forwarded_for": True,
                    },
                    "response": {"status": 200, "content_length": "12"},
                }
            },
            {
                "http.request.method": "GET",
                "url.full": "https://shop.test/",
                "user_agent.original": "curl",
                "client.address": "::1",
                "aws.xray.x_forwarded_for": True,
                "http.response.status_code": 200,
                "http.response.body.size": 12,
            },
        ),
        ({"user": "ada"}, {"enduser.id": "ada"}),
        ({"resource_arn": "arn:x"}, {"aws.xray.resource_arn": "arn:x"}),
        ({"fault": True, "error": False}, {"aws.xray.fault": True}),
        (
            {"annotations": {"tier": "gold", "n": 1, "no good": 1}},
            {"tier": "gold", "n": 1, "aws.xray.annotations": ["tier", "n"]},
        ),
        (
            {"metadata": {"default": {"a": [1]}, "own": "x"}},
            {"aws.xray.metadata.default": '{"a":[1]}', "aws.xray.metadata.own": '"x"'},
        ),
        (
            {"aws": {"request_id": "r", "api_gateway": {"stage": "s"}}},
            {"aws.request_id": "r", "aws.api_gateway": '{"stage":"s"}'},
        ),
        ({"own": {"a": None}}, {"aws.xray.own": '{"a":null}'}),
        ({"inferred": True}, {"aws.xray.inferred": True}),
    ],
)
def test_members_are_attributes(members: dict[str, Any], attributes: dict[str, Any]) -> None:
    assert span(**members).attributes == attributes


@pytest.mark.parametrize(
    ("members", "attributes"),
    [
        (
            {
                "name": "DynamoDB",
                "namespace": "aws",
                "aws": {
                    "operation": "PutItem",
                    "table_name": "carts",
                    "region": "eu-west-1",
                    "account_id": "1",
                    "request_id": "r",
                    "retries": 2,
                    "resource_names": ["carts"],
                },
            },
            {
                "rpc.system": "aws-api",
                "aws.service": "DynamoDB",
                "rpc.method": "PutItem",
                "aws.operation": "PutItem",
                "aws.table_name": "carts",
                "aws.region": "eu-west-1",
                "aws.account_id": "1",
                "aws.request_id": "r",
                "aws.xray.retries": 2,
                "aws.resource_names": ["carts"],
            },
        ),
        (
            {
                "name": "shop@db.test",
                "namespace": "remote",
                "sql": {"database_type": "PostgreSQL", "user": "me", "sanitized_query": "select ?", "url": "u"},
            },
            {
                "peer.service": "shop@db.test",
                "db.system": "postgresql",
                "db.user": "me",
                "db.statement": "select ?",
                "aws.xray.sql.url": "u",
            },
        ),
        (
            {"namespace": "remote", "http": {"request": {"traced": True}}},
            {"peer.service": "work", "aws.xray.traced": True},
        ),
        ({"traced": True, "precursor_ids": ["c"]}, {"aws.xray.traced": True, "aws.xray.precursor_ids": ["c"]}),
        ({"namespace": "local", "origin": "x"}, {"aws.xray.namespace": "local", "aws.xray.origin": "x"}),
    ],
)
def test_members_of_a_call_are_attributes(members: dict[str, Any], attributes: dict[str, Any]) -> None:
    assert call(**members).attributes == attributes


@pytest.mark.parametrize(
    ("members", "attributes"),
    [
        (
            {"origin": "AWS::ECS::Fargate", "aws": {"ecs": {"container": "c", "task_arn": "t", "own": 1}}},
            {
                "cloud.provider": "aws",
                "cloud.platform": "aws_ecs",
                "aws.ecs.launchtype": "fargate",
                "aws.xray.origin": "AWS::ECS::Fargate",
                "container.name": "c",
                "aws.ecs.task.arn": "t",
                "aws.ecs.own": 1,
            },
        ),
        (
            {"aws": {"account_id": "1", "ec2": {"instance_id": "i", "availability_zone": "z", "instance_type": "t3"}}},
            {"cloud.account.id": "1", "host.id": "i", "cloud.availability_zone": "z", "host.type": "t3"},
        ),
        (
            {"aws": {"elastic_beanstalk": {"environment_name": "e", "version_label": "v", "deployment_id": 5}}},
            {"service.namespace": "e", "service.version": "v", "service.instance.id": 5},
        ),
        ({"aws": {"eks": {"pod": "p", "cluster_name": "c"}}}, {"k8s.pod.name": "p", "k8s.cluster.name": "c"}),
        (
            {"aws": {"xray": {"sdk": "X-Ray for Python", "sdk_version": "2.15.0", "sampling_rule_name": "Default"}}},
            {
                "telemetry.sdk.name": "X-Ray",
                "telemetry.sdk.language": "python",
                "telemetry.sdk.version": "2.15.0",
                "aws.xray.sdk": "X-Ray for Python",
                "aws.xray.sampling_rule_name": "Default",
            },
        ),
        (
            {"aws": {"cloudwatch_logs": [{"log_group": "a", "arn": "b"}, 5, {"log_group": "c"}]}},
            {"aws.log.group.names": ["a", "c"], "aws.log.group.arns": ["b"]},
        ),
        (
            {"service": {"version": "1", "runtime": "CPython", "compiler": "gcc"}},
            {"service.version": "1", "process.runtime.name": "CPython", "aws.xray.service.compiler": "gcc"},
        ),
        ({"origin": "Own::Kind"}, {"aws.xray.origin": "Own::Kind"}),
        (
            {"metadata": {"default": {"otel.resource.deployment.environment": "prod"}}},
            {"deployment.environment": "prod"},
        ),
        ({"metadata": {"default": {"otel.resource.service.name": "real"}}}, {"service.name": "shop"}),
    ],
)
def test_where_it_ran_is_the_resource_s(members: dict[str, Any], attributes: dict[str, Any]) -> None:
    found = span(**members)
    assert found.resource == {"service.name": "shop"} | attributes
    assert found.attributes == {}
