import type { Format } from "../i18n/format";
import type { Say } from "../i18n";
import type { Span, TraceTree } from "./tree";
import type { Verdict } from "./verdict";

/** The verdict as a sentence. */
export function sentenceOf(verdict: Verdict, say: Say, format: Format): string {
  const { most } = verdict;
  const share = most ? format.percent(most.share) : "";
  const where =
    most === null ? say("verdict.spread")
    : most.kind === "wait" ? say("verdict.wait", share, most.callee)
    : most.kind === "call" ? say("verdict.call", share, most.service, most.callee)
    : say(most.kind === "sql" ? "verdict.sql" : "verdict.own", share, most.service);
  const wrong = [
    verdict.faults > 0 && say("status.faults", verdict.faults),
    verdict.errors > 0 && say("status.errors", verdict.errors),
    verdict.throttles > 0 && say("status.throttles", verdict.throttles),
  ].filter(Boolean);
  const later = verdict.until === null ? null : say("verdict.after", format.duration(verdict.until));
  return [format.duration(verdict.seconds), where, later, wrong.join(", ") || say("verdict.wellDone")].filter(Boolean).join(say("verdict.join"));
}

/** One line for a chat: what, how it ended, how long, where it is. */
export function summaryOf(span: Span, tree: TraceTree, say: Say, format: Format): string {
  const what = [span.service && span.service !== span.name ? `${span.service} › ${span.name}` : span.name, span.detail].filter(Boolean).join(" ");
  const status = say(`status.${span.status}`) + (span.httpStatus === null ? "" : ` ${span.httpStatus}`);
  return `${what} · ${status} · ${format.duration(span.end - span.start)} · + ${format.duration(span.start - tree.start)}`;
}
