"""AWS's own policies for X-Ray, which are there from the start and which nobody can change.

Source: X-Ray developer guide, "AWS managed policies for X-Ray". What AWSXrayReadOnlyAccess reads of retrievals, of the
destination and of indexing was added to it later, and is inferred.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

__all__ = ["MANAGED", "ManagedPolicy"]

_LINKS, _SINKS = "arn:aws:oam:*:*:link/*", "arn:aws:oam:*:*:sink/*"
_WRITE = (
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
)
_READ = (
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
    "xray:BatchGetTraces",
    "xray:BatchGetTraceSummaryById",
    "xray:GetDistinctTraceGraphs",
    "xray:GetServiceGraph",
    "xray:GetTraceGraph",
    "xray:GetTraceSummaries",
    "xray:GetGroups",
    "xray:GetGroup",
    "xray:ListTagsForResource",
    "xray:ListResourcePolicies",
    "xray:GetTimeSeriesServiceStatistics",
    "xray:GetInsightSummaries",
    "xray:GetInsight",
    "xray:GetInsightEvents",
    "xray:GetInsightImpactGraph",
    "xray:StartTraceRetrieval",
    "xray:ListRetrievedTraces",
    "xray:GetRetrievedTracesGraph",
    "xray:CancelTraceRetrieval",
    "xray:GetTraceSegmentDestination",
    "xray:GetIndexingRules",
    "oam:ListSinks",
)


class ManagedPolicy(Struct, frozen=True):
    """One policy; ``document`` is its text."""

    name: str
    description: str
    document: str

    @property
    def arn(self) -> str:
        """Its ARN; its account is AWS itself."""
        return f"arn:aws:iam::aws:policy/{self.name}"


def _allow(actions: tuple[str, ...], *resources: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources or ("*",))}


def _policy(name: str, description: str, *statements: dict[str, Any]) -> ManagedPolicy:
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    return ManagedPolicy(name, description, json.dumps(document, indent=4))


_ALL = (
    _policy("AWSXRayDaemonWriteAccess", "Send traces, and read what the X-Ray daemon and SDKs need.", _allow(_WRITE)),
    _policy("AWSXrayWriteOnlyAccess", "Send traces, and read what SDKs need to sample them.", _allow(_WRITE)),
    _policy(
        "AWSXrayReadOnlyAccess",
        "Read traces, maps, groups, insights and sampling rules; change nothing.",
        _allow(_READ),
        _allow(("oam:ListAttachedLinks",), _SINKS),
    ),
    _policy(
        "AWSXrayFullAccess",
        "Everything X-Ray does.",
        _allow(("xray:*", "oam:ListSinks")),
        _allow(("oam:ListAttachedLinks",), _SINKS),
    ),
    _policy(
        "AWSXrayCrossAccountSharingConfiguration",
        "Link an account to one that monitors it, and manage such links.",
        _allow(("xray:Link", "oam:ListLinks")),
        _allow(("oam:DeleteLink", "oam:GetLink", "oam:TagResource"), _LINKS),
        _allow(("oam:CreateLink", "oam:UpdateLink"), _LINKS, _SINKS),
    ),
)

MANAGED = {policy.arn: policy for policy in _ALL}
"""The policies by ARN."""
