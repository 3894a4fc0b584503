"""Outcomes and called nodes: the tables of the specification, row by row."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from radiograph.model.document import ApiCall, Http, Subsegment
from radiograph.segments.derive import class_of, inferred_node, outcome, service_type, waits_for_callee

OK, ERROR, THROTTLE, FAULT = range(4)


def entity(**members: Any) -> Subsegment:
    return msgspec.convert({"id": "b" * 16, "name": "call", "start_time": 1.0, **members}, Subsegment)


def status(code: int) -> dict[str, Any]:
    return {"http": {"response": {"status": code}}}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, OK),
        ({"error": True}, ERROR),
        ({"throttle": True}, THROTTLE),
        ({"fault": True}, FAULT),
        ({"error": True, "throttle": True}, THROTTLE),
        ({"error": True, "throttle": True, "fault": True}, FAULT),
        ({"error": False, "throttle": False, "fault": False}, OK),
        (status(200), OK),
        (status(302), OK),
        (status(399), OK),
        (status(400), ERROR),
        (status(404), ERROR),
        (status(429), THROTTLE),
        (status(499), ERROR),
        (status(500), FAULT),
        (status(503), FAULT),
        ({"fault": True, **status(200)}, FAULT),
        ({"fault": True, **status(404)}, FAULT),
        ({"fault": False, **status(503)}, OK),
        ({"error": False, **status(404)}, OK),
    ],
)
def test_a_request_counts_in_one_class_fault_before_throttle_before_error(members: Any, expected: int) -> None:
    assert class_of(outcome(entity(**members))) == expected


def test_a_429_is_an_error_and_a_throttle() -> None:
    assert outcome(entity(**status(429))) == (True, True, False)


@pytest.mark.parametrize(
    ("name", "namespace", "aws", "has_sql", "expected"),
    [
        ("DynamoDB", "aws", {"table_name": "carts"}, False, ("carts", "AWS::DynamoDB::Table")),
        ("dynamodb", "aws", {"resource_names": ["carts"]}, False, ("carts", "AWS::DynamoDB::Table")),
        ("DynamoDB", "aws", {"resource_names": ["a", "b"]}, False, ("DynamoDB", "AWS::DynamoDB")),
        ("DynamoDB", "aws", {"operation": "ListTables"}, False, ("DynamoDB", "AWS::DynamoDB")),
        ("S3", "aws", {"bucket_name": "pictures"}, False, ("pictures", "AWS::S3::Bucket")),
        ("s3", "aws", {}, False, ("s3", "AWS::S3")),
        ("SQS", "aws", {"queue_url": "https://sqs.test/000000000000/mails"}, False, ("mails", "AWS::SQS::Queue")),
        ("SQS", "aws", {"queue_name": "mails"}, False, ("mails", "AWS::SQS::Queue")),
        ("sns", "aws", {"topic_arn": "arn:aws:sns:eu-west-1:000000000000:sold"}, False, ("sold", "AWS::SNS::Topic")),
        ("SNS", "aws", {}, False, ("SNS", "AWS::SNS")),
        ("Lambda", "aws", {"function_name": "resize"}, False, ("resize", "AWS::Lambda")),
        (
            "lambda",
            "aws",
            {"function_name": "arn:aws:lambda:eu-west-1:0:function:resize:live"},
            False,
            ("resize", "AWS::Lambda"),
        ),
        ("SecretsManager", "aws", {"operation": "GetSecretValue"}, False, ("SecretsManager", "AWS::SecretsManager")),
        ("secretsmanager", "aws", None, False, ("secretsmanager", "AWS::SecretsManager")),
        ("Unheard Of", "aws", None, False, ("Unheard Of", "AWS::UnheardOf")),
        ("orders@db.test", "remote", None, True, ("orders@db.test", "Database::SQL")),
        ("stock.test", "remote", None, False, ("stock.test", "remote")),
        ("stock.test", "remote", {"table_name": "carts"}, False, ("stock.test", "remote")),
        ("work", None, None, False, None),
        ("work", "local", None, False, None),
        ("work", "", {"table_name": "carts"}, True, None),
        ("work", "AWS", None, False, None),
    ],
)
def test_a_call_leads_to_the_node_the_table_names(
    name: str, namespace: str | None, aws: Any, has_sql: bool, expected: tuple[str, str] | None
) -> None:
    call = None if aws is None else msgspec.convert(aws, ApiCall)
    assert inferred_node(name, namespace, call, has_sql) == expected


@pytest.mark.parametrize(
    ("sent", "canonical"),
    [
        ("dynamodb", "AWS::DynamoDB"),
        ("sns", "AWS::SNS"),
        ("s3", "AWS::S3"),
        ("sqs", "AWS::SQS"),
        ("lambda", "AWS::Lambda"),
        ("secretsmanager", "AWS::SecretsManager"),
        ("DYNAMODB", "AWS::DynamoDB"),
        ("Kinesis", "AWS::Kinesis"),
        ("CloudHSM", "AWS::CloudHSM"),
    ],
)
def test_a_service_has_aws_s_casing_whatever_the_sdk_calls_it(sent: str, canonical: str) -> None:
    assert service_type(sent) == canonical


def test_a_callee_is_waited_for_when_the_request_or_the_subsegment_says_traced() -> None:
    traced = msgspec.convert({"request": {"traced": True}}, Http)
    assert waits_for_callee(traced, None)
    assert waits_for_callee(None, True)
    assert not waits_for_callee(msgspec.convert({"request": {"traced": False}}, Http), None)
    assert not waits_for_callee(None, None)
    assert not waits_for_callee(Http(), False)
