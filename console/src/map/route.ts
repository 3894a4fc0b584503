import { curveBetween, pointOn } from "./curves";
import type { Place } from "./layout";

const CLEAR = { across: 46, above: 40, below: 84 }; // of a node's centre; labels hang below it
const BOWS = [0, 0.5, -0.5, 0.8, -0.8, 1.15, -1.15, 1.6, -1.6].map((rows) => rows * 128);
const SAMPLES = 20;

/**
 * How far each edge bows up or down (map units) so that it passes between the nodes instead of under them.
 *
 * Every edge takes the smallest bow that touches the fewest nodes; one that touches none stays straight.
 */
export function routeAround(
  edges: readonly { key: string; from: string; to: string }[],
  places: ReadonlyMap<string, Place>,
  radius: number,
): Map<string, number> {
  const bows = new Map<string, number>();
  for (const edge of edges) {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to || from === to) continue;
    const others = [...places].filter(([key, place]) => key !== edge.from && key !== edge.to && between(place, from, to)).map(([, place]) => place);
    if (others.length === 0) continue;
    let best = { bow: 0, touched: Infinity };
    for (const bow of BOWS) {
      const curve = curveBetween(from, to, radius, bow);
      let touched = 0;
      for (let i = 1; i < SAMPLES; i++) {
        const point = pointOn(curve, i / SAMPLES);
        if (others.some((node) => covers(node, point))) touched++;
      }
      if (touched < best.touched) best = { bow, touched };
      if (best.touched === 0) break;
    }
    if (best.bow) bows.set(edge.key, best.bow);
  }
  return bows;
}

function between(place: Place, a: Place, b: Place): boolean {
  return place.x > Math.min(a.x, b.x) - CLEAR.across && place.x < Math.max(a.x, b.x) + CLEAR.across;
}

function covers(node: Place, point: Place): boolean {
  const [dx, dy] = [Math.abs(point.x - node.x), point.y - node.y];
  return dx < CLEAR.across && dy > -CLEAR.above && dy < CLEAR.below;
}
