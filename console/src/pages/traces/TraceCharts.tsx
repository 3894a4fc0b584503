import { lazy, Suspense, useMemo } from "react";
import type { TraceSummary } from "../../api/types.gen";
import { Bars } from "../../charts/Bars";
import { binByTime, binByValue } from "../../charts/bins";
import { narrowed } from "../../charts/narrowed";
import { clockLabels, valueLabels } from "../../charts/labels";
import { useLanguage } from "../../i18n";
import { Choice } from "../../shell/Choice";
import type { Asked } from "../../state/question";
import { oneOf, useUrlState } from "../../state/url";
import { startOf, statusOfTrace } from "./summaries";

const TraceHeatmap = lazy(() => import("./TraceHeatmap"));
const CHARTS = ["bars", "heatmap"] as const;
const STATE = { chart: oneOf(...CHARTS) };

interface Props {
  traces: readonly TraceSummary[];
  asked: Asked;
  readUntil: number;
}

/** The traces as bars, of what was read so far; or as a heatmap, of all of the period. */
export function TraceCharts(props: Props) {
  const { say } = useLanguage();
  const [{ chart }, patch] = useUrlState(STATE);
  return (
    <div className="traces-charted">
      <Choice label={say("traces.charts")} values={CHARTS} value={chart} word={(each) => say(`traces.${each}`)} onChange={(each) => patch({ chart: each }, "replace")} />
      {chart === "heatmap" ? <Suspense><TraceHeatmap asked={props.asked} /></Suspense> : <TraceBars {...props} />}
    </div>
  );
}

/** What was read, over time and by response time; a drag narrows the question in visible words. */
function TraceBars({ traces, asked, readUntil }: Props) {
  const { say, format } = useLanguage();
  const { window, question, ask } = asked;
  const samples = useMemo(
    () => traces.map((trace) => ({ time: startOf(trace), value: trace.ResponseTime ?? 0, status: statusOfTrace(trace) })),
    [traces],
  );
  const overTime = useMemo(() => binByTime(samples, window.start, window.end), [samples, window]);
  const byValue = useMemo(() => binByValue(samples), [samples]);
  const clocks = useMemo(() => clockLabels(overTime, format), [overTime, format]);
  const values = useMemo(() => valueLabels(byValue, format), [byValue, format]);
  const unread = overTime.findIndex((bin) => bin.to > readUntil);
  const step = overTime[0]!.to - overTime[0]!.from;
  return (
    <div className="traces-charts">
      <Bars
        title={say("traces.overTime")}
        note={say("traces.perBar", format.duration(step))}
        bins={overTime}
        labels={clocks}
        unreadBelow={readUntil > window.start ? unread : 0}
        describe={(from, to) => `${format.clock(overTime[from]!.from, true)} – ${format.clock(overTime[to]!.to, true)}`}
        onSelect={(from, to) => ask({ timeRange: { kind: "fixed", start: overTime[from]!.from, end: overTime[to]!.to }, live: false })}
      />
      <Bars
        title={say("traces.distribution")}
        note={say("traces.distributionNote")}
        bins={byValue}
        labels={values}
        describe={(from, to) => `${format.duration(byValue[from]!.from)} – ${format.duration(byValue[to]!.to)}`}
        onSelect={(from, to) => ask({ filter: narrowed(question.filter, byValue[from]!.from, byValue[to]!.to) })}
      />
    </div>
  );
}
