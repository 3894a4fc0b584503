import type * as t from "./types.gen";

/** The operations this console asks, each with the shapes of the service model. */
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
};
