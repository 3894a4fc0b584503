"""THE TABLE: all 38 operations of X-Ray, the path each is posted to, and the function that answers it.

Source: botocore's service model of X-Ray, 2016-04-12; a test holds this table against it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_type_hints

import msgspec

from radiograph.api.context import Context

from . import (
    graphs,
    groups,
    insights,
    policies,
    retrieval,
    sampling,
    sampling_rules,
    segments,
    settings,
    tags,
    traces,
)

__all__ = ["OPERATIONS", "PUT_TRACE_SEGMENTS", "Operation"]

Answer = Callable[[Any, Context], msgspec.Struct]


class Operation(msgspec.Struct, frozen=True):
    """One row: what an operation is called, where it is, and who answers."""

    name: str
    path: str
    answer: Answer | None = None
    """Blocks; None for the one that is answered at the door."""

    @property
    def action(self) -> str:
        """Give the IAM action."""
        return f"xray:{self.name}"

    @property
    def request(self) -> type[msgspec.Struct] | None:
        """Give what it takes: the answering function says so."""
        return _request(self.answer) if self.answer is not None else None


@cache
def _request(answer: Answer) -> type[msgspec.Struct]:
    request: type[msgspec.Struct] = get_type_hints(answer)["request"]
    return request


PUT_TRACE_SEGMENTS = Operation("PutTraceSegments", "/TraceSegments")
"""Answered at the door, without the store: see ``segments.put_trace_segments``."""

_ROWS = (
    # segments
    PUT_TRACE_SEGMENTS,
    Operation("PutTelemetryRecords", "/TelemetryRecords", segments.put_telemetry_records),
    # traces
    Operation("GetTraceSummaries", "/TraceSummaries", traces.get_trace_summaries),
    Operation("BatchGetTraces", "/Traces", traces.batch_get_traces),
    # graphs
    Operation("GetServiceGraph", "/ServiceGraph", graphs.get_service_graph),
    Operation("GetTraceGraph", "/TraceGraph", graphs.get_trace_graph),
    Operation(
        "GetTimeSeriesServiceStatistics", "/TimeSeriesServiceStatistics", graphs.get_time_series_service_statistics
    ),
    # sampling
    Operation("GetSamplingRules", "/GetSamplingRules", sampling_rules.get_sampling_rules),
    Operation("GetSamplingTargets", "/SamplingTargets", sampling.get_sampling_targets),
    Operation(
        "GetSamplingStatisticSummaries", "/SamplingStatisticSummaries", sampling.get_sampling_statistic_summaries
    ),
    Operation("CreateSamplingRule", "/CreateSamplingRule", sampling_rules.create_sampling_rule),
    Operation("UpdateSamplingRule", "/UpdateSamplingRule", sampling_rules.update_sampling_rule),
    Operation("DeleteSamplingRule", "/DeleteSamplingRule", sampling_rules.delete_sampling_rule),
    # groups
    Operation("CreateGroup", "/CreateGroup", groups.create_group),
    Operation("UpdateGroup", "/UpdateGroup", groups.update_group),
    Operation("DeleteGroup", "/DeleteGroup", groups.delete_group),
    Operation("GetGroup", "/GetGroup", groups.get_group),
    Operation("GetGroups", "/Groups", groups.get_groups),
    # insights
    Operation("GetInsight", "/Insight", insights.get_insight),
    Operation("GetInsightSummaries", "/InsightSummaries", insights.get_insight_summaries),
    Operation("GetInsightEvents", "/InsightEvents", insights.get_insight_events),
    Operation("GetInsightImpactGraph", "/InsightImpactGraph", insights.get_insight_impact_graph),
    # retrieval
    Operation("StartTraceRetrieval", "/StartTraceRetrieval", retrieval.start_trace_retrieval),
    Operation("CancelTraceRetrieval", "/CancelTraceRetrieval", retrieval.cancel_trace_retrieval),
    Operation("ListRetrievedTraces", "/ListRetrievedTraces", retrieval.list_retrieved_traces),
    Operation("GetRetrievedTracesGraph", "/GetRetrievedTracesGraph", retrieval.get_retrieved_traces_graph),
    # settings
    Operation("GetEncryptionConfig", "/EncryptionConfig", settings.get_encryption_config),
    Operation("PutEncryptionConfig", "/PutEncryptionConfig", settings.put_encryption_config),
    Operation("GetTraceSegmentDestination", "/GetTraceSegmentDestination", settings.get_trace_segment_destination),
    Operation(
        "UpdateTraceSegmentDestination", "/UpdateTraceSegmentDestination", settings.update_trace_segment_destination
    ),
    Operation("GetIndexingRules", "/GetIndexingRules", settings.get_indexing_rules),
    Operation("UpdateIndexingRule", "/UpdateIndexingRule", settings.update_indexing_rule),
    # resources
    Operation("PutResourcePolicy", "/PutResourcePolicy", policies.put_resource_policy),
    Operation("ListResourcePolicies", "/ListResourcePolicies", policies.list_resource_policies),
    Operation("DeleteResourcePolicy", "/DeleteResourcePolicy", policies.delete_resource_policy),
    Operation("TagResource", "/TagResource", tags.tag_resource),
    Operation("UntagResource", "/UntagResource", tags.untag_resource),
    Operation("ListTagsForResource", "/ListTagsForResource", tags.list_tags_for_resource),
)

OPERATIONS = {operation.path: operation for operation in _ROWS}
"""Operations by path; all are posted."""
