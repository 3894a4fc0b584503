import { lengthOf, type Stretch } from "./critical";
import { countOf, type Span, type TraceTree } from "./tree";

/** What a stretch of the critical path was spent on. */
export type Spent =
  | { kind: "sql"; service: string }
  | { kind: "own"; service: string }
  | { kind: "call"; service: string; callee: string }
  | { kind: "wait"; callee: string };

/** The trace in a sentence, as facts that a language puts into words. */
export interface Verdict {
  /** Until whoever asked was answered. */
  seconds: number;
  /** Until the last of what was started by it ended, when that is later. */
  until: number | null;
  /** The largest part of the critical path, when it is large enough to name. */
  most: (Spent & { share: number }) | null;
  faults: number;
  errors: number;
  throttles: number;
}

const WORTH_NAMING = 0.25;
const LATER = 1.05;

/** Where the time of the trace went, along its critical path, and what went wrong on the way. */
export function verdictOf(tree: TraceTree, path: ReadonlyMap<string, readonly Stretch[]>): Verdict {
  const parts = new Map<string, { spent: Spent; seconds: number }>();
  let all = 0;
  for (const span of tree.spans) {
    const seconds = lengthOf(path.get(span.key));
    if (seconds <= 0) continue;
    all += seconds;
    const spent = spentOn(span);
    const key = JSON.stringify(spent);
    const part = parts.get(key);
    if (part) part.seconds += seconds;
    else parts.set(key, { spent, seconds });
  }
  const top = [...parts.values()].sort((a, b) => b.seconds - a.seconds)[0];
  const share = top && all > 0 ? top.seconds / all : 0;
  const root = tree.roots.find((span) => span.kind === "segment") ?? tree.roots[0];
  const answered = root ? root.end - root.start : 0;
  return {
    seconds: answered,
    until: tree.end - tree.start > answered * LATER ? tree.end - tree.start : null,
    most: top && share >= WORTH_NAMING ? { ...top.spent, share } : null,
    faults: countOf(tree, "fault"),
    errors: countOf(tree, "error"),
    throttles: countOf(tree, "throttle"),
  };
}

function spentOn(span: Span): Spent {
  const { document, service, parent } = span;
  if (span.kind === "missing") return { kind: "wait", callee: span.name };
  if (document?.sql || (span.inferred && parent?.document?.sql)) return { kind: "sql", service: span.inferred && parent ? parent.service : service };
  if (span.inferred && parent) return { kind: "call", service: parent.service, callee: span.name };
  const calls = document?.namespace === "remote" || document?.namespace === "aws";
  return calls ? { kind: "call", service, callee: span.name } : { kind: "own", service };
}
