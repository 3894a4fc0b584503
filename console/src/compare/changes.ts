import type { Pair } from "./pairs";

/** How a place differs, said of A: it is only there, is not there, takes longer, takes less, or ends in another way. */
export type ChangeKind = "added" | "removed" | "slower" | "faster" | "status";

export interface Change {
  pair: Pair;
  kind: ChangeKind;
  /** Seconds of the difference between the response times that lie here; all of them add up to that difference. */
  contribution: number;
  /** Seconds that its spans took more in A, whether the response waited for them or not. */
  delta: number;
}

const NOTICEABLE = 0.005;

/** What differs between two traces, by how much of the difference lies there; a branch that only one has is one change. */
export function changesOf(rows: readonly Pair[]): Change[] {
  const roots = rows.filter((pair) => pair.parent === null);
  const longest = Math.max(sum(roots, (pair) => pair.a.busy), sum(roots, (pair) => pair.b.busy));
  const least = longest * NOTICEABLE;
  const changes: Change[] = [];
  for (const pair of rows) {
    const change = changeOf(pair, least);
    if (change) changes.push(change);
  }
  return changes.sort((x, y) => Math.abs(y.contribution) - Math.abs(x.contribution) || Math.abs(y.delta) - Math.abs(x.delta));
}

function changeOf(pair: Pair, least: number): Change | null {
  const delta = pair.a.busy - pair.b.busy;
  const one = onlyOne(pair);
  if (one) return pair.parent && onlyOne(pair.parent) ? null : { pair, kind: one, contribution: branch(pair), delta };
  const contribution = pair.a.path - pair.b.path;
  const own = pair.a.own - pair.b.own;
  if (Math.abs(contribution) >= least && contribution !== 0) return { pair, kind: contribution > 0 ? "slower" : "faster", contribution, delta };
  if (Math.abs(own) >= least && own !== 0) return { pair, kind: own > 0 ? "slower" : "faster", contribution, delta };
  return pair.a.status === pair.b.status || pair.a.status === "unknown" || pair.b.status === "unknown" ? null : { pair, kind: "status", contribution, delta };
}

function onlyOne(pair: Pair): "added" | "removed" | null {
  if (pair.b.count === 0) return "added";
  return pair.a.count === 0 ? "removed" : null;
}

/** What lies in a place and everything below it. */
function branch(pair: Pair): number {
  const todo = [pair];
  let found = 0;
  while (todo.length) {
    const next = todo.pop()!;
    found += next.a.path - next.b.path;
    todo.push(...next.children);
  }
  return found;
}

function sum(pairs: readonly Pair[], of: (pair: Pair) => number): number {
  return pairs.reduce((all, pair) => all + of(pair), 0);
}

/** The places to show: all, or those that differ and what leads to them. */
export function onlyChanged(rows: readonly Pair[], changes: readonly Change[]): Pair[] {
  const kept = new Set<Pair>();
  for (const { pair } of changes) for (let at: Pair | null = pair; at && !kept.has(at); at = at.parent) kept.add(at);
  return rows.filter((pair) => kept.has(pair));
}
