"""What a document does not say itself: its outcome, and the node a call leads to."""

from __future__ import annotations

from functools import lru_cache

from radiograph.model.document import ApiCall, Http, Subsegment

__all__ = [
    "IN_PROGRESS_CLASS",
    "OK_CLASS",
    "Outcome",
    "class_of",
    "inferred_node",
    "outcome",
    "service_type",
    "waits_for_callee",
]

Outcome = tuple[bool, bool, bool]
"""(error, throttle, fault): the flags of an entity, from its members or its HTTP status."""

OK_CLASS, ERROR_CLASS, THROTTLE_CLASS, FAULT_CLASS, IN_PROGRESS_CLASS = range(5)

_CANONICAL = {
    "dynamodb": "DynamoDB",
    "sns": "SNS",
    "s3": "S3",
    "sqs": "SQS",
    "lambda": "Lambda",
    "secretsmanager": "SecretsManager",
    "ssm": "SSM",
    "sts": "STS",
    "kms": "KMS",
    "kinesis": "Kinesis",
    "events": "Events",
    "eventbridge": "Events",
    "states": "StepFunctions",
    "sfn": "StepFunctions",
    "rds": "RDS",
    "ses": "SES",
    "logs": "Logs",
    "monitoring": "CloudWatch",
    "firehose": "Firehose",
    "ecs": "ECS",
    "ec2": "EC2",
    "bedrock": "Bedrock",
    "bedrock-runtime": "BedrockRuntime",
}


def outcome(entity: Subsegment) -> Outcome:
    """Give the entity's flags; a flag that is absent follows the HTTP status (429 is also an error)."""
    http = entity.http
    status = (http.response.status or 0) if http is not None and http.response is not None else 0
    if status >= 400:
        return (
            entity.error if entity.error is not None else status < 500,
            entity.throttle if entity.throttle is not None else status == 429,
            entity.fault if entity.fault is not None else status >= 500,
        )
    return bool(entity.error), bool(entity.throttle), bool(entity.fault)


def class_of(flags: Outcome) -> int:
    """Give the one class a request counts in; precedence fault, throttle, error, ok."""
    error, throttle, fault = flags
    return FAULT_CLASS if fault else THROTTLE_CLASS if throttle else ERROR_CLASS if error else OK_CLASS


@lru_cache(maxsize=4096)
def service_type(name: str) -> str:
    """Give ``AWS::<Service>`` in AWS's casing for the name an SDK gives a service client."""
    canonical = _CANONICAL.get(name.lower())
    return f"AWS::{canonical}" if canonical else f"AWS::{name.replace(' ', '')}"


def inferred_node(name: str, namespace: str | None, aws: ApiCall | None, has_sql: bool) -> tuple[str, str] | None:
    """Give (name, type) of the node a subsegment calls, or None when it calls nothing outside.

    Source: spec of the service graph, table of inferred segments.
    """
    if namespace == "remote":
        return name, "Database::SQL" if has_sql else "remote"
    if namespace != "aws":
        return None
    type_ = service_type(name)
    if aws is None:
        return name, type_
    resource = aws.resource_names[0] if aws.resource_names and len(aws.resource_names) == 1 else None
    if type_ == "AWS::DynamoDB":
        table = aws.table_name or resource
        return (table, "AWS::DynamoDB::Table") if table else (name, type_)
    if type_ == "AWS::S3" and aws.bucket_name:
        return aws.bucket_name, "AWS::S3::Bucket"
    if type_ == "AWS::SQS" and (aws.queue_url or aws.queue_name):
        return aws.queue_name or _last(aws.queue_url, "/"), "AWS::SQS::Queue"
    if type_ == "AWS::SNS" and aws.topic_arn:
        return _last(aws.topic_arn, ":"), "AWS::SNS::Topic"
    if type_ == "AWS::Lambda" and aws.function_name:
        return _last(aws.function_name, ":function:").split(":")[0], "AWS::Lambda"
    return name, type_


def waits_for_callee(http: Http | None, traced: bool | None) -> bool:
    """Whether the callee will send its own segment, so that none is inferred meanwhile."""
    return bool(traced) or (http is not None and http.request is not None and bool(http.request.traced))


def _last(text: str | None, separator: str) -> str:
    return (text or "").rstrip(separator).rsplit(separator, 1)[-1]
