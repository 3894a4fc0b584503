"""Managed policies that are there from the start, as AWS has them: they belong to nobody and cannot be changed.

Source: AWS managed policy reference. Those of X-Ray are all of it; of the others, what an administrator gives first.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from radiograph.model.iam.records import PolicyRecord, VersionRecord

__all__ = ["ADMINISTRATOR_ACCESS", "MANAGED", "MANAGED_ARNS"]

ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"
_CREATED = 1_480_550_400.0  # 2016-12-01, the day of X-Ray
_SINKS = "arn:aws:oam:*:*:sink/*"
_LINKS = "arn:aws:oam:*:*:link/*"

_SEND = ["PutTraceSegments", "PutTelemetryRecords"]
_SAMPLE = ["GetSamplingRules", "GetSamplingTargets", "GetSamplingStatisticSummaries"]
_READ = [
    *("BatchGetTraces", "BatchGetTraceSummaryById", "GetDistinctTraceGraphs", "GetServiceGraph", "GetTraceGraph"),
    *("GetTraceSummaries", "GetGroups", "GetGroup", "ListTagsForResource", "ListResourcePolicies"),
    *("GetTimeSeriesServiceStatistics", "GetInsightSummaries", "GetInsight", "GetInsightEvents"),
    *("GetInsightImpactGraph", "StartTraceRetrieval", "ListRetrievedTraces", "GetRetrievedTracesGraph"),
    *("CancelTraceRetrieval", "GetTraceSegmentDestination", "GetIndexingRules"),
]


def _allow(actions: list[str] | str, resource: list[str] | str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def _xray(*actions: str) -> list[str]:
    return [f"xray:{action}" for action in actions]


_STATEMENTS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "AWSXRayDaemonWriteAccess": (
        "Allow the AWS X-Ray Daemon to relay raw trace segments data to the service's API and retrieve sampling data.",
        [_allow(_xray(*_SEND, *_SAMPLE))],
    ),
    "AWSXrayWriteOnlyAccess": ("AWS X-Ray write only managed policy", [_allow(_xray(*_SEND, *_SAMPLE))]),
    "AWSXrayReadOnlyAccess": (
        "AWS X-Ray read only managed policy",
        [_allow([*_xray(*_SAMPLE, *_READ), "oam:ListSinks"]), _allow("oam:ListAttachedLinks", _SINKS)],
    ),
    "AWSXrayFullAccess": (
        "AWS X-Ray full access managed policy",
        [_allow(["xray:*", "oam:ListSinks"]), _allow("oam:ListAttachedLinks", _SINKS)],
    ),
    "AWSXrayCrossAccountSharingConfiguration": (
        "Provides capabilities to manage observability links and establish sharing of X-Ray traces",
        [
            _allow(["xray:Link", "oam:ListLinks"]),
            _allow(["oam:DeleteLink", "oam:GetLink", "oam:TagResource"], _LINKS),
            _allow(["oam:CreateLink", "oam:UpdateLink"], [_LINKS, _SINKS]),
        ],
    ),
    "AdministratorAccess": ("Provides full access to AWS services and resources.", [_allow("*")]),
    "PowerUserAccess": (
        "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
        [
            {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"},
            _allow(["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles"]),
        ],
    ),
    "IAMFullAccess": ("Provides full access to IAM via the AWS Management Console.", [_allow("iam:*")]),
    "IAMReadOnlyAccess": (
        "Provides read only access to IAM via the AWS Management Console.",
        [_allow(["iam:Get*", "iam:List*", "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy"])],
    ),
}


def _record(name: str, description: str, statements: list[dict[str, Any]]) -> PolicyRecord:
    document = msgspec.json.format(msgspec.json.encode({"Version": "2012-10-17", "Statement": statements}), indent=2)
    version = VersionRecord(document=document.decode(), created_at=_CREATED)
    return PolicyRecord(
        id="ANPA" + base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()[:17],
        name=name,
        created_at=_CREATED,
        updated_at=_CREATED,
        description=description,
        versions={"v1": version},
    )


MANAGED: Mapping[str, PolicyRecord] = {
    f"arn:aws:iam::aws:policy/{name}": _record(name, *rest) for name, rest in _STATEMENTS.items()
}
"""By ARN."""

MANAGED_ARNS: Mapping[str, str] = {policy.id: arn for arn, policy in MANAGED.items()}
"""Their ARNs by their ids."""
