import type * as t from "./types.gen";

/** The operations this console asks: X-Ray's, with the shapes of the service model, and our own. */
export interface Operations {
  GetTraceSummaries: { request: t.GetTraceSummariesRequest; result: t.GetTraceSummariesResult };
  BatchGetTraces: { request: t.BatchGetTracesRequest; result: t.BatchGetTracesResult };
  GetServiceGraph: { request: t.GetServiceGraphRequest; result: t.GetServiceGraphResult };
  GetTraceGraph: { request: t.GetTraceGraphRequest; result: t.GetTraceGraphResult };
  GetTimeSeriesServiceStatistics: {
    request: t.GetTimeSeriesServiceStatisticsRequest;
    result: t.GetTimeSeriesServiceStatisticsResult;
  };
  GetGroups: { request: t.GetGroupsRequest; result: t.GetGroupsResult };
  CreateGroup: { request: t.CreateGroupRequest; result: t.CreateGroupResult };
  UpdateGroup: { request: t.UpdateGroupRequest; result: t.UpdateGroupResult };
  DeleteGroup: { request: t.DeleteGroupRequest; result: t.DeleteGroupResult };
  GetSamplingRules: { request: t.GetSamplingRulesRequest; result: t.GetSamplingRulesResult };
  CreateSamplingRule: { request: t.CreateSamplingRuleRequest; result: t.CreateSamplingRuleResult };
  UpdateSamplingRule: { request: t.UpdateSamplingRuleRequest; result: t.UpdateSamplingRuleResult };
  DeleteSamplingRule: { request: t.DeleteSamplingRuleRequest; result: t.DeleteSamplingRuleResult };
  GetSamplingStatisticSummaries: {
    request: t.GetSamplingStatisticSummariesRequest;
    result: t.GetSamplingStatisticSummariesResult;
  };
  GetInsightSummaries: { request: t.GetInsightSummariesRequest; result: t.GetInsightSummariesResult };
  GetInsight: { request: t.GetInsightRequest; result: t.GetInsightResult };
  GetInsightEvents: { request: t.GetInsightEventsRequest; result: t.GetInsightEventsResult };
  GetInsightImpactGraph: { request: t.GetInsightImpactGraphRequest; result: t.GetInsightImpactGraphResult };
  GetEncryptionConfig: { request: t.GetEncryptionConfigRequest; result: t.GetEncryptionConfigResult };
  PutEncryptionConfig: { request: t.PutEncryptionConfigRequest; result: t.PutEncryptionConfigResult };
  GetTraceSegmentDestination: {
    request: t.GetTraceSegmentDestinationRequest;
    result: t.GetTraceSegmentDestinationResult;
  };
  UpdateTraceSegmentDestination: {
    request: t.UpdateTraceSegmentDestinationRequest;
    result: t.UpdateTraceSegmentDestinationResult;
  };
  GetIndexingRules: { request: t.GetIndexingRulesRequest; result: t.GetIndexingRulesResult };
  UpdateIndexingRule: { request: t.UpdateIndexingRuleRequest; result: t.UpdateIndexingRuleResult };
  ListResourcePolicies: { request: t.ListResourcePoliciesRequest; result: t.ListResourcePoliciesResult };
  PutResourcePolicy: { request: t.PutResourcePolicyRequest; result: t.PutResourcePolicyResult };
  DeleteResourcePolicy: { request: t.DeleteResourcePolicyRequest; result: t.DeleteResourcePolicyResult };
  ListTagsForResource: { request: t.ListTagsForResourceRequest; result: t.ListTagsForResourceResponse };
  TagResource: { request: t.TagResourceRequest; result: t.TagResourceResponse };
  UntagResource: { request: t.UntagResourceRequest; result: t.UntagResourceResponse };
  Heatmap: { request: t.HeatmapRequest; result: t.HeatmapResult };
  Breakdown: { request: t.BreakdownRequest; result: t.BreakdownResult };
  Explain: { request: t.ExplainRequest; result: t.ExplainResult };
  Typical: { request: t.TypicalRequest; result: t.TypicalResult };
  Complete: { request: t.CompleteRequest; result: t.CompleteResult };
  Exceptions: { request: t.ExceptionsRequest; result: t.ExceptionsResult };
  Operations: { request: t.OperationsRequest; result: t.OperationsResult };
  Changes: { request: t.ChangesRequest; result: t.ChangesResult };
}

export const PATHS: Record<keyof Operations, string> = {
  GetTraceSummaries: "/TraceSummaries",
  BatchGetTraces: "/Traces",
  GetServiceGraph: "/ServiceGraph",
  GetTraceGraph: "/TraceGraph",
  GetTimeSeriesServiceStatistics: "/TimeSeriesServiceStatistics",
  GetGroups: "/Groups",
  CreateGroup: "/CreateGroup",
  UpdateGroup: "/UpdateGroup",
  DeleteGroup: "/DeleteGroup",
  GetSamplingRules: "/GetSamplingRules",
  CreateSamplingRule: "/CreateSamplingRule",
  UpdateSamplingRule: "/UpdateSamplingRule",
  DeleteSamplingRule: "/DeleteSamplingRule",
  GetSamplingStatisticSummaries: "/SamplingStatisticSummaries",
  GetInsightSummaries: "/InsightSummaries",
  GetInsight: "/Insight",
  GetInsightEvents: "/InsightEvents",
  GetInsightImpactGraph: "/InsightImpactGraph",
  GetEncryptionConfig: "/EncryptionConfig",
  PutEncryptionConfig: "/PutEncryptionConfig",
  GetTraceSegmentDestination: "/GetTraceSegmentDestination",
  UpdateTraceSegmentDestination: "/UpdateTraceSegmentDestination",
  GetIndexingRules: "/GetIndexingRules",
  UpdateIndexingRule: "/UpdateIndexingRule",
  ListResourcePolicies: "/ListResourcePolicies",
  PutResourcePolicy: "/PutResourcePolicy",
  DeleteResourcePolicy: "/DeleteResourcePolicy",
  ListTagsForResource: "/ListTagsForResource",
  TagResource: "/TagResource",
  UntagResource: "/UntagResource",
  Heatmap: "/console/api/Heatmap",
  Breakdown: "/console/api/Breakdown",
  Explain: "/console/api/Explain",
  Typical: "/console/api/Typical",
  Complete: "/console/api/Complete",
  Exceptions: "/console/api/Exceptions",
  Operations: "/console/api/Operations",
  Changes: "/console/api/Changes",
};

/** Server-sent events: of new traces (`?filter=`), each an event `trace` or `dropped`; and of what arrives at all. */
export const STREAMS = { live: "/console/api/live", arrivals: "/console/api/arrivals" } as const;
