import type { StructureHop } from "../api/types.gen";

/** A place of the tree both baskets make, with what lies below it. */
export interface Hop {
  key: string;
  depth: number;
  hop: StructureHop;
  parent: Hop | null;
}

/** The places as rows, parents before what is below them; each knows its parent. */
export function hopsOf(structure: readonly StructureHop[]): Hop[] {
  const byPath = new Map<string, Hop>();
  return structure.map((hop, i) => {
    const parent = byPath.get(JSON.stringify(hop.Path.slice(0, -1))) ?? null;
    const row = { key: String(i), depth: parent ? parent.depth + 1 : 0, hop, parent };
    byPath.set(JSON.stringify(hop.Path), row);
    return row;
  });
}

const NOTICEABLE = 0.02;

/** The places where at least two percent of what differs lies, and what leads to them. */
export function tellingHops(rows: readonly Hop[]): Hop[] {
  const all = rows.reduce((sum, { hop }) => sum + Math.abs(hop.Contribution), 0);
  const kept = new Set<Hop>();
  for (const row of rows) {
    if (all === 0 || Math.abs(row.hop.Contribution) < all * NOTICEABLE) continue;
    for (let at: Hop | null = row; at && !kept.has(at); at = at.parent) kept.add(at);
  }
  return rows.filter((row) => kept.has(row));
}

/** The place where most of the difference lies, when there is a difference and the place goes the same way. */
export function mostTelling(rows: readonly Hop[], difference: number): { row: Hop; share: number } | null {
  if (difference === 0) return null;
  let best: Hop | null = null;
  for (const row of rows) if (row.hop.Contribution / difference > (best ? best.hop.Contribution / difference : 0)) best = row;
  return best && { row: best, share: Math.min(1, best.hop.Contribution / difference) };
}
