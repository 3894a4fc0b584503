"""What a resource says of the service, in the members of its segments: origin, service, and the machine under ``aws``.

Source: the collector's ``awsxray`` exporter: origin by ``cloud.platform``, nothing of another cloud's machines.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from .kept import OURS, RESOURCE
from .span import Attributes

__all__ = ["ResourceParts", "resource_parts"]

_ORIGINS = {
    "aws_app_runner": "AWS::AppRunner::Service",
    "aws_apprunner": "AWS::AppRunner::Service",
    "aws_eks": "AWS::EKS::Container",
    "aws_elastic_beanstalk": "AWS::ElasticBeanstalk::Environment",
    "aws_ec2": "AWS::EC2::Instance",
    # The service itself sends the function's segment at AWS, and nobody does here.
    "aws_lambda": "AWS::Lambda::Function",
}
_ECS = {"ec2": "AWS::ECS::EC2", "fargate": "AWS::ECS::Fargate"}

_EC2 = {
    "instance_id": "host.id",
    "instance_size": "host.type",
    "ami_id": "host.image.id",
    "availability_zone": "cloud.availability_zone",
}
_ECS_MEMBERS = {
    "container": "container.name",
    "container_id": "container.id",
    "container_arn": "aws.ecs.container.arn",
    "task_arn": "aws.ecs.task.arn",
    "task_family": "aws.ecs.task.family",
    "cluster_arn": "aws.ecs.cluster.arn",
    "launch_type": "aws.ecs.launchtype",
    "availability_zone": "cloud.availability_zone",
}
_EKS = {"cluster_name": "k8s.cluster.name", "pod": "k8s.pod.name", "container_id": "container.id"}
_BEANSTALK = {
    "environment_name": "service.namespace",
    "version_label": "service.version",
    "deployment_id": "service.instance.id",
}
_SERVICE = {
    "version": "service.version",
    "runtime": "process.runtime.name",
    "runtime_version": "process.runtime.version",
}


class ResourceParts(msgspec.Struct, frozen=True):
    """What every segment of a resource has in common."""

    origin: str | None
    service: dict[str, Any]
    aws: dict[str, Any]
    metadata: dict[str, Any]
    """Every attribute of the resource, the name of the service and what we told ourselves aside."""
    language: str
    """What the service is written in, in OpenTelemetry's words; empty when it does not say."""


def resource_parts(resource: Attributes) -> ResourceParts:
    """Give the members that a resource's segments have in common."""
    platform, language = _text(resource, "cloud.platform"), _text(resource, "telemetry.sdk.language")
    is_aws = _text(resource, "cloud.provider") in ("", "aws")
    return ResourceParts(
        origin=_text(resource, f"{OURS}origin") or (_origin(resource, platform) if is_aws else None),
        service=_members(resource, _SERVICE),
        aws={**(_machine(resource, platform) if is_aws else {}), **_tracer(resource, language)},
        metadata={f"{RESOURCE}{name}": value for name, value in resource.items() if name != "service.name"},
        language=language,
    )


def _origin(resource: Attributes, platform: str) -> str | None:
    if platform == "aws_ecs":
        return _ECS.get(_text(resource, "aws.ecs.launchtype").lower(), "AWS::ECS::Container")
    return _ORIGINS.get(platform)


def _machine(resource: Attributes, platform: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    account, arn = _text(resource, "cloud.account.id"), _text(resource, "cloud.resource_id")
    if account:
        found["account_id"] = account
    if arn.startswith("arn:") and ":function:" in arn:
        found["function_arn"] = arn
    is_known = platform != ""
    for name, members, applies in (
        ("ec2", _EC2, platform == "aws_ec2" or (not is_known and "host.id" in resource)),
        ("ecs", _ECS_MEMBERS, platform == "aws_ecs" or any(key.startswith("aws.ecs.") for key in resource)),
        ("eks", _EKS, platform == "aws_eks" or "k8s.cluster.name" in resource),
        ("elastic_beanstalk", _BEANSTALK, platform == "aws_elastic_beanstalk"),
    ):
        told = _members(resource, members) if applies else {}
        if told:
            found[name] = told
    logs = _log_groups(resource)
    if logs:
        found["cloudwatch_logs"] = logs
    return found


def _log_groups(resource: Attributes) -> list[dict[str, str]]:
    arns, names = (_texts(resource.get(f"aws.log.group.{which}")) for which in ("arns", "names"))
    if arns:
        return [{"arn": arn, "log_group": _group_of(arn)} for arn in arns]
    return [{"log_group": name} for name in names]


def _group_of(arn: str) -> str:
    _, found, name = arn.partition(":log-group:")
    return name.removesuffix(":*") if found else arn


def _tracer(resource: Attributes, language: str) -> dict[str, Any]:
    name = _text(resource, "telemetry.sdk.name")
    if not name:
        return {}
    tracer: dict[str, Any] = {"sdk": f"{name} for {language}" if language else name}
    version = _text(resource, "telemetry.sdk.version")
    if version:
        tracer["sdk_version"] = version
    if _text(resource, "telemetry.auto.version") or _text(resource, "telemetry.distro.version"):
        tracer["auto_instrumentation"] = True
    return {"xray": tracer}


def _members(resource: Attributes, names: Mapping[str, str]) -> dict[str, Any]:
    return {member: value for member, name in names.items() if (value := _text(resource, name))}


def _text(resource: Attributes, name: str) -> str:
    value = resource.get(name)
    return value if type(value) is str else ""


def _texts(value: object) -> list[str]:
    if type(value) is str:
        return [one for one in value.split("&") if one]
    return [one for one in value if type(one) is str] if type(value) is list else []
