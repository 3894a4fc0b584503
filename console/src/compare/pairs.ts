import type { SpanPopulation } from "../api/types.gen";
import { criticalPath, lengthOf, ownTime, type Stretch } from "../timeline/critical";
import { operationOf } from "../timeline/describe";
import { STATUSES, type Status } from "../state/status";
import type { Kind, Span, TraceTree } from "../timeline/tree";

/** What one trace has at a place: the spans there, and the time they took. All times are seconds. */
export interface Side {
  count: number;
  spans: readonly Span[]; // none when the side is a median of many traces
  busy: number; // while at least one of the spans was running
  own: number; // and none of their children was
  path: number; // the response waited for them, and for nothing below them
  status: Status;
  population?: SpanPopulation; // of which the side is the median
}

/** A place in both traces: what has the same names from the root down. Spans that are repeated side by side are one place. */
export interface Pair {
  key: string; // its number among the rows: the same after a reload
  kind: Kind;
  name: string;
  detail: string;
  service: string;
  depth: number;
  parent: Pair | null;
  children: Pair[];
  a: Side;
  b: Side;
}

export const NOTHING: Side = { count: 0, spans: [], busy: 0, own: 0, path: 0, status: "unknown" };

/** The span whose end is the answer: the first segment that nothing called. */
export function rootOf(tree: TraceTree): Span | undefined {
  return tree.roots.find((root) => root.kind === "segment") ?? tree.roots[0];
}

/** Every place of either trace, parents before children, in order of time. */
export function pairsOf(a: TraceTree, b: TraceTree): Pair[] {
  const [pathA, pathB] = [criticalPath(rootOf(a)), criticalPath(rootOf(b))];
  const rows: Pair[] = [];
  const todo: { pair: Pair; a: Span[]; b: Span[] }[] = [];
  const open = (parent: Pair | null, spansA: readonly Span[], spansB: readonly Span[]) => {
    const found = grouped(spansA, spansB).map((group) => ({ pair: pairOf(group, parent, pathA, pathB), a: group.a, b: group.b, from: since(group, a, b) }));
    found.sort((one, other) => one.from - other.from);
    if (parent) parent.children = found.map(({ pair }) => pair);
    todo.push(...found.reverse());
  };
  open(null, a.roots, b.roots);
  while (todo.length) {
    const next = todo.pop()!;
    next.pair.key = String(rows.length);
    rows.push(next.pair);
    open(next.pair, next.a.flatMap((span) => span.children), next.b.flatMap((span) => span.children));
  }
  return rows;
}

interface Group {
  a: Span[];
  b: Span[];
}

function grouped(a: readonly Span[], b: readonly Span[]): Group[] {
  const groups = new Map<string, Group>();
  const put = (side: "a" | "b") => (span: Span) => {
    const sign = signOf(span);
    const group = groups.get(sign) ?? { a: [], b: [] };
    groups.set(sign, group);
    group[side].push(span);
  };
  a.forEach(put("a"));
  b.forEach(put("b"));
  return [...groups.values()];
}

/** What a span is called, apart from everything that differs from one request to the next. */
export function signOf(span: Span): string {
  if (span.kind === "missing") return "missing";
  const { document } = span;
  const operation = document && (operationOf(document) || (typeof document.aws?.operation === "string" ? document.aws.operation : ""));
  return [span.kind, span.name, operation ?? ""].join("\u0000");
}

function since({ a, b }: Group, treeA: TraceTree, treeB: TraceTree): number {
  const starts = [...a.map((span) => span.start - treeA.start), ...b.map((span) => span.start - treeB.start)];
  return starts.reduce((least, each) => Math.min(least, each), Infinity);
}

type Path = ReadonlyMap<string, readonly Stretch[]>;

function pairOf({ a, b }: Group, parent: Pair | null, pathA: Path, pathB: Path): Pair {
  const first = a[0] ?? b[0]!;
  const missing = first.kind === "missing";
  return {
    key: "",
    kind: first.kind,
    name: missing ? "" : first.name,
    detail: missing ? "" : first.detail,
    service: first.service,
    depth: parent ? parent.depth + 1 : 0,
    parent,
    children: [],
    a: sideOf(a, pathA),
    b: sideOf(b, pathB),
  };
}

function sideOf(spans: readonly Span[], path: Path): Side {
  if (spans.length === 0) return NOTHING;
  return {
    count: spans.length,
    spans,
    busy: covered(spans),
    own: spans.reduce((sum, span) => sum + ownTime(span), 0),
    path: spans.reduce((sum, span) => sum + lengthOf(path.get(span.key)), 0),
    status: gravest(spans),
  };
}

/** Time during which at least one of them was running. */
function covered(spans: readonly Span[]): number {
  let [sum, reached] = [0, -Infinity];
  for (const { start, end } of [...spans].sort((one, other) => one.start - other.start)) {
    if (end <= reached) continue;
    sum += end - Math.max(start, reached);
    reached = end;
  }
  return sum;
}

function gravest(spans: readonly Span[]): Status {
  const order: Status[] = [...STATUSES.filter((status) => status !== "ok"), "pending", "ok", "unknown"];
  return order.find((status) => spans.some((span) => span.status === status)) ?? "unknown";
}
