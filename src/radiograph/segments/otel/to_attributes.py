"""Members of a document as attributes: of the service that ran (the resource), and of what it did (the span)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from .kept import OURS, RESOURCE, is_of_spans
from .span import Attributes

__all__ = ["Members", "put", "resource_attributes", "span_attributes"]

Members: TypeAlias = dict[str, Any]

_encode = msgspec.json.Encoder().encode

_PLATFORMS = {
    "AWS::EC2::Instance": "aws_ec2",
    "AWS::ECS::Container": "aws_ecs",
    "AWS::ECS::EC2": "aws_ecs",
    "AWS::ECS::Fargate": "aws_ecs",
    "AWS::EKS::Container": "aws_eks",
    "AWS::ElasticBeanstalk::Environment": "aws_elastic_beanstalk",
    "AWS::AppRunner::Service": "aws_app_runner",
    "AWS::Lambda": "aws_lambda",
    "AWS::Lambda::Function": "aws_lambda",
}
_LAUNCH_TYPES = {"AWS::ECS::EC2": "ec2", "AWS::ECS::Fargate": "fargate"}

_RUNS_ON = {
    "ec2": {
        "instance_id": "host.id",
        "instance_size": "host.type",
        "instance_type": "host.type",
        "ami_id": "host.image.id",
        "availability_zone": "cloud.availability_zone",
    },
    "ecs": {
        "container": "container.name",
        "container_id": "container.id",
        "container_arn": "aws.ecs.container.arn",
        "task_arn": "aws.ecs.task.arn",
        "task_family": "aws.ecs.task.family",
        "cluster_arn": "aws.ecs.cluster.arn",
        "availability_zone": "cloud.availability_zone",
        "launch_type": "aws.ecs.launchtype",
    },
    "eks": {"pod": "k8s.pod.name", "cluster_name": "k8s.cluster.name", "container_id": "container.id"},
    "elastic_beanstalk": {
        "environment_name": "service.namespace",
        "version_label": "service.version",
        "deployment_id": "service.instance.id",
    },
    "xray": {"sdk_version": "telemetry.sdk.version"},
}
"""``aws`` of a segment, object by object: where it runs."""

_SERVICE = {
    "version": "service.version",
    "runtime": "process.runtime.name",
    "runtime_version": "process.runtime.version",
}
_REQUEST = {
    "method": "http.request.method",
    "url": "url.full",
    "user_agent": "user_agent.original",
    "client_ip": "client.address",
    "x_forwarded_for": "aws.xray.x_forwarded_for",
    "traced": "aws.xray.traced",
}
_RESPONSE = {"status": "http.response.status_code", "content_length": "http.response.body.size"}
_SQL = {
    "database_type": "db.system",
    "connection_string": "db.connection_string",
    "user": "db.user",
    "sanitized_query": "db.statement",
}
_CALL = {
    "table_names": "aws.dynamodb.table_names",
    "bucket_name": "aws.s3.bucket",
    "key": "aws.s3.key",
    "retries": "aws.xray.retries",
    "id_2": "aws.extended_request_id",
}
"""``aws`` of a call, where its name is not ``aws.`` and the member's."""

_ELSEWHERE = frozenset(
    [
        *("id", "name", "trace_id", "parent_id", "type", "start_time", "end_time", "subsegments", "links"),
        *("annotations", "metadata", "http", "sql", "aws", "cause", "origin", "service", "namespace"),
    ]
)
_FLAGS = frozenset(["error", "throttle", "fault"])
_PLAIN = {"user": "enduser.id", "in_progress": "aws.xray.inprogress"}


def put(attributes: Attributes, name: str, value: Any) -> None:
    """Add an attribute unless it is there or is nothing; what attributes cannot hold becomes JSON."""
    if value is None or name in attributes:
        return
    if type(value) in (str, bool, int, float) or (type(value) is list and all(type(item) is str for item in value)):
        attributes[name] = value
    else:
        attributes[name] = _encode(value).decode()


def resource_attributes(segment: Members) -> Attributes:
    """Give what a cleaned segment says of the service that sent it."""
    found: Attributes = {"service.name": segment["name"]}
    default = segment.get("metadata", {}).get("default")
    for name, value in default.items() if type(default) is dict else ():
        if name.startswith(RESOURCE):
            put(found, name.removeprefix(RESOURCE), value)
    origin = segment.get("origin")
    if origin in _PLATFORMS:
        put(found, "cloud.provider", "aws")
        put(found, "cloud.platform", _PLATFORMS[origin])
        put(found, "aws.ecs.launchtype", _LAUNCH_TYPES.get(origin))
    put(found, f"{OURS}origin", origin)
    _put_all(found, segment.get("service", {}), _SERVICE, f"{OURS}service.")
    aws = segment.get("aws", {})
    put(found, "cloud.account.id", aws.get("account_id"))
    put(found, "cloud.resource_id", aws.get("function_arn"))
    _put_tracer(found, aws.get("xray", {}))
    for name, names in _RUNS_ON.items():
        if type(aws.get(name)) is dict:
            _put_all(found, aws[name], names, f"aws.{name}." if name != "xray" else OURS)
    _put_log_groups(found, aws.get("cloudwatch_logs"))
    return found


