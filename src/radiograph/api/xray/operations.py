"""THE TABLE: all 38 operations of X-Ray, the path each is posted to, and the function that answers it.

Source: botocore's service model of X-Ray, 2016-04-12; a test holds this table against it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from radiograph.api.context import Context
from radiograph.model.graphs import (
    GetServiceGraphRequest,
    GetTimeSeriesServiceStatisticsRequest,
    GetTraceGraphRequest,
)
from radiograph.model.sampling import GetSamplingRulesRequest, GetSamplingTargetsRequest
from radiograph.model.segments import PutTelemetryRecordsRequest
from radiograph.model.traces import BatchGetTracesRequest, GetTraceSummariesRequest

from . import graphs, sampling, segments, traces

__all__ = ["OPERATIONS", "Operation"]

Answer = Callable[[Any, Context], msgspec.Struct]
BodyAnswer = Callable[[bytes, Context], Awaitable[msgspec.Struct]]


class Operation(msgspec.Struct, frozen=True):
    """One row: what an operation is called, where it is, what it takes, and who answers."""

    name: str
    path: str
    request: type[msgspec.Struct] | None = None
    answer: Answer | None = None
    """Blocks; None for an operation that this release does not answer."""
    body_answer: BodyAnswer | None = None
    """Answers from the body itself, without a thread of its own."""

    @property
    def action(self) -> str:
        """Give the IAM action."""
        return f"xray:{self.name}"


_ROWS = (
    # segments
    Operation("PutTraceSegments", "/TraceSegments", body_answer=segments.put_trace_segments),
    Operation("PutTelemetryRecords", "/TelemetryRecords", PutTelemetryRecordsRequest, segments.put_telemetry_records),
    # traces
    Operation("GetTraceSummaries", "/TraceSummaries", GetTraceSummariesRequest, traces.get_trace_summaries),
    Operation("BatchGetTraces", "/Traces", BatchGetTracesRequest, traces.batch_get_traces),
    # graphs
    Operation("GetServiceGraph", "/ServiceGraph", GetServiceGraphRequest, graphs.get_service_graph),
    Operation("GetTraceGraph", "/TraceGraph", GetTraceGraphRequest, graphs.get_trace_graph),
    Operation(
        "GetTimeSeriesServiceStatistics",
        "/TimeSeriesServiceStatistics",
        GetTimeSeriesServiceStatisticsRequest,
        graphs.get_time_series_service_statistics,
    ),
    # sampling
    Operation("GetSamplingRules", "/GetSamplingRules", GetSamplingRulesRequest, sampling.get_sampling_rules),
    Operation("GetSamplingTargets", "/SamplingTargets", GetSamplingTargetsRequest, sampling.get_sampling_targets),
    Operation("GetSamplingStatisticSummaries", "/SamplingStatisticSummaries"),
    Operation("CreateSamplingRule", "/CreateSamplingRule"),
    Operation("UpdateSamplingRule", "/UpdateSamplingRule"),
    Operation("DeleteSamplingRule", "/DeleteSamplingRule"),
    # groups
    Operation("CreateGroup", "/CreateGroup"),
    Operation("UpdateGroup", "/UpdateGroup"),
    Operation("DeleteGroup", "/DeleteGroup"),
    Operation("GetGroup", "/GetGroup"),
    Operation("GetGroups", "/Groups"),
    # insights
    Operation("GetInsight", "/Insight"),
    Operation("GetInsightSummaries", "/InsightSummaries"),
    Operation("GetInsightEvents", "/InsightEvents"),
    Operation("GetInsightImpactGraph", "/InsightImpactGraph"),
    # retrieval
    Operation("StartTraceRetrieval", "/StartTraceRetrieval"),
    Operation("CancelTraceRetrieval", "/CancelTraceRetrieval"),
    Operation("ListRetrievedTraces", "/ListRetrievedTraces"),
    Operation("GetRetrievedTracesGraph", "/GetRetrievedTracesGraph"),
    # settings
    Operation("GetEncryptionConfig", "/EncryptionConfig"),
    Operation("PutEncryptionConfig", "/PutEncryptionConfig"),
    Operation("GetTraceSegmentDestination", "/GetTraceSegmentDestination"),
    Operation("UpdateTraceSegmentDestination", "/UpdateTraceSegmentDestination"),
    Operation("GetIndexingRules", "/GetIndexingRules"),
    Operation("UpdateIndexingRule", "/UpdateIndexingRule"),
    # resources
    Operation("PutResourcePolicy", "/PutResourcePolicy"),
    Operation("ListResourcePolicies", "/ListResourcePolicies"),
    Operation("DeleteResourcePolicy", "/DeleteResourcePolicy"),
    Operation("TagResource", "/TagResource"),
    Operation("UntagResource", "/UntagResource"),
    Operation("ListTagsForResource", "/ListTagsForResource"),
)

OPERATIONS = {operation.path: operation for operation in _ROWS}
"""Operations by path; all are posted."""
