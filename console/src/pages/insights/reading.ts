import { call } from "../../api/client";
import type { InsightEvent, InsightImpactGraphService, InsightSummary, RequestImpactStatistics } from "../../api/types.gen";

interface Asked {
  start: number;
  end: number;
  group: string;
  state: "" | InsightSummary["State"];
}
const ALL = "Default";

/** The insights of a group in a period, the latest first. */
export async function readInsights({ start, end, group, state }: Asked, signal: AbortSignal): Promise<InsightSummary[]> {
  const insights: InsightSummary[] = [];
  let token: string | undefined;
  do {
    const page = await call(
      "GetInsightSummaries",
      { StartTime: start, EndTime: end, GroupName: group || ALL, ...(state && { States: [state] }), ...(token && { NextToken: token }) },
      signal,
    );
    insights.push(...(page.InsightSummaries ?? []));
    token = page.NextToken;
  } while (token);
  return insights.sort((a, b) => b.StartTime - a.StartTime);
}

/** What changed while it lasted, oldest first. */
export async function readEvents(id: string, signal: AbortSignal): Promise<InsightEvent[]> {
  const events: InsightEvent[] = [];
  let token: string | undefined;
  do {
    const page = await call("GetInsightEvents", { InsightId: id, ...(token && { NextToken: token }) }, signal);
    events.push(...(page.InsightEvents ?? []));
    token = page.NextToken;
  } while (token);
  return events.sort((a, b) => a.EventTime - b.EventTime);
}

/** The services that it reached in a window of at most six hours. */
export async function readImpact(id: string, start: number, end: number, signal: AbortSignal): Promise<InsightImpactGraphService[]> {
  const services: InsightImpactGraphService[] = [];
  let token: string | undefined;
  do {
    const page = await call("GetInsightImpactGraph", { InsightId: id, StartTime: start, EndTime: end, ...(token && { NextToken: token }) }, signal);
    services.push(...(page.Services ?? []));
    token = page.NextToken;
  } while (token);
  return services;
}

const LONGEST_S = 6 * 3600;

/** The six hours of an insight around a moment of it, or all of it when it was shorter; it may still go on. */
export function windowAround(insight: { StartTime: number; EndTime?: number }, moment: number | null, now: number): { start: number; end: number } {
  const [first, last] = [insight.StartTime, Math.max(insight.StartTime + 60, insight.EndTime ?? now)];
  if (last - first <= LONGEST_S) return { start: first, end: last };
  const end = Math.min(last, Math.max(first + LONGEST_S, (moment ?? last) + 60));
  return { start: end - LONGEST_S, end };
}

export function shareOf({ FaultCount, TotalCount }: RequestImpactStatistics): number {
  return TotalCount > 0 ? FaultCount / TotalCount : 0;
}
