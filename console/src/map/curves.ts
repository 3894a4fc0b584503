import type { Place } from "./layout";

/** One cubic piece of a line. */
export interface Cubic {
  from: Place;
  control1: Place;
  control2: Place;
  to: Place;
}
/** A line from the rim of one node to the rim of another, in as many pieces as it has bends, and one more. */
export type Curve = readonly Cubic[];

const GAP = 5;

/** Forward edges leave to the right and arrive from the left; backward ones arch above; a self-call is a loop on top. */
export function curveBetween(from: Place, to: Place, radius: number, bends: readonly Place[] = []): Curve {
  const reach = radius + GAP;
  if (from === to) {
    return [{
      from: { x: from.x - reach * 0.6, y: from.y - reach * 0.8 },
      control1: { x: from.x - reach * 1.6, y: from.y - reach * 2.6 },
      control2: { x: from.x + reach * 1.6, y: from.y - reach * 2.6 },
      to: { x: from.x + reach * 0.6, y: from.y - reach * 0.8 },
    }];
  }
  const ahead = to.x - from.x;
  if (ahead > radius * 2) return through([{ x: from.x + reach, y: from.y }, ...bends, { x: to.x - reach, y: to.y }]);
  const arch = Math.max(radius * 2.5, Math.abs(ahead) * 0.3);
  return [{
    from: { x: from.x, y: from.y - reach },
    control1: { x: from.x, y: from.y - reach - arch },
    control2: { x: to.x, y: to.y - reach - arch },
    to: { x: to.x, y: to.y - reach },
  }];
}

/** Smooth through every point; level at both ends, and at a bend as steep as the way from the one before to the next. */
function through(points: readonly Place[]): Curve {
  const slope = points.map((_, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    return before && after ? (after.y - before.y) / (after.x - before.x) : 0;
  });
  return points.slice(1).map((to, i) => {
    const from = points[i]!;
    const third = (to.x - from.x) * (points.length > 2 ? 0.4 : 0.45);
    return {
      from,
      control1: { x: from.x + third, y: from.y + slope[i]! * third },
      control2: { x: to.x - third, y: to.y - slope[i + 1]! * third },
      to,
    };
  });
}

export function pointOn({ from, control1, control2, to }: Cubic, t: number): Place {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: a * from.x + b * control1.x + c * control2.x + d * to.x,
    y: a * from.y + b * control1.y + c * control2.y + d * to.y,
  };
}

const SAMPLES = 20;

export function samplesOf(curve: Curve): Place[] {
  return curve.flatMap((cubic) => Array.from({ length: SAMPLES + 1 }, (_, i) => pointOn(cubic, i / SAMPLES)));
}

export function distanceTo(curve: Curve, point: Place): number {
  return samplesOf(curve).reduce((least, on) => Math.min(least, Math.hypot(on.x - point.x, on.y - point.y)), Infinity);
}
