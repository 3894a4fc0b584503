import { type Status, STATUSES } from "../state/status";
import type { Span, TraceTree } from "./tree";

/** Repeated siblings, each group as one row, and the group of every member by its key. */
export interface Groups {
  all: readonly Span[];
  of: ReadonlyMap<string, Span>;
}

export const NO_GROUPS: Groups = { all: [], of: new Map() };
const FEWEST = 5;
const GRAVITY: readonly Status[] = [...STATUSES.filter((status) => status !== "ok"), "pending", "unknown", "ok"];

/** What two calls have in common when they differ only in numbers, ids and quoted values. */
export function shapeOf(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"/g, "?").replace(/\b[0-9a-f]{8,}(-[0-9a-f]{4,})*\b/gi, "?").replace(/\d+/g, "?");
}

/** Siblings of one kind, five or more under one parent, wherever among the others they stand. */
export function repeatedSiblings(tree: TraceTree): Groups {
  const all: Span[] = [];
  const of = new Map<string, Span>();
  for (const parent of tree.spans) {
    if (parent.children.length < FEWEST) continue;
    const alike = new Map<string, Span[]>();
    for (const child of parent.children) {
      if (child.kind === "missing") continue;
      const key = [child.kind, child.service, shapeOf(child.name), shapeOf(child.detail)].join("\n");
      const those = alike.get(key);
      if (those) those.push(child);
      else alike.set(key, [child]);
    }
    for (const members of alike.values()) {
      if (members.length < FEWEST) continue;
      const group = rowFor(members, parent);
      all.push(group);
      for (const member of members) of.set(member.key, group);
    }
  }
  return { all, of };
}

function rowFor(members: readonly Span[], parent: Span): Span {
  const first = members[0]!;
  const start = members.reduce((least, span) => Math.min(least, span.start), Infinity);
  const end = members.reduce((most, span) => Math.max(most, span.end), -Infinity);
  const statuses = new Set(members.map((span) => span.status));
  return {
    key: `group-${first.key}`, id: `group:${first.id || first.key}`, kind: "group", name: first.name,
    detail: members.every((span) => span.detail === first.detail) ? first.detail : shapeOf(first.detail),
    service: first.service, start, end, inProgress: members.some((span) => span.inProgress), inferred: false,
    status: GRAVITY.find((status) => statuses.has(status)) ?? "ok",
    httpStatus: null, document: null, parent, children: [...members], depth: first.depth, members,
  };
}

/** One after the other, and each a call to something else: what a query in a loop looks like. */
export function looksLikeLoop(members: readonly Span[]): boolean {
  const call = ({ document }: Span) => !!document?.sql || document?.namespace === "aws" || document?.namespace === "remote";
  if (!members.every(call)) return false;
  let apart = 0;
  let reached = -Infinity;
  for (const { start, end } of [...members].sort((a, b) => a.start - b.start)) {
    if (start >= reached) apart++;
    reached = Math.max(reached, end);
  }
  return apart >= members.length * 0.8;
}
