import { useCallback, useEffect, useState } from "react";
import { basketsOf, isGiven, SETS } from "../../analytics/sets";
import { type Rectangle } from "../../charts/rectangle";
import { useCheck } from "../../filters/at-hand";
import { useLanguage } from "../../i18n";
import "../../shell/baskets.css";
import { Choice } from "../../shell/Choice";
import { Failure } from "../../shell/Failure";
import { QuestionBar } from "../../shell/QuestionBar";
import { Waiting } from "../../shell/Waiting";
import { useKeys } from "../../state/keys";
import { refusedFilter, useQuestion } from "../../state/question";
import { oneOf, useUrlState } from "../../state/url";
import { NoTraces } from "../traces/NoTraces";
import "./analytics.css";
import { Breakdowns } from "./Breakdowns";
import { Differences } from "./Differences";
import { Durations } from "./Durations";
import { Hops } from "./Hops";
import { Plane } from "./Plane";
import { SetBaskets } from "./SetBaskets";
import { useAnalytics } from "./useAnalytics";

const VIEWS = ["chart", "table"] as const;
const STATE = { ...SETS, view: oneOf(...VIEWS) };

export default function AnalyticsPage() {
  const { say, format } = useLanguage();
  const asked = useQuestion();
  const [state, patch] = useUrlState(STATE);
  const { a, b } = basketsOf(state);
  const [draws, setDraws] = useState<"a" | "b">("a");
  const refusals = { a: useCheck(a.filter, true), b: useCheck(b.filter, true) };
  const answers = useAnalytics(asked, a, b, { a: refusals.a !== null, b: refusals.b !== null });
  const { plane, explained } = answers;
  useEffect(() => {
    document.title = `${say("analytics.title")} · ${say("app.name")}`;
  }, [say]);
  useKeys({ t: () => patch({ view: state.view === "table" ? "chart" : "table" }, "replace") });

  const { ask, question, window } = asked;
  const draw = useCallback(
    (rectangle: Rectangle | null) => {
      patch(draws === "a" ? { ar: rectangle } : { br: rectangle });
      // Moments are fixed ones: a question that moves on with the clock would leave the rectangle behind.
      if (rectangle?.start !== undefined && question.timeRange.kind === "last") ask({ timeRange: { kind: "fixed", ...window }, live: false }, "replace");
    },
    [draws, patch, ask, question.timeRange, window],
  );
  const grid = plane.data;
  const hasA = isGiven(a);
  const refused = plane.error ? refusedFilter(plane.error, question) : null;
  const sampled = Math.min(grid?.SampledShare ?? 1, explained.data?.SampledShare ?? 1);
  return (
    <div className="page analytics">
      <QuestionBar asked={asked} refused={plane.error ? refused : null} />
      {plane.error && !refused && <Failure error={plane.error} onRetry={() => void plane.refetch()} />}
      {refused && <p className="blank secondary" role="alert">{say("traces.refused")}</p>}
      <div className="analytics-head">
        <h1>{say("analytics.title")}</h1>
        <span className="secondary" role="status">{grid && say("analytics.processed", `${sampled < 1 ? "~" : ""}${say("traces.count", grid.TracesProcessedCount)}`)}</span>
        <Choice label={say("analytics.view")} values={VIEWS} value={state.view} word={(each) => say(`analytics.${each}`)} keyOf={(each) => (each === "table" ? "t" : "")} onChange={(view) => patch({ view }, "replace")} />
      </div>
      {sampled < 1 && <p className="strip">{say("analytics.sampled", format.percent(sampled))}</p>}
      <SetBaskets asked={asked} a={a} b={b} refusals={refusals} explained={hasA ? explained.data : undefined} onChange={patch} />
      {!grid && plane.isFetching && <Waiting label={say("analytics.loading")} />}
      {grid && !plane.error && grid.TracesProcessedCount === 0 && <NoTraces asked={asked} considered={0} />}
      {grid && !plane.error && grid.TracesProcessedCount > 0 && (
        <>
          <div className="analytics-charts" data-old={plane.isPlaceholderData || undefined}>
            <Plane grid={grid} asked={asked} a={a} b={b} table={state.view === "table"} draws={draws} onDraws={setDraws} onDraw={draw} onChange={patch} />
            {hasA && <Durations answers={answers} isRest={!isGiven(b)} table={state.view === "table"} />}
          </div>
          {hasA && (
            <div className="analytics-pair">
              <Differences answer={explained} a={a} b={b} table={state.view === "table"} onChange={patch} />
              <Hops answer={explained} />
            </div>
          )}
          <Breakdowns answers={answers} a={a} hasA={hasA} isRest={!isGiven(b)} onChange={patch} />
        </>
      )}
    </div>
  );
}
