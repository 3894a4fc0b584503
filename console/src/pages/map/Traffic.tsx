import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Bars } from "../../charts/Bars";
import { clockLabels } from "../../charts/labels";
import { useLanguage } from "../../i18n";
import type { Asked } from "../../state/question";
import { readSeries } from "./read";
import { periodOf, seriesOf } from "./series";

/** Requests of the selection over time, by status. */
export function Traffic({ asked, selector }: { asked: Asked; selector: string }) {
  const { say, format } = useLanguage();
  const { window, question } = asked;
  const period = periodOf(window);
  const query = useQuery({
    queryKey: ["GetTimeSeriesServiceStatistics", window.start, window.end, question.group, selector],
    queryFn: ({ signal }) => readSeries(window.start, window.end, period, question.group, selector, signal),
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
