import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { ask } from "../../api/client";
import { STREAMS } from "../../api/operations";
import type { Arrivals, DemoStatus } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { StatusShape } from "../../shell/StatusMark";
import { useStream } from "../../state/stream";
import { buildTree } from "../../timeline/tree";
import { progressOf, remedyOf } from "./arrivals";
import { DEMO } from "./Demo";
import type { Kit, Place } from "./snippets";

const SILENT_AFTER_MS = 20_000;
const AGAIN_MS = 1000;

/** How far the first trace has come, as the server tells; and where it stops, why, and what to do. */
export function Checklist({ place, kit }: { place: Place; kit: Kit }) {
  const { say } = useLanguage();
  const [told, setTold] = useState<{ first: Arrivals; now: Arrivals } | null>(null);
  const [stream, again] = useStream(STREAMS.arrivals, ({ name, data }) => {
    if (name === "arrivals") setTold((before) => ({ first: before?.first ?? (data as Arrivals), now: data as Arrivals }));
  });
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSilent(true), SILENT_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const demo = useQuery<DemoStatus>({ queryKey: DEMO, enabled: false });
  const progress = told && progressOf(told.first, told.now);
  // The first that came is the one to follow: whatever comes after it is another trace.
  const [traceId, setTraceId] = useState<string | null>(null);
  const newest = progress?.traceId ?? null;
  useEffect(() => setTraceId((before) => before ?? newest), [newest]);
  const trace = useQuery({
    queryKey: ["first", traceId],
    enabled: traceId !== null,
    queryFn: ({ signal }) => ask("BatchGetTraces", { TraceIds: [traceId!] }, signal).then((answer) => isComplete((answer.Traces?.[0]?.Segments ?? []).map((segment) => segment.Document))),
    refetchInterval: ({ state }) => (state.data === true ? false : AGAIN_MS),
  });
  const complete = trace.data === true;
  const steps = [
    ["start.reached", progress?.reached === true],
    ["start.accepted", progress?.accepted === true],
    ["start.stored", progress?.stored === true],
    ["start.complete", complete],
  ] as const;
  return (
    <div className="checklist">
      <h3>{say("start.check")}</h3>
      <p className="secondary">{say(stream.kind === "lost" ? "start.lost" : told ? "start.listening" : "start.connecting")}</p>
      {stream.kind === "refused" && <Failure error={stream.error} onRetry={again} />}
      {demo.data?.IsRunning && <p className="secondary">{say("start.demoRuns")}</p>}
      <ol aria-live="polite">
        {steps.map(([word, done]) => (
          <li key={word} data-done={done || undefined}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r="6.6" fill={done ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.4" strokeDasharray={done ? undefined : "2 2"} />
              {done && <path className="checklist-tick" d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" strokeWidth="1.8" />}
            </svg>
            <span>{say(word)}</span>
            <span className="spoken">{done ? "✓" : "…"}</span>
            {word === "start.complete" && traceId && <Link href={`/traces/${traceId}`}>{say("start.open")}</Link>}
            {word === "start.complete" && traceId && !complete && <span className="secondary">{say("start.waitingParts")}</span>}
          </li>
        ))}
      </ol>
      {progress && progress.refused > 0 && <Problem what={say("start.refused", progress.refused)} fix={say("start.refusedFix")} />}
      {progress?.rejected.map(({ reason, message, count }) => <Problem key={reason} what={say("start.rejected", count, message ? `${reason}, ${message}` : reason)} fix={say(`startFix.${remedyOf(reason)}`)} />)}
      {silent && told && !progress?.reached && (
        <div className="checklist-problem">
          <p>{say("start.silent")}</p>
          <ul>
            <li>{kit === "otel" ? say("start.silentOtlp", place.otlp) : say("start.silentUdp", place.near ? place.udp : "127.0.0.1:2000")}</li>
            <li>{say("start.silentContainer")}</li>
            <li>{say("start.silentSampling")}</li>
          </ul>
        </div>
      )}
    </div>
  );
}

function Problem({ what, fix }: { what: string; fix: string }) {
  return (
    <div className="checklist-problem" role="alert">
      <p><StatusShape status="fault" /> <b>{what}</b></p>
      <p>{fix}</p>
    </div>
  );
}

/** Every parent is there and nothing is in progress. */
function isComplete(documents: readonly (string | undefined)[]): boolean {
  const tree = buildTree(documents);
  return tree.segments > 0 && !tree.inProgress && tree.missing === 0;
}
