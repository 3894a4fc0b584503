import type { TimeSeriesServiceStatistics } from "../../api/types.gen";
import type { Bin } from "../../charts/bins";
import type { Window } from "../../state/range";
import { tallyOf } from "../../state/status";

const FINE_UP_TO_S = 3600;

/** By the minute up to an hour, beyond it by five. */
export function periodOf({ start, end }: Window): number {
  return end - start <= FINE_UP_TO_S ? 60 : 300;
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