def span_attributes(entity: Members, is_segment: bool) -> Attributes:
    """Give what a cleaned segment or subsegment says of itself; its annotations go by their own names."""
    found: Attributes = {}
    annotations = entity.get("annotations", {})
    for name, value in annotations.items():
        put(found, name, value)
    if annotations:
        put(found, f"{OURS}annotations", list(annotations))
    http = entity.get("http", {})
    _put_all(found, http.get("request", {}), _REQUEST, f"{OURS}http.request.")
    _put_all(found, http.get("response", {}), _RESPONSE, f"{OURS}http.response.")
    _put_all(found, _without(http, "request", "response"), {}, f"{OURS}http.")
    sql = entity.get("sql", {})
    system = sql.get("database_type")
    put(found, "db.system", system.lower() if type(system) is str else None)
    _put_all(found, sql, _SQL, f"{OURS}sql.")
    _put_call(found, entity, is_segment)
    cause = entity.get("cause")
    if type(cause) is dict:
        _put_all(found, _without(cause, "exceptions"), {}, f"{OURS}cause.")
    else:
        put(found, f"{OURS}cause.id", cause)
    _put_metadata(found, entity.get("metadata", {}), is_segment)
    # A span's status says what the flags do, which were made of it.
    elsewhere = _ELSEWHERE | _FLAGS if is_of_spans(entity) else _ELSEWHERE
    for name, value in entity.items():
        if name not in elsewhere and value is not False:
            put(found, _PLAIN.get(name, f"{OURS}{name}"), value)
    return found


def _put_call(found: Attributes, entity: Members, is_segment: bool) -> None:
    aws, namespace = entity.get("aws", {}), entity.get("namespace")
    if is_segment:
        aws = _without(aws, "account_id", "function_arn", "cloudwatch_logs", *_objects_of(aws))
    elif namespace == "aws":
        # Exporters take a call for AWS's by its rpc.system, and name it by aws.service.
        put(found, "rpc.system", "aws-api")
        put(found, "aws.service", entity["name"])
        put(found, "rpc.method", aws.get("operation"))
    elif namespace == "remote":
        put(found, "peer.service", entity["name"])
    if is_segment or namespace not in ("aws", "remote"):
        put(found, f"{OURS}namespace", namespace)
        put(found, f"{OURS}origin", None if is_segment else entity.get("origin"))
    if not is_segment:
        put(found, f"{OURS}service", entity.get("service"))
    _put_all(found, aws, _CALL, "aws.")


def _put_metadata(found: Attributes, metadata: Members, is_segment: bool) -> None:
    for namespace, value in metadata.items():
        if is_of_spans({"metadata": metadata}) and namespace == "default":
            for name, item in value.items():
                if not name.startswith("otel."):
                    found.setdefault(name, item)
            continue
        if is_segment and namespace == "default" and type(value) is dict:
            value = {name: item for name, item in value.items() if not name.startswith(RESOURCE)}
            if not value:
                continue
        put(found, f"{OURS}metadata.{namespace}", _encode(value).decode())


def _put_tracer(found: Attributes, tracer: Members) -> None:
    sdk = tracer.get("sdk")
    if type(sdk) is str:
        name, _, language = sdk.partition(" for ")
        put(found, "telemetry.sdk.name", name)
        put(found, "telemetry.sdk.language", language.lower() or None)


def _put_log_groups(found: Attributes, groups: Any) -> None:
    for member, name in (("log_group", "aws.log.group.names"), ("arn", "aws.log.group.arns")):
        told = [one.get(member) for one in groups if type(one) is dict] if type(groups) is list else []
        texts = [text for text in told if type(text) is str]
        put(found, name, texts or None)


def _put_all(found: Attributes, members: Mapping[str, Any], names: Mapping[str, str], otherwise: str) -> None:
    for member, value in members.items():
        put(found, names.get(member, f"{otherwise}{member}"), value)


def _objects_of(aws: Members) -> list[str]:
    return [name for name in _RUNS_ON if type(aws.get(name)) is dict]


def _without(members: Members, *names: str) -> Members:
    return {name: value for name, value in members.items() if name not in names}
