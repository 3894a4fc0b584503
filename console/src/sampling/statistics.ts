import type { SamplingStatisticSummary } from "../api/types.gen";

/** What clients did under one rule in the stretch shown: totals, and matched requests in columns of ten seconds. */
export interface RuleStatistics {
  matched: number;
  sampled: number;
  borrowed: number;
  trend: number[];
}

export const COLUMN_S = 10;
export const COLUMNS = 60;

/** Statistics by rule over the ten minutes before `now`. */
export function statisticsOf(summaries: readonly SamplingStatisticSummary[], now: number): Map<string, RuleStatistics> {
  const last = Math.floor(now / COLUMN_S);
  const found = new Map<string, RuleStatistics>();
  for (const summary of summaries) {
    const column = COLUMNS - 1 - (last - Math.floor(summary.Timestamp / COLUMN_S));
    if (column < 0 || column >= COLUMNS) continue;
    const rule = found.get(summary.RuleName) ?? { matched: 0, sampled: 0, borrowed: 0, trend: Array<number>(COLUMNS).fill(0) };
    rule.matched += summary.RequestCount;
    rule.sampled += summary.SampledCount;
    rule.borrowed += summary.BorrowCount;
    rule.trend[column]! += summary.RequestCount;
    found.set(summary.RuleName, rule);
  }
  return found;
}
