import type { SpanPopulation } from "../api/types.gen";
import { ownTime } from "./critical";
import type { Span, TraceTree } from "./tree";

/** How long things of its kind take, by the id of a span. */
export type Populations = ReadonlyMap<string, SpanPopulation>;

export const ENOUGH = 20; // fewer say little about what is usual

export function populationsFrom(answers: readonly SpanPopulation[]): Populations {
  return new Map(answers.flatMap((each) => each.SpanIds.map((id): [string, SpanPopulation] => [id, each])));
}

export function isSlowForItsKind(span: Span, populations: Populations): boolean {
  const kind = populations.get(span.id);
  return !!kind && kind.Count >= ENOUGH && span.end - span.start > kind.P95;
}

export const PILLS = ["critical", "faults", "slow", "own"] as const;
export type Pill = (typeof PILLS)[number];

/** Whether a pill means a span. */
export function pillTest(pill: Pill, tree: TraceTree, onPath: ReadonlyMap<string, unknown>, populations: Populations): (span: Span) => boolean {
  const tenth = (tree.end - tree.start) / 10;
  switch (pill) {
    case "critical": return (span) => onPath.has(span.key);
    case "faults": return ({ status }) => status === "fault" || status === "error" || status === "throttle";
    case "slow": return (span) => isSlowForItsKind(span, populations);
    case "own": return (span) => span.kind !== "missing" && ownTime(span) > tenth;
  }
}
