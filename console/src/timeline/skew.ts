import type { Span, TraceTree } from "./tree";

/** A segment that says it began before what called it: the clocks of the two machines differ. */
export interface Skew {
  span: Span;
  /** Seconds to add to its times, and to those of its subsegments. */
  shift: number;
}

const TOLERANCE_S = 1e-3; // clocks that are kept in step by NTP differ by less, and documents are rounded

/**
 * The segments whose clocks contradict their callers', with the least that is plausible to set them right.
 *
 * Only a beginning before the call is a contradiction: what ends after its caller, or begins after it ended, may be asynchronous.
 * A callee that fits into its call goes to the middle of it, the network taken as equally slow both ways; a longer one to its
 * beginning. Each caller is looked at where it was moved to.
 */
export function skewsOf(tree: TraceTree): Skew[] {
  const moved = new Map<Span, number>();
  const found: Skew[] = [];
  for (const span of tree.spans) {
    const { parent } = span;
    const above = parent ? (moved.get(parent) ?? 0) : 0;
    if (span.kind !== "segment" || !parent || parent.kind === "missing") {
      // A subsegment has the clock of the segment it is in; one that was sent by itself too.
      moved.set(span, above);
      continue;
    }
    const [start, length] = [parent.start + above, span.end - span.start];
    if (span.start >= start - TOLERANCE_S) {
      moved.set(span, 0);
      continue;
    }
    const room = parent.end - parent.start - length;
    const shift = start + Math.max(0, room) / 2 - span.start;
    moved.set(span, shift);
    found.push({ span, shift });
  }
  return found;
}

/** What buildTree takes to set the clocks right. */
export function shiftsOf(skews: readonly Skew[]): ReadonlyMap<string, number> {
  return new Map(skews.map(({ span, shift }) => [span.key, shift]));
}
