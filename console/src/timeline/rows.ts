import type { Span, TraceTree } from "./tree";

/** The spans that are not under a folded one, in order. */
export function visibleRows(tree: TraceTree, folded: ReadonlySet<string>): Span[] {
  if (folded.size === 0) return tree.spans;
  const rows: Span[] = [];
  let hiddenBelow = Infinity;
  for (const span of tree.spans) {
    if (span.depth > hiddenBelow) continue;
    hiddenBelow = folded.has(span.key) ? span.depth : Infinity;
    rows.push(span);
  }
  return rows;
}

const FULL_STEPS = 8;

/** Indent in pixels; past depth 8 the steps shrink, or the names would vanish. */
export function indentOf(depth: number): number {
  return depth <= FULL_STEPS ? depth * 12 : FULL_STEPS * 12 + Math.min(depth - FULL_STEPS, 16) * 4;
}

/** The stretch of time that the given spans cover, with a little air; null when they take no time. */
export function spanOfTime(spans: readonly Span[]): [number, number] | null {
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  if (!(end > start)) return null;
  const air = (end - start) * 0.03;
  return [start - air, end + air];
}
