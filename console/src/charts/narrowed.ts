import { clausesOf, join } from "../filters/clauses";

/** The filter with a response-time clause in place of the one a drag put there before. */
export function narrowed(filter: string, from: number, to: number): string {
  const bound = (seconds: number) => String(Number(seconds.toPrecision(3)));
  const kept = clausesOf(filter).filter((clause) => !/^responsetime (>=|<) [\d.e-]+$/i.test(clause));
  return join([...kept, `responsetime >= ${bound(from)}`, `responsetime < ${bound(to)}`]);
}
