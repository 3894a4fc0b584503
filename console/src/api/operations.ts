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
  GetGroups: { request: GetGroupsRequest; result: GetGroupsResult };
}

export const PATHS: Record<keyof Operations, string> = {
  GetTraceSummaries: "/TraceSummaries",
  BatchGetTraces: "/Traces",
  GetServiceGraph: "/ServiceGraph",
  GetTraceGraph: "/TraceGraph",
  GetTimeSeriesServiceStatistics: "/TimeSeriesServiceStatistics",
  GetGroups: "/Groups",
};

// GetGroups is not in radiograph.model yet; these three move to types.gen.ts with it.
export interface GroupSummary {
  GroupName: string;
  FilterExpression?: string;
}
export interface GetGroupsRequest {
  NextToken?: string;
}
export interface GetGroupsResult {
  Groups: GroupSummary[];
  NextToken?: string | null;
}
