/** Positions in map units; x grows in the direction of the calls. */
export interface Place {
  x: number;
  y: number;
}
export interface Layout {
  places: Map<string, Place>;
  width: number;
  height: number;
}
interface Graph {
  nodes: readonly { key: string }[];
  edges: readonly { from: string; to: string }[];
}

export const COLUMN = 190;
export const ROW = 128;
const SWEEPS = 6;

/**
 * A layered drawing with the proportions of the viewport; the same graph always gets the same drawing.
 *
 * Ranks by longest path, circles cut where a depth-first walk meets them; order inside a rank by the mean of the
 * neighbours; a rank too tall for the viewport is wrapped into several columns, each moved by half a row so that edges
 * pass between the nodes.
 */
export function layOut(graph: Graph, aspect: number): Layout {
  const keys = graph.nodes.map((node) => node.key).sort();
  const known = new Set(keys);
  const edges = graph.edges.filter((edge) => known.has(edge.from) && known.has(edge.to) && edge.from !== edge.to);
  const ranks = order(rank(keys, edges), edges);
  const rows = bestHeight(ranks, aspect);
  return place(ranks, rows);
}

function rank(keys: readonly string[], edges: Graph["edges"]): string[][] {
  const calls = new Map<string, string[]>(keys.map((key) => [key, []]));
  const called = new Set<string>();
  for (const edge of edges) {
    calls.get(edge.from)!.push(edge.to);
    called.add(edge.to);
  }
  for (const callees of calls.values()) callees.sort();
  // Entries first, so that a circle is cut at its far end and not at its door.
  const starts = [...keys.filter((key) => !called.has(key)), ...keys.filter((key) => called.has(key))];
  const state = new Map<string, "open" | "done">();
  const backwards: string[] = [];
  const walk = (start: string): void => {
    const stack: { key: string; next: number; skip: Set<string> }[] = [{ key: start, next: 0, skip: new Set() }];
    state.set(start, "open");
    while (stack.length) {
      const top = stack.at(-1)!;
      const callee = calls.get(top.key)![top.next++];
      if (callee === undefined) {
        calls.set(top.key, calls.get(top.key)!.filter((key) => !top.skip.has(key)));
        state.set(top.key, "done");
        backwards.push(top.key);
        stack.pop();
      } else if (state.get(callee) === "open") top.skip.add(callee);
      else if (!state.has(callee)) {
        state.set(callee, "open");
        stack.push({ key: callee, next: 0, skip: new Set() });
      }
    }
  };
  for (const key of starts) if (!state.has(key)) walk(key);

  const level = new Map<string, number>();
  for (const key of backwards.reverse()) {
    const own = level.get(key) ?? 0;
    level.set(key, own);
    for (const callee of calls.get(key)!) level.set(callee, Math.max(level.get(callee) ?? 0, own + 1));
  }
  const ranks: string[][] = [];
  for (const key of keys) (ranks[level.get(key) ?? 0] ??= []).push(key);
  return ranks.filter((each) => each?.length);
}

function order(ranks: string[][], edges: Graph["edges"]): string[][] {
  const beside = new Map<string, string[]>();
  for (const { from, to } of edges) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const at = new Map<string, number>();
  const settle = (each: string[]) => each.forEach((key, i) => at.set(key, each.length > 1 ? i / (each.length - 1) : 0.5));
  ranks.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const each of sweep % 2 ? [...ranks].reverse() : ranks) {
      const mean = new Map(each.map((key) => {
        const near = beside.get(key) ?? [];
        return [key, near.length ? near.reduce((sum, k) => sum + at.get(k)!, 0) / near.length : at.get(key)!];
      }));
      each.sort((a, b) => mean.get(a)! - mean.get(b)! || (a < b ? -1 : 1));
      settle(each);
    }
  }
  return ranks;
}

/** How many rows make the drawing's proportions closest to the viewport's. */
function bestHeight(ranks: readonly string[][], aspect: number): number {
  const tallest = Math.max(1, ...ranks.map((each) => each.length));
  let best = tallest;
  let error = Infinity;
  for (let rows = 1; rows <= tallest; rows++) {
    const columns = ranks.reduce((sum, each) => sum + Math.ceil(each.length / rows), 0);
    const off = Math.abs(Math.log((columns * COLUMN) / (rows * ROW) / aspect));
    if (off < error) [best, error] = [rows, off];
  }
  return best;
}

function place(ranks: readonly string[][], rows: number): Layout {
  const places = new Map<string, Place>();
  let column = 0;
  let low = 0;
  let high = 0;
  for (const each of ranks) {
    const columns = Math.ceil(each.length / rows);
    for (let c = 0; c < columns; c++, column++) {
      const inColumn = each.filter((_, i) => i % columns === c);
      const stagger = columns > 1 ? (c % 2 ? ROW / 4 : -ROW / 4) : 0;
      inColumn.forEach((key, i) => {
        const y = (i - (inColumn.length - 1) / 2) * ROW + stagger;
        low = Math.min(low, y);
        high = Math.max(high, y);
        places.set(key, { x: column * COLUMN, y });
      });
    }
  }
  for (const point of places.values()) point.y -= low;
  return { places, width: Math.max(0, column - 1) * COLUMN, height: high - low };
}
