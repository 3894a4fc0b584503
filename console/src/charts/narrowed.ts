/** The filter with a response-time clause in place of the one a drag put there before. */
export function narrowed(filter: string, from: number, to: number): string {
  const bound = (seconds: number) => String(Number(seconds.toPrecision(3)));
  const clause = `responsetime >= ${bound(from)} AND responsetime < ${bound(to)}`;
  const kept = filter.replace(/(^| AND )responsetime >= [\d.e-]+ AND responsetime < [\d.e-]+/i, "").replace(/^ AND /, "");
  return kept ? `${kept} AND ${clause}` : clause;
}
