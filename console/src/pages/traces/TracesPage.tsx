import Button from "@cloudscape-design/components/button";
import { useEffect } from "react";
import { ExportButton } from "../../file/ExportButton";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { QuestionBar } from "../../shell/QuestionBar";
import { Waiting } from "../../shell/Waiting";
import { expressionOf, refusedFilter, useQuestion } from "../../state/question";
import { useKeys } from "../../state/keys";
import { keepSearch } from "../../state/searches";
import { Clauses } from "./Clauses";
import { NoTraces } from "./NoTraces";
import { Refiners } from "./Refiners";
import { SavedSearches } from "./SavedSearches";
import { type Reading, useSummaries } from "./summaries";
import { TraceCharts } from "./TraceCharts";
import { TraceTable } from "./TraceTable";
import "./traces.css";

export default function TracesPage() {
  const { say } = useLanguage();
  const asked = useQuestion();
  const reading = useSummaries(asked);
  const { traces, status, error, old } = reading;
  useEffect(() => {
    document.title = `${say("traces.title")} · ${say("app.name")}`;
  }, [say]);

  const { filter, group } = asked.question;
  useEffect(() => {
    if (status === "done" || status === "more") keepSearch({ filter, group }); // what was refused is no search
  }, [filter, group, status]);

  useKeys({ j: () => toTrace(1), k: () => toTrace(-1) });

  const nothing = traces.length === 0;
  const refused = error ? refusedFilter(error, asked.question) : null;
  return (
    <div className="page">
      <QuestionBar asked={asked} refused={refused} />
      <Clauses asked={asked} />
      {refused && <p className="blank secondary" role="alert">{say("traces.refused")}</p>}
      {error && !refused && <Failure error={error} onRetry={reading.retry} />}
      {nothing && status === "reading" && <Waiting label={say("traces.loading")} />}
      {nothing && status === "done" && <NoTraces asked={asked} considered={reading.considered} />}
      {!nothing && !(error && old) && (
        <>
          <TraceCharts traces={traces} asked={asked} readUntil={reading.readUntil} />
          <Refiners traces={traces} asked={asked} />
          <TraceTable
            traces={traces}
            now={asked.window.end}
            old={old}
            openEnd={status === "more"}
            tools={<SavedSearches asked={asked} />}
            header={<TableHeader reading={reading} question={expressionOf(asked.question)} />}
            footer={
              status === "more" && (
                <div className="traces-more">
                  <Button onClick={reading.more}>{say("traces.more")}</Button>
                </div>
              )
            }
          />
        </>
      )}
    </div>
  );
}

/** Goes to the next trace of the list, or the one before; to the first one from anywhere else. */
function toTrace(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(".traces-table tbody a.mono")];
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
}

function TableHeader({ reading, question }: { reading: Reading; question: string }) {
  const { say, format } = useLanguage();
  const count = say("traces.count", reading.traces.length);
  const whole = reading.status === "done";
  return (
    <>
      <h1>{say("traces.title")}</h1>
      <span className="secondary" role="status">
        {whole ? say("traces.readAll", count) : say("traces.read", format.percent(reading.share), count)}
      </span>
      {!whole && <progress max={1} value={reading.share} aria-label={say("traces.loading")} />}
      {reading.status === "reading" && !reading.old && (
        <Button variant="inline-link" onClick={reading.stop}>{say("traces.stop")}</Button>
      )}
      <ExportButton ids={reading.traces.flatMap((trace) => trace.Id ?? [])} question={question} />
    </>
  );
}
