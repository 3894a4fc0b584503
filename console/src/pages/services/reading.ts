import { call } from "../../api/client";
import type { Service, TimeSeriesServiceStatistics } from "../../api/types.gen";
import { type Bin, quantile } from "../../charts/bins";
import type { Asked } from "../../state/question";
import { tallyOf, total } from "../../state/status";

/** The service graph of the question's window: what the map draws, asked the same way so that it is asked once. */
export async function readGraph({ window, question }: Asked, signal: AbortSignal): Promise<Service[]> {
  const services: Service[] = [];
  let token: string | null | undefined;
  do {
    const page = await call(
      "GetServiceGraph",
      { StartTime: window.start, EndTime: window.end, ...(question.group && { GroupName: question.group }), ...(token && { NextToken: token }) },
      signal,
    );
    services.push(...(page.Services ?? []));
    token = page.NextToken;
  } while (token);
  return services;
}

export function graphKey({ window, question }: Asked) {
  return ["GetServiceGraph", window.start, window.end, question.group];
}

export async function readSeries({ window, question }: Asked, selector: string, period: number, signal: AbortSignal): Promise<TimeSeriesServiceStatistics[]> {
  const points: TimeSeriesServiceStatistics[] = [];
  let token: string | null | undefined;
  do {
    const page = await call(
      "GetTimeSeriesServiceStatistics",
      {
        StartTime: window.start,
        EndTime: window.end,
        EntitySelectorExpression: selector,
        Period: period,
        ...(question.group && { GroupName: question.group }),
        ...(token && { NextToken: token }),
      },
      signal,
    );
    points.push(...(page.TimeSeriesServiceStatistics ?? []));
    token = page.NextToken;
  } while (token);
  return points;
}

/** Rate, errors and duration over time: one column a period, the silent ones included, since the answer leaves them out. */
export interface Series {
  bins: Bin[];
  p50: (number | null)[];
  p95: (number | null)[];
  faults: (number | null)[]; // shares
  errors: (number | null)[];
  throttles: (number | null)[];
}

export function seriesOf(points: readonly TimeSeriesServiceStatistics[], start: number, end: number, period: number): Series {
  const first = Math.floor(start / period);
  const columns = Math.max(1, Math.ceil(end / period) - first);
  const none = () => Array<number | null>(columns).fill(null);
  const series: Series = {
    bins: Array.from({ length: columns }, (_, i) => ({ from: (first + i) * period, to: (first + i + 1) * period, fault: 0, throttle: 0, error: 0, ok: 0 })),
    p50: none(), p95: none(), faults: none(), errors: none(), throttles: none(),
  };
  for (const point of points) {
    const at = Math.floor((point.Timestamp ?? 0) / period) - first;
    const bin = series.bins[at];
    if (!bin) continue;
    const tally = tallyOf(point.ServiceSummaryStatistics ?? point.EdgeSummaryStatistics);
    Object.assign(bin, tally);
    const all = total(tally);
    if (all > 0) [series.faults[at], series.errors[at], series.throttles[at]] = [tally.fault / all, tally.error / all, tally.throttle / all];
    const samples = (point.ResponseTimeHistogram ?? []).map((entry) => ({ value: entry.Value ?? 0, count: entry.Count ?? 0 }));
    [series.p50[at], series.p95[at]] = [quantile(samples, 0.5), quantile(samples, 0.95)];
  }
  return series;
}
