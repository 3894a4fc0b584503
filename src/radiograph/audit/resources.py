"""What an event is about, as CloudTrail's look-up names it: types and names, from what was asked and answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .record import Record

__all__ = ["Resource", "resources_of"]


class Resource(NamedTuple):
    """One thing, by its name or its ARN."""

    type: str
    name: str


_IAM = {
    "userName": "AWS::IAM::User",
    "roleName": "AWS::IAM::Role",
    "groupName": "AWS::IAM::Group",
    "policyName": "AWS::IAM::Policy",
    "policyArn": "AWS::IAM::Policy",
    "accessKeyId": "AWS::IAM::AccessKey",
    "instanceProfileName": "AWS::IAM::InstanceProfile",
    "openIDConnectProviderArn": "AWS::IAM::OIDCProvider",
    "roleArn": "AWS::IAM::Role",
}
_XRAY = {
    "groupName": "AWS::XRay::Group",
    "groupARN": "AWS::XRay::Group",
    "ruleName": "AWS::XRay::SamplingRule",
    "ruleARN": "AWS::XRay::SamplingRule",
    "policyName": "AWS::XRay::ResourcePolicy",
}
_STS = {
    "roleArn": "AWS::IAM::Role",
    "roleSessionName": "AWS::STS::AssumedRole",
    "accessKeyId": "AWS::STS::AccessKey",
    "assumedRoleId": "AWS::STS::AssumedRole",
}
_OAM = {"sinkIdentifier": "AWS::Oam::Sink", "sinkArn": "AWS::Oam::Sink"}
_KMS = {"keyId": "AWS::KMS::Key", "targetKeyId": "AWS::KMS::Key", "aliasName": "AWS::KMS::Alias"}
_NAMES = {
    "iam.amazonaws.com": _IAM,
    "kms.amazonaws.com": _KMS,
    "oam.amazonaws.com": _OAM,
    "sts.amazonaws.com": _STS,
    "xray.amazonaws.com": _XRAY,
}
_BY_KIND = {
    "user": "AWS::IAM::User",
    "role": "AWS::IAM::Role",
    "group": "AWS::IAM::Group",
    "policy": "AWS::IAM::Policy",
    "instance-profile": "AWS::IAM::InstanceProfile",
    "oidc-provider": "AWS::IAM::OIDCProvider",
    "key": "AWS::KMS::Key",
    "alias": "AWS::KMS::Alias",
    "assumed-role": "AWS::STS::AssumedRole",
    "sampling-rule": "AWS::XRay::SamplingRule",
    "sink": "AWS::Oam::Sink",
    "link": "AWS::Oam::Link",
}


def resources_of(record: Record) -> list[Resource]:
    """Give everything an event is about, each once."""
    named = _NAMES.get(record.event_source)
    if named is None:
        return []
    found: dict[Resource, None] = {Resource(one.type, one.resource_arn): None for one in record.resources or ()}
    for members in (record.request_parameters, record.response_elements):
        for name, value in _texts(members):
            type_ = named.get(name) or (_type_of(value) if name.lower().endswith(("arn", "identifier")) else None)
            if type_ is not None and value:
                found[Resource(type_, value)] = None
    return list(found)


def _type_of(arn: str) -> str | None:
    fields = arn.split(":", 5)
    if len(fields) != 6:
        return None
    kind = fields[5].split("/", 1)[0]
    return "AWS::XRay::Group" if (fields[2], kind) == ("xray", "group") else _BY_KIND.get(kind)


def _texts(members: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    stack: list[tuple[str, Any]] = list(reversed((members or {}).items()))
    while stack:
        name, value = stack.pop()
        if isinstance(value, dict):
            stack += reversed(value.items())
        elif isinstance(value, list):
            stack += [(name, one) for one in reversed(value)]
        elif isinstance(value, str):
            yield name, value
