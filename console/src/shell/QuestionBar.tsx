import Button from "@cloudscape-design/components/button";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useLanguage } from "../i18n";
import { type Asked, linkTo } from "../state/question";
import { isSummoned } from "../state/summon";
import { traceIdIn } from "../state/trace-id";
import { GroupSelect } from "./GroupSelect";
import { TimeRange } from "./TimeRange";

/** Which traces, and when: the same bar on every observation page. */
export function QuestionBar({ asked }: { asked: Asked }) {
  const { say } = useLanguage();
  const [, navigate] = useLocation();
  const { question, ask, refresh } = asked;
  const [typed, setTyped] = useState(question.filter);
  useEffect(() => setTyped(question.filter), [question.filter]);
  const field = useRef<InputProps.Ref>(null);
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
          <Input
            ref={field}
            type="search"
            value={typed}
            placeholder={say("question.filter")}
            ariaLabel={say("question.filter")}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => setTyped(detail.value)}
            onKeyDown={({ detail }) => detail.key === "Enter" && run()}
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
