import Button from "@cloudscape-design/components/button";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useCheck, useObserved } from "../filters/at-hand";
import { Expression } from "../filters/Expression";
import type { Refusal } from "../filters/refusal";
import { useLanguage } from "../i18n";
import { type Asked, linkTo } from "../state/question";
import { isSummoned } from "../state/summon";
import { traceIdIn } from "../state/trace-id";
import { GroupSelect } from "./GroupSelect";
import { TimeRange } from "./TimeRange";

interface Props {
  asked: Asked;
  /** What the page's own answer has against the filter; a page that does not send the filter has it judged here. */
  refused?: Refusal | null;
}

/** Which traces, and when: the same bar on every observation page. */
export function QuestionBar({ asked, refused }: Props) {
  const { say } = useLanguage();
  const [, navigate] = useLocation();
  const { question, ask, refresh } = asked;
  const [typed, setTyped] = useState(question.filter);
  useEffect(() => setTyped(question.filter), [question.filter]);
  const observed = useObserved();
  const asRun = typed === question.filter;
  const answered = asRun && refused !== undefined;
  const judged = useCheck(answered || traceIdIn(typed) ? "" : typed, asRun);
  const field = useRef<{ focus(): void }>(null);
  useLayoutEffect(() => {
    if (isSummoned()) field.current?.focus();
  }, []);

  const run = () => {
    const id = traceIdIn(typed);
    if (id) navigate(linkTo(`/traces/${id}`, { filter: "" }));
    else if (typed.trim() !== question.filter) ask({ filter: typed.trim() });
    else refresh();
  };
  return (
    <div role="search" aria-label={say("question.label")}>
      <div className="question">
        <GroupSelect value={question.group} onChange={(group) => ask({ group })} />
        <div className="question-filter">
          <Expression
            ref={field}
            value={typed}
            onChange={setTyped}
            onRun={run}
            label={say("question.filter")}
            placeholder={say("question.filter")}
            refusal={answered ? refused : judged}
            observed={observed}
          />
        </div>
        <TimeRange value={question.timeRange} onChange={(timeRange) => ask({ timeRange })} />
        <Button variant="primary" onClick={run}>{say("question.run")}</Button>
        <div className="question-tools">
          <button type="button" className="tool" data-outlined title={say("question.refresh")} aria-label={say("question.refresh")} onClick={refresh}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <path d="M13.5 8A5.5 5.5 0 1 1 11.6 3.8M12 1v3.2H8.8" fill="none" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </button>
          <button
            type="button"
            className="tool"
            data-outlined
            aria-pressed={question.live}
            title={say("question.liveOn")}
            disabled={question.timeRange.kind === "fixed"}
            onClick={() => ask({ live: !question.live }, "replace")}
          >
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
              <circle cx="5" cy="5" r="4" fill={question.live ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.5" />
            </svg>
            {say("question.live")}
          </button>
        </div>
      </div>
    </div>
  );
}
