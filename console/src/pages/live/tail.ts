import type { LiveTrace } from "../../api/types.gen";

/** What a live tail shows, what it holds back while its reader looks, and what could not be sent at all. */
export interface Tail {
  shown: readonly LiveTrace[]; // the newest first
  held: readonly LiveTrace[]; // the newest first
  missed: number;
  seen: number;
}

export const EMPTY: Tail = { shown: [], held: [], missed: 0, seen: 0 };
const MOST = 300;

/** The tail with a trace more: of one that is known, what came later is what holds. */
export function taken(tail: Tail, trace: LiveTrace, paused: boolean): Tail {
  const at = tail.shown.findIndex((each) => each.Id === trace.Id);
  // A trace in sight is brought up to date where it stands: that moves nothing under the reader's hand.
  if (at >= 0) return { ...tail, shown: tail.shown.with(at, trace) };
  const known = tail.held.some((each) => each.Id === trace.Id);
  const seen = tail.seen + (known ? 0 : 1);
  if (!paused) return { ...tail, seen, shown: [trace, ...tail.shown].slice(0, MOST) };
  const held = known ? tail.held.map((each) => (each.Id === trace.Id ? trace : each)) : [trace, ...tail.held];
  return { ...tail, seen, held: held.slice(0, MOST), missed: tail.missed + Math.max(0, held.length - MOST) };
}

export function missed(tail: Tail, count: number): Tail {
  return { ...tail, missed: tail.missed + count };
}

/** What was held back comes on top. */
export function released(tail: Tail): Tail {
  return tail.held.length === 0 ? tail : { ...tail, shown: [...tail.held, ...tail.shown].slice(0, MOST), held: [] };
}

/** How many were dropped, as the event says it. */
export function countIn(data: unknown): number {
  const count = typeof data === "number" ? data : ((data ?? {}) as Record<string, unknown>)["Dropped"];
  return typeof count === "number" && count > 0 ? count : 0;
}
