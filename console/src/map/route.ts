import { curveBetween, samplesOf } from "./curves";
import type { Place } from "./layout";

const CLEAR = { across: 40, above: 38, below: 86 }; // of a node's centre; labels hang below it
const FAR = 1e6;

/**
 * The bends of each edge that would otherwise pass under a node: one in every column it crosses, in the gap between two
 * nodes that lies nearest to its way. Edges that touch nothing have none.
 */
export function routeAround(
  edges: readonly { key: string; from: string; to: string }[],
  places: ReadonlyMap<string, Place>,
  radius: number,
): Map<string, Place[]> {
  const columns = new Map<number, number[]>();
  for (const { x, y } of places.values()) columns.set(x, [...(columns.get(x) ?? []), y]);
  const gaps = new Map([...columns].map(([x, ys]) => [x, gapsBetween(ys)]));
  const bends = new Map<string, Place[]>();
  for (const edge of edges) {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to || to.x <= from.x) continue;
    const crossed = [...columns.keys()].filter((x) => x > from.x && x < to.x).sort((a, b) => a - b);
    if (crossed.length === 0) continue;
    const straight = samplesOf(curveBetween(from, to, radius));
    if (!crossed.some((x) => passesUnder(straight, x, columns.get(x)!))) continue;
    const way: Place[] = [];
    for (const x of crossed) {
      const before = way.at(-1) ?? from;
      const wanted = before.y + ((to.y - before.y) * (x - before.x)) / (to.x - before.x);
      way.push({ x, y: nearest(gaps.get(x)!, wanted) });
    }
    bends.set(edge.key, way);
  }
  return bends;
}

/** Where a line can pass a column of nodes: above, below, and between two that are far enough apart. */
function gapsBetween(ys: readonly number[]): [number, number][] {
  const sorted = [...ys].sort((a, b) => a - b);
  const edges = [-FAR, ...sorted.flatMap((y) => [y - CLEAR.above, y + CLEAR.below]), FAR];
  const gaps: [number, number][] = [];
  for (let i = 0; i < edges.length; i += 2) if (edges[i]! <= edges[i + 1]!) gaps.push([edges[i]!, edges[i + 1]!]);
  return gaps;
}

function nearest(gaps: readonly [number, number][], wanted: number): number {
  const inside = gaps.map(([low, high]) => Math.min(Math.max(wanted, low), high));
  return inside.reduce((best, y) => (Math.abs(y - wanted) < Math.abs(best - wanted) ? y : best));
}

/** Whether a line passes under a node of this column, or under its label. */
function passesUnder(line: readonly Place[], x: number, ys: readonly number[]): boolean {
  const near = line.filter((point) => Math.abs(point.x - x) < CLEAR.across);
  return near.some((point) => ys.some((y) => point.y - y > -CLEAR.above && point.y - y < CLEAR.below));
}
