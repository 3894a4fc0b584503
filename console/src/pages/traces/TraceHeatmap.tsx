import { useState } from "react";
import { Heatmap } from "../../charts/Heatmap";
import { HeatmapTable } from "../../charts/HeatmapTable";
import { narrowedTo } from "../../charts/narrowed";
import type { Rectangle } from "../../charts/rectangle";
import { useHeatmap } from "../../charts/useHeatmap";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { useKeys } from "../../state/keys";
import { type Asked, expressionOf } from "../../state/question";

/** Every trace of the question by moment and duration, read or not; a rectangle narrows the question in visible words. */
export default function TraceHeatmap({ asked }: { asked: Asked }) {
  const { say, format } = useLanguage();
  const { question, window, ask } = asked;
  const [table, setTable] = useState(false);
  const answer = useHeatmap(window, expressionOf(question), {}, true);
  useKeys({ t: () => setTable(!table) });
  const narrow = (rectangle: Rectangle | null) => {
    if (!rectangle) return;
    const { start, end } = rectangle;
    ask({ filter: narrowedTo(question.filter, rectangle), ...(start !== undefined && end !== undefined && { timeRange: { kind: "fixed", start, end }, live: false }) });
  };
  const { data: grid } = answer;
  return (
    <section className="traces-heatmap" aria-label={say("heatmap.title")} data-old={answer.isPlaceholderData || undefined}>
      <p className="secondary">
        {say("heatmap.whole")}
        {grid && ` · ${grid.SampledShare < 1 ? "~" : ""}${say("traces.count", grid.TracesProcessedCount)}`}
        {grid && grid.SampledShare < 1 && ` · ${say("analytics.sampled", format.percent(grid.SampledShare))}`}
      </p>
      {answer.error && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {!grid && answer.isFetching && <Waiting label={say("heatmap.loading")} />}
      {grid && !answer.error && (table ? <HeatmapTable grid={grid} /> : <Heatmap grid={grid} window={window} onSelect={narrow} hint={say("heatmap.narrow")} />)}
    </section>
  );
}
