import type { Span } from "./tree";

export type Stretch = [start: number, end: number];

/**
 * The critical path: for each span key the stretches during which that span itself kept the root waiting.
 *
 * Walks back from the end of the root. At any moment the path is in the child that finished last before that moment,
 * or, when no child was running, in the span itself. Children that outlive their parent are cut at its end.
 */
export function criticalPath(root: Span | undefined): Map<string, Stretch[]> {
  const path = new Map<string, Stretch[]>();
  if (!root) return path;
  const todo: { span: Span; from: number; until: number }[] = [{ span: root, from: root.start, until: root.end }];
  while (todo.length) {
    const { span, from, until } = todo.pop()!;
    const own: Stretch[] = [];
    let cursor = until;
    const latestFirst = span.children
      .map((child) => ({ child, start: Math.max(child.start, from), end: Math.min(child.end, until) }))
      .sort((a, b) => b.end - a.end);
    for (const { child, start, end } of latestFirst) {
      if (end > cursor || start >= end) continue; // ran beside what is already on the path, or took no time
      if (end < cursor) own.push([end, cursor]);
      todo.push({ span: child, from: start, until: end });
      cursor = start;
    }
    if (from < cursor) own.push([from, cursor]);
    if (own.length) path.set(span.key, own.reverse());
  }
  return path;
}

export function lengthOf(stretches: readonly Stretch[] | undefined): number {
  return (stretches ?? []).reduce((sum, [start, end]) => sum + end - start, 0);
}

/** Time in the span while none of its children was running. */
export function ownTime(span: Span): number {
  let covered = 0;
  let reached = span.start;
  for (const child of [...span.children].sort((a, b) => a.start - b.start)) {
    const start = Math.max(child.start, reached);
    const end = Math.min(child.end, span.end);
    if (end > start) {
      covered += end - start;
      reached = end;
    }
  }
  return Math.max(0, span.end - span.start - covered);
}
