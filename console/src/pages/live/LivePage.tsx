import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { STREAMS } from "../../api/operations";
import type { LiveTrace } from "../../api/types.gen";
import { useObserved } from "../../filters/at-hand";
import { Expression } from "../../filters/Expression";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { GroupSelect } from "../../shell/GroupSelect";
import { useKeys } from "../../state/keys";
import { expressionOf, linkTo, QUESTION, refusedFilter } from "../../state/question";
import { keepSearch } from "../../state/searches";
import { useStream } from "../../state/stream";
import { useUrlState } from "../../state/url";
import "../../shell/form.css";
import "./live.css";
import { LiveTable } from "./LiveTable";
import { countIn, EMPTY, missed, released, type Tail, taken } from "./tail";

const AT_A_TIME_MS = 200; // rows of many events are drawn at once

/** Traces as they come, those a filter means; they stand still while the reader points at one. */
export default function LivePage() {
  const { say } = useLanguage();
  const [question, ask] = useUrlState(QUESTION);
  const { filter, group } = question;
  const [typed, setTyped] = useState(filter);
  useEffect(() => setTyped(filter), [filter]);
  const [stopped, setStopped] = useState(false);
  const [looking, setLooking] = useState(false);
  const paused = stopped || looking;
  const [tail, setTail] = useState<Tail>(EMPTY);
  const observed = useObserved();
  const expression = expressionOf({ filter, group });

  // Events are gathered and taken together: a page that draws for each of fifty a second does nothing else.
  const waiting = useRef<((tail: Tail) => Tail)[]>([]);
  const path = expression ? `${STREAMS.live}?filter=${encodeURIComponent(expression)}` : STREAMS.live;
  const [stream, again] = useStream(path, ({ name, data }) => {
    if (name === "trace") waiting.current.push((tail) => taken(tail, data as LiveTrace, isPaused.current));
    if (name === "dropped") waiting.current.push((tail) => missed(tail, countIn(data)));
  });
  const isPaused = useRef(paused);
  isPaused.current = paused;
  useEffect(() => {
    const timer = setInterval(() => {
      const steps = waiting.current.splice(0);
      if (steps.length > 0) setTail((tail) => steps.reduce((before, step) => step(before), tail));
    }, AT_A_TIME_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!paused) setTail(released);
  }, [paused]);
  useEffect(() => setTail(EMPTY), [path]);
  useEffect(() => {
    document.title = `${say("live.title")} · ${say("app.name")}`;
  }, [say]);
  useKeys({ p: () => setStopped(!stopped) });

  const run = () => (typed.trim() === filter ? again() : (keepSearch({ filter: typed.trim(), group }), ask({ filter: typed.trim() })));
  const error = stream.kind === "refused" ? stream.error : null;
  const refused = error && expression ? refusedFilter(error, question) : null;
  return (
    <div className="page live">
      <div className="live-ask" role="search" aria-label={say("question.label")}>
        <GroupSelect value={group} onChange={(chosen) => ask({ group: chosen })} />
        <div className="question-filter">
          <Expression value={typed} onChange={setTyped} onRun={run} label={say("question.filter")} placeholder={say("question.filter")} refusal={typed === filter ? refused : null} observed={observed} />
        </div>
        <button type="button" className="tool" data-outlined onClick={run}>{say("question.run")}</button>
        <button type="button" className="tool" data-outlined aria-pressed={stopped} onClick={() => setStopped(!stopped)}>{say(stopped ? "live.resume" : "live.pause")} <kbd>p</kbd></button>
        <button type="button" className="tool" data-outlined onClick={() => setTail(EMPTY)}>{say("live.clear")}</button>
        <Link className="tool live-search" data-outlined="" href={linkTo("/traces")}>{say("live.search")}</Link>
      </div>
      <div className="live-head">
        <h1>{say("live.title")}</h1>
        <span className="live-state" data-state={paused ? "paused" : stream.kind}>
          {say(stream.kind === "lost" || stream.kind === "connecting" ? "live.connecting" : paused ? "live.paused" : "live.open")}
        </span>
        <span className="secondary" role="status">
          {[tail.seen > 0 && say("live.seen", tail.seen), tail.held.length > 0 && say("live.held", tail.held.length), tail.missed > 0 && say("live.missed", tail.missed)].filter(Boolean).join(" · ")}
        </span>
        {looking && !stopped && tail.held.length > 0 && <span className="secondary">{say("live.pausedWhy")}</span>}
      </div>
      {stream.kind === "lost" && (
        <p className="strip" role="alert">
          {say("live.lost")} <button type="button" className="tool" data-outlined onClick={again}>{say("live.again")}</button>
        </p>
      )}
      {error && !refused && <Failure error={error} onRetry={again} />}
      {tail.shown.length === 0 && !error && stream.kind !== "lost" && <p className="blank secondary">{say(filter || group ? "live.waitingFilter" : "live.waiting")}</p>}
      {tail.shown.length > 0 && <LiveTable traces={tail.shown} onLook={setLooking} />}
    </div>
  );
}
