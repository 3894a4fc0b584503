"""The actions of X-Ray: their level, the resources they are about, the condition keys they know; and which operation
needs which.

Source: service authorization reference, "Actions, resources, and condition keys for AWS X-Ray".
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from radiograph.model.ids import aws_arn

__all__ = ["ACTIONS", "OPERATIONS", "SPANS", "Action", "Level", "ResourceType", "group_arn", "rule_arn"]

Level: TypeAlias = Literal["List", "Read", "Write", "Permissions management", "Tagging"]
ResourceType: TypeAlias = Literal["group", "sampling-rule"]


class Action(Struct, frozen=True):
    """One action; where ``resources`` is empty, the resource of a request is ``*``."""

    name: str
    level: Level
    resources: tuple[ResourceType, ...] = ()
    keys: tuple[str, ...] = ()


_GROUP: tuple[ResourceType, ...] = ("group",)
_RULE: tuple[ResourceType, ...] = ("sampling-rule",)
_BOTH = _GROUP + _RULE
_GIVEN = ("aws:RequestTag/${TagKey}", "aws:TagKeys")
_KEPT = ("aws:ResourceTag/${TagKey}",)
_POLICY = ("xray:ResourcePolicyName",)
_LOGS = ("logs:LogGeneratingResourceArns",)

_ROWS = (
    Action("xray:BatchGetTraces", "List"),
    Action("xray:ListResourcePolicies", "List"),
    Action("xray:ListRetrievedTraces", "List"),
    Action("xray:ListTagsForResource", "List", _BOTH),
    Action("xray:BatchGetTraceSummaryById", "Read"),
    Action("xray:CancelTraceRetrieval", "Read"),
    Action("xray:GetDistinctTraceGraphs", "Read"),
    Action("xray:GetEncryptionConfig", "Read"),
    Action("xray:GetGroup", "Read", _GROUP, _KEPT),
    Action("xray:GetGroups", "Read"),
    Action("xray:GetIndexingRules", "Read"),
    Action("xray:GetInsight", "Read"),
    Action("xray:GetInsightEvents", "Read"),
    Action("xray:GetInsightImpactGraph", "Read"),
    Action("xray:GetInsightSummaries", "Read"),
    Action("xray:GetRetrievedTracesGraph", "Read"),
    Action("xray:GetSamplingRules", "Read"),
    Action("xray:GetSamplingStatisticSummaries", "Read"),
    Action("xray:GetSamplingTargets", "Read"),
    Action("xray:GetServiceGraph", "Read"),
    Action("xray:GetTimeSeriesServiceStatistics", "Read"),
    Action("xray:GetTraceGraph", "Read"),
    Action("xray:GetTraceSegmentDestination", "Read"),
    Action("xray:GetTraceSummaries", "Read"),
    Action("xray:StartTraceRetrieval", "Read"),
    Action("xray:CreateGroup", "Write", _GROUP, _GIVEN),
    Action("xray:CreateSamplingRule", "Write", _RULE, _GIVEN),
    Action("xray:DeleteGroup", "Write", _GROUP, _KEPT),
    Action("xray:DeleteResourcePolicy", "Write", keys=_POLICY),
    Action("xray:DeleteSamplingRule", "Write", _RULE, _KEPT),
    Action("xray:Link", "Write"),
    Action("xray:PutResourcePolicy", "Write", keys=_POLICY),
    Action("xray:PutSpans", "Write", keys=_LOGS),
    Action("xray:PutSpansForIndexing", "Write"),
    Action("xray:PutTelemetryRecords", "Write"),
    Action("xray:PutTraceSegments", "Write", keys=_LOGS),
    Action("xray:UpdateGroup", "Write", _GROUP, _KEPT),
    Action("xray:UpdateIndexingRule", "Write"),
    Action("xray:UpdateSamplingRule", "Write", _RULE, _KEPT),
    Action("xray:UpdateTraceSegmentDestination", "Write", keys=("xray:TraceSegmentDestination",)),
    Action("xray:PutEncryptionConfig", "Permissions management"),
    Action("xray:TagResource", "Tagging", _BOTH, _GIVEN),
    Action("xray:UntagResource", "Tagging", _BOTH, ("aws:TagKeys",)),
)

ACTIONS = {action.name: action for action in _ROWS}
"""Every action by its name."""

_WITHOUT_OPERATION = (
    "BatchGetTraceSummaryById",
    "GetDistinctTraceGraphs",
    "Link",
    "PutSpans",
    "PutSpansForIndexing",
)

OPERATIONS: dict[str, tuple[Action, ...]] = {
    action.name.removeprefix("xray:"): (action,)
    for action in _ROWS
    if action.name.removeprefix("xray:") not in _WITHOUT_OPERATION
}
"""The actions that an operation of X-Ray's API needs, by the operation's name."""

SPANS = (ACTIONS["xray:PutSpans"], ACTIONS["xray:PutSpansForIndexing"])
"""The actions that OTLP's ``/v1/traces`` needs."""


def group_arn(region: str, account: str, name: str, unique_id: str = "*") -> str:
    """Give the ARN of a group; of one that is only being created, with a star where its unique id will be."""
    return aws_arn("xray", region, account, f"group/{name}/{unique_id}")


def rule_arn(region: str, account: str, name: str) -> str:
    """Give the ARN of a sampling rule."""
    return aws_arn("xray", region, account, f"sampling-rule/{name}")
