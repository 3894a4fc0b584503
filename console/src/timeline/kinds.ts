import type { SpanOperation, SpanPopulation } from "../api/types.gen";
import { ownTime } from "./critical";
import type { Span, TraceTree } from "./tree";

/** How long things of one kind take, by `kindOf`. */
export type Populations = ReadonlyMap<string, SpanPopulation>;

export const ENOUGH = 20; // fewer say little about what is usual
const MOST_KINDS = 500; // what one question may name

/** What a span is one of, as the server counts it; null for what stands for others or has not arrived. */
export function operationFor(span: Span): SpanOperation | null {
  if (span.kind === "group") return operationFor(span.members![0]!);
  if (span.kind === "missing" || span.inProgress) return null;
  return span.kind === "segment" ? { Name: span.name } : { Name: span.service, Subsegment: span.name };
}

export function kindOf(span: Span): string {
  const operation = operationFor(span);
  return operation ? JSON.stringify([operation.Name, operation.Subsegment ?? ""]) : "";
}

/** Every kind in the trace once, as far as one question goes. */
export function operationsOf(tree: TraceTree): SpanOperation[] {
  const kinds = new Map<string, SpanOperation>();
  for (const span of tree.spans) {
    const operation = operationFor(span);
    if (operation && kinds.size < MOST_KINDS) kinds.set(kindOf(span), operation);
  }
  return [...kinds.values()];
}

export function populationsFrom(answers: readonly SpanPopulation[]): Populations {
  return new Map(answers.map((each) => [JSON.stringify([each.Name, each.Subsegment ?? ""]), each]));
}

export function isSlowForItsKind(span: Span, populations: Populations): boolean {
  const kind = populations.get(kindOf(span));
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
