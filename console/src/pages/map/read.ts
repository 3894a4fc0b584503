import { call } from "../../api/client";
import type { Service, TimeSeriesServiceStatistics } from "../../api/types.gen";

/** The graph of a window, all pages of it. */
export async function readGraph(start: number, end: number, group: string, signal: AbortSignal): Promise<Service[]> {
  const services: Service[] = [];
  let token: string | null | undefined;
  do {
    const page = await call("GetServiceGraph", { StartTime: start, EndTime: end, ...(group && { GroupName: group }), ...(token && { NextToken: token }) }, signal);
    services.push(...(page.Services ?? []));
    token = page.NextToken;
  } while (token);
  return services;
}

/** One point a period, of what a selector means; without one of all requests from clients. */
export async function readSeries(start: number, end: number, period: number, group: string, selector: string, signal: AbortSignal): Promise<TimeSeriesServiceStatistics[]> {
  const points: TimeSeriesServiceStatistics[] = [];
  let token: string | null | undefined;
  do {
    const page = await call(
      "GetTimeSeriesServiceStatistics",
      {
        StartTime: start,
        EndTime: end,
        Period: period,
        ...(selector && { EntitySelectorExpression: selector }),
        ...(group && { GroupName: group }),
        ...(token && { NextToken: token }),
      },
      signal,
    );
    points.push(...(page.TimeSeriesServiceStatistics ?? []));
    token = page.NextToken;
  } while (token);
  return points;
}
