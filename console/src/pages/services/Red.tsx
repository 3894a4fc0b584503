import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation } from "wouter";
import { Bars } from "../../charts/Bars";
import { binByValue, quantile } from "../../charts/bins";
import { clockLabels, valueLabels } from "../../charts/labels";
import { type Line, Lines } from "../../charts/Lines";
import { useLanguage } from "../../i18n";
import type { MapNode } from "../../map/graph";
import { Failure } from "../../shell/Failure";
import { type Asked, linkTo } from "../../state/question";
import { serviceClause } from "./links";
import { readSeries, seriesOf } from "./reading";

const FINE_UP_TO_S = 3600;
const LABELS = 5;

/** Rate, errors and duration of a service over time, and how its response times are spread; a drag asks for the traces. */
export function Red({ asked, node, selector }: { asked: Asked; node: MapNode; selector: string }) {
  const { say, format } = useLanguage();
  const [, navigate] = useLocation();
  const { window, question } = asked;
  const period = window.end - window.start <= FINE_UP_TO_S ? 60 : 300;
  const query = useQuery({
    queryKey: ["GetTimeSeriesServiceStatistics", window.start, window.end, question.group, selector],
    queryFn: ({ signal }) => readSeries(asked, selector, period, signal),
    placeholderData: keepPreviousData,
  });
  const series = useMemo(() => seriesOf(query.data ?? [], window.start, window.end, period), [query.data, window, period]);
  const labels = useMemo(() => clockLabels(series.bins, format, LABELS), [series, format]);
  const samples = useMemo(() => node.histogram.map((entry) => ({ value: entry.Value ?? 0, count: entry.Count ?? 0 })), [node]);
  const spread = useMemo(() => binByValue(samples), [samples]);
  const spreadLabels = useMemo(() => valueLabels(spread, format), [spread, format]);
  const problems: Line[] = [
    { name: say("services.faults"), colour: "fault", values: series.faults },
    { name: say("services.errors"), colour: "error", dash: [5, 3], values: series.errors },
    { name: say("services.throttles"), colour: "throttle", dash: [2, 2], values: series.throttles },
  ];
  const durations: Line[] = [
    { name: say("services.p95"), colour: "accent", values: series.p95 },
    { name: say("services.p50"), colour: "ink-2", dash: [4, 3], values: series.p50 },
  ];
  const clock = (column: number) => format.clock(series.bins[column]!.from);
  const at = (share: number) => format.duration(quantile(samples, share) ?? 0);
  const traces = (filter: string, change: Partial<typeof question> = {}) => navigate(linkTo("/traces", { filter, ...change }));
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="service-red" data-old={query.isPlaceholderData || query.isPending || undefined}>
      <Bars
        title={say("map.traffic")}
        note={say("traces.perBar", format.duration(period))}
        bins={series.bins}
        labels={labels}
        describe={(from, to) => `${format.clock(series.bins[from]!.from)} – ${format.clock(series.bins[to]!.to)}`}
        onSelect={(from, to) => traces(serviceClause(node.name, node.type), { timeRange: { kind: "fixed", start: series.bins[from]!.from, end: series.bins[to]!.to } })}
      />
      <Lines title={say("services.problemShare")} note={problems.map((line) => line.name).join(", ")} lines={problems} labels={labels} format={format.percent} describe={clock} />
      <Lines title={say("services.duration")} note={say("services.durationNote")} lines={durations} labels={labels} format={format.duration} describe={clock} />
      <div>
        {spread.length > 0 ? (
          <Bars
            title={say("map.asService")}
            plain
            note={[0.5, 0.95, 0.99].map((share) => say("services.value", say(`services.p${share * 100}` as "services.p50"), at(share))).join(" · ")}
            bins={spread}
            labels={spreadLabels}
            describe={(from, to) => `${format.duration(spread[from]!.from)} – ${format.duration(spread[to]!.to)}`}
            onSelect={(from, to) => traces(serviceClause(node.name, node.type, `responsetime >= ${plain(spread[from]!.from)} AND responsetime < ${plain(spread[to]!.to)}`))}
          />
        ) : <p className="secondary">{say("map.noHistogram")}</p>}
      </div>
    </div>
  );
}

/** A number as the filter language reads it: no exponent. */
function plain(value: number): string {
  return Number(value.toPrecision(4)).toFixed(9).replace(/\.?0+$/, "");
}
