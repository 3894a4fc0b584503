"""Managed policies that are there from the start, as AWS has them: they belong to nobody and cannot be changed.

Those of X-Ray are all of it (``auth.managed``); of the others, what an administrator gives first.

Source: AWS managed policy reference.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from radiograph.auth.managed import MANAGED as OF_X_RAY
from radiograph.auth.managed import ManagedPolicy
from radiograph.model.iam.records import PolicyRecord, VersionRecord

__all__ = ["ADMINISTRATOR_ACCESS", "MANAGED", "MANAGED_ARNS"]

ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"
_CREATED = 1_480_550_400.0  # 2016-12-01, the day of X-Ray
_LINKED_ROLES = ["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles"]
_READ_TRAIL = ["cloudtrail:Get*", "cloudtrail:Describe*", "cloudtrail:List*", "cloudtrail:LookupEvents"]
_READ_IAM = ["iam:Get*", "iam:List*", "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy"]


def _policy(name: str, description: str, *statements: dict[str, Any]) -> ManagedPolicy:
    made = [{"Effect": "Allow", **statement, "Resource": "*"} for statement in statements]
    return ManagedPolicy(name, description, json.dumps({"Version": "2012-10-17", "Statement": made}, indent=4))


_FURTHER = (
    _policy("AdministratorAccess", "Provides full access to AWS services and resources.", {"Action": "*"}),
    _policy(
        "PowerUserAccess",
        "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
        {"NotAction": ["iam:*", "organizations:*", "account:*"]},
        {"Action": _LINKED_ROLES},
    ),
    _policy("IAMFullAccess", "Provides full access to IAM via the AWS Management Console.", {"Action": "iam:*"}),
    _policy(
        "IAMReadOnlyAccess", "Provides read only access to IAM via the AWS Management Console.", {"Action": _READ_IAM}
    ),
    _policy("AWSCloudTrail_ReadOnlyAccess", "Provides read only access to AWS CloudTrail.", {"Action": _READ_TRAIL}),
)


def _record(policy: ManagedPolicy) -> PolicyRecord:
    return PolicyRecord(
        id="ANPA" + base64.b32encode(hashlib.sha256(policy.name.encode()).digest()).decode()[:17],
        name=policy.name,
        created_at=_CREATED,
        updated_at=_CREATED,
        description=policy.description,
        versions={"v1": VersionRecord(document=policy.document, created_at=_CREATED)},
    )


MANAGED: Mapping[str, PolicyRecord] = {policy.arn: _record(policy) for policy in (*OF_X_RAY.values(), *_FURTHER)}
"""By ARN."""

MANAGED_ARNS: Mapping[str, str] = {policy.id: arn for arn, policy in MANAGED.items()}
"""Their ARNs by their ids."""
