import type { Span, TraceTree } from "./tree";

export interface Flame {
  /** The row of each span, by key. */
  lane: ReadonlyMap<string, number>;
  /** The spans of each row, in order of time; none overlaps another. */
  lanes: readonly (readonly Span[])[];
}

/** A subtree as a box: what runs beside it goes below it, so that everything under a bar was called by it. */
interface Box {
  start: number;
  end: number;
  height: number;
  offset: number; // rows below its parent
}

/** Rows for a flame graph: children under their parent, and what runs in parallel under what began before it. */
export function flameOf(tree: TraceTree): Flame {
  const boxes = new Map<Span, Box>();
  for (let i = tree.spans.length - 1; i >= 0; i--) {
    const span = tree.spans[i]!;
    const inner = stack(span.children.map((child) => boxes.get(child)!));
    const start = Math.min(span.start, inner.start);
    boxes.set(span, { start, end: Math.max(span.end, inner.end), height: inner.height + 1, offset: 0 });
  }
  stack(tree.roots.map((root) => boxes.get(root)!));
  const lane = new Map<string, number>();
  const lanes: Span[][] = [];
  for (const span of tree.spans) {
    const row = (span.parent ? lane.get(span.parent.key)! : -1) + boxes.get(span)!.offset + 1;
    lane.set(span.key, row);
    while (lanes.length <= row) lanes.push([]);
    lanes[row]!.push(span);
  }
  for (const row of lanes) row.sort((a, b) => a.start - b.start);
  return { lane, lanes };
}

/** Gives each box the first rows that are free in its time; says how much time and how many rows all take. */
function stack(boxes: Box[]): { start: number; end: number; height: number } {
  const all = { start: Infinity, end: -Infinity, height: 0 };
  let running: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a.start - b.start)) {
    running = running.filter((other) => other.end > box.start);
    let offset = 0;
    for (const other of [...running].sort((a, b) => a.offset - b.offset)) {
      if (offset + box.height <= other.offset) break;
      offset = Math.max(offset, other.offset + other.height);
    }
    box.offset = offset;
    running.push(box);
    all.start = Math.min(all.start, box.start);
    all.end = Math.max(all.end, box.end);
    all.height = Math.max(all.height, offset + box.height);
  }
  return all;
}

/** The span of a row at a moment; `slack` widens bars too short to hit. */
export function spanAt({ lanes }: Flame, row: number, time: number, slack: number): Span | null {
  const spans = lanes[row] ?? [];
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= time + slack) low = middle + 1;
    else high = middle;
  }
  const span = spans[low - 1];
  return span && time <= span.end + slack ? span : null;
}

/** Where an arrow key leads from a span: to its parent, its longest child, or its neighbour in the row. */
export function neighbour({ lane, lanes }: Flame, span: Span, key: string): Span | null {
  if (key === "ArrowUp") return span.parent;
  if (key === "ArrowDown") return [...span.children].sort((a, b) => b.end - b.start - (a.end - a.start))[0] ?? null;
  const row = lanes[lane.get(span.key)!]!;
  return row[row.indexOf(span) + (key === "ArrowRight" ? 1 : -1)] ?? null;
}
