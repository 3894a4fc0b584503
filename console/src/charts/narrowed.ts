import { clausesOf, join } from "../filters/clauses";
import { clausesFor, type Rectangle } from "./rectangle";

/** The filter with a response-time clause in place of the one a drag put there before. */
export function narrowed(filter: string, from: number, to: number): string {
  const bound = (seconds: number) => String(Number(seconds.toPrecision(3)));
  const kept = clausesOf(filter).filter((clause) => !/^responsetime (>=|<) [\d.e-]+$/i.test(clause));
  return join([...kept, `responsetime >= ${bound(from)}`, `responsetime < ${bound(to)}`]);
}

/** The filter with the durations of a rectangle in place of those drawn before; an open bound has no clause. */
export function narrowedTo(filter: string, rectangle: Rectangle): string {
  const kept = clausesOf(filter).filter((clause) => !/^duration (>=|<) [\d.e-]+$/i.test(clause));
  return join([...kept, ...clausesFor(rectangle)]);
}
