import type { Place } from "./layout";

/** A cubic curve from the rim of one node to the rim of another. */
export interface Curve {
  from: Place;
  control1: Place;
  control2: Place;
  to: Place;
}

const GAP = 5;

/** Forward edges leave to the right and arrive from the left; backward ones bow above; a self-call is a loop on top. */
export function curveBetween(from: Place, to: Place, radius: number, bow = 0): Curve {
  const reach = radius + GAP;
  if (from === to) {
    return {
      from: { x: from.x - reach * 0.6, y: from.y - reach * 0.8 },
      control1: { x: from.x - reach * 1.6, y: from.y - reach * 2.6 },
      control2: { x: from.x + reach * 1.6, y: from.y - reach * 2.6 },
      to: { x: from.x + reach * 0.6, y: from.y - reach * 0.8 },
    };
  }
  const ahead = to.x - from.x;
  if (ahead > radius * 2) {
    const [start, end] = [{ x: from.x + reach, y: from.y }, { x: to.x - reach, y: to.y }];
    const bend = Math.max(24, (end.x - start.x) * 0.45);
    // Three quarters of what the controls move is what the middle of the curve moves.
    const lift = bow / 0.75;
    return { from: start, control1: { x: start.x + bend, y: start.y + lift }, control2: { x: end.x - bend, y: end.y + lift }, to: end };
  }
  const arch = Math.max(radius * 2.5, Math.abs(ahead) * 0.3);
  return {
    from: { x: from.x, y: from.y - reach },
    control1: { x: from.x, y: from.y - reach - arch },
    control2: { x: to.x, y: to.y - reach - arch },
    to: { x: to.x, y: to.y - reach },
  };
}

export function pointOn({ from, control1, control2, to }: Curve, t: number): Place {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: a * from.x + b * control1.x + c * control2.x + d * to.x,
    y: a * from.y + b * control1.y + c * control2.y + d * to.y,
  };
}

const SAMPLES = 24;

export function distanceTo(curve: Curve, point: Place): number {
  let least = Infinity;
  for (let i = 0; i <= SAMPLES; i++) {
    const on = pointOn(curve, i / SAMPLES);
    least = Math.min(least, Math.hypot(on.x - point.x, on.y - point.y));
  }
  return least;
}
