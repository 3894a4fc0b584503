import { type Groups, NO_GROUPS } from "./siblings";
import type { Span, TraceTree } from "./tree";

/** Which rows the reader has folded, and which groups of siblings were opened. */
export interface Folding {
  folded: ReadonlySet<string>;
  opened: ReadonlySet<string>;
}
export interface Rows {
  rows: readonly Span[];
  /** How deep each row stands. */
  levels: readonly number[];
}

export function isFolded(span: Span, { folded, opened }: Folding): boolean {
  return span.kind === "group" ? !opened.has(span.key) : folded.has(span.key);
}

/** The rows in order: nothing under a folded one, siblings of a group in one; `kept` leaves out what it does not hold. */
export function visibleRows(tree: TraceTree, folding: Folding, groups: Groups = NO_GROUPS, kept: ReadonlySet<string> | null = null): Rows {
  const rows: Span[] = [];
  const levels: number[] = [];
  const stack: [Span, number][] = [];
  const push = (spans: readonly Span[], level: number) => {
    for (let i = spans.length - 1; i >= 0; i--) if (!kept || kept.has(spans[i]!.key)) stack.push([spans[i]!, level]);
  };
  push(tree.roots, 0);
  while (stack.length) {
    const [span, level] = stack.pop()!;
    rows.push(span);
    levels.push(level);
    if (!isFolded(span, folding)) push(span.kind === "group" ? span.children : grouped(span, groups), level + 1);
  }
  return { rows, levels };
}

function grouped(span: Span, groups: Groups): readonly Span[] {
  if (groups.of.size === 0) return span.children;
  const seen = new Set<Span>();
  return span.children.flatMap((child) => {
    const group = groups.of.get(child.key);
    if (!group) return [child];
    if (seen.has(group)) return [];
    seen.add(group);
    return [group];
  });
}

/** Keys of the spans that are meant, of all above them, and of the groups they are in. */
export function withAncestors(tree: TraceTree, meant: ReadonlySet<string>, groups: Groups): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const span of tree.spans) {
    if (!meant.has(span.key)) continue;
    for (let at: Span | null = span; at && !kept.has(at.key); at = at.parent) {
      kept.add(at.key);
      const group = groups.of.get(at.key);
      if (group) kept.add(group.key);
    }
  }
  return kept;
}

const FULL_STEPS = 8;

/** Indent in pixels; past depth 8 the steps shrink, or the names would vanish. */
export function indentOf(depth: number): number {
  return depth <= FULL_STEPS ? depth * 12 : FULL_STEPS * 12 + Math.min(depth - FULL_STEPS, 16) * 4;
}

/** The stretch of time that the given spans cover, with a little air; null when they take no time. */
export function spanOfTime(spans: readonly Span[]): [number, number] | null {
  const start = spans.reduce((least, span) => Math.min(least, span.start), Infinity);
  const end = spans.reduce((most, span) => Math.max(most, span.end), -Infinity);
  if (!(end > start)) return null;
  const air = (end - start) * 0.03;
  return [start - air, end + air];
}
