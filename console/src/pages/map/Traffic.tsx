import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "../../api/client";
import type { TimeSeriesServiceStatistics } from "../../api/types.gen";
import { Bars } from "../../charts/Bars";
import type { Bin } from "../../charts/bins";
import { clockLabels } from "../../charts/labels";
import { useLanguage } from "../../i18n";
import type { Asked } from "../../state/question";
import { tallyOf } from "../../state/status";

const FINE_UP_TO_S = 3600;

/** Requests of the selection over time, by status. */
export function Traffic({ asked, selector }: { asked: Asked; selector: string }) {
  const { say, format } = useLanguage();
  const { window, question } = asked;
  const period = window.end - window.start <= FINE_UP_TO_S ? 60 : 300;
  const query = useQuery({
    queryKey: ["GetTimeSeriesServiceStatistics", window.start, window.end, question.group, selector],
    queryFn: async ({ signal }) => {
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
    },
  });
  const bins = useMemo(() => seriesOf(query.data ?? [], window.start, window.end, period), [query.data, window, period]);
  const labels = useMemo(() => clockLabels(bins, format, 4), [bins, format]);
  if (query.isError) return <p className="secondary">{query.error.message}</p>;
  return (
    <Bars
      title={say("map.traffic")}
      note={say("traces.perBar", format.duration(period))}
      bins={bins}
      labels={labels}
      describe={(from, to) => `${format.clock(bins[from]!.from)} – ${format.clock(bins[to]!.to)}`}
    />
  );
}

/** One bar a period, empty ones included: the answer leaves them out. */
export function seriesOf(points: readonly TimeSeriesServiceStatistics[], start: number, end: number, period: number): Bin[] {
  const first = Math.floor(start / period);
  const bins: Bin[] = Array.from({ length: Math.max(1, Math.ceil(end / period) - first) }, (_, i) => ({
    from: (first + i) * period, to: (first + i + 1) * period, fault: 0, throttle: 0, error: 0, ok: 0,
  }));
  for (const point of points) {
    const bin = bins[Math.floor((point.Timestamp ?? 0) / period) - first];
    if (bin) Object.assign(bin, tallyOf(point.ServiceSummaryStatistics ?? point.EdgeSummaryStatistics));
  }
  return bins;
}
