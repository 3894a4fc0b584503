import type { Arrivals } from "../../api/types.gen";

/** How far a first trace has come since the page was opened. */
export interface Progress {
  reached: boolean;
  accepted: boolean;
  stored: boolean;
  traceId: string | null;
  refused: number; // requests that were not let in
  rejected: { reason: string; count: number }[]; // documents that were let in and not taken
}

/** What has come since `first` was told: a step is done only when the one before it is. */
export function progressOf(first: Arrivals, now: Arrivals): Progress {
  const rejected = (now.Rejected ?? []).flatMap(({ Reason: reason, Count: count }) => {
    const more = count - ((first.Rejected ?? []).find((each) => each.Reason === reason)?.Count ?? 0);
    return more > 0 ? [{ reason, count: more }] : [];
  });
  const refused = Math.max(0, now.RefusedRequests - first.RefusedRequests);
  const reached = now.Datagrams > first.Datagrams || now.Requests > first.Requests || refused > 0 || rejected.length > 0;
  const accepted = reached && now.Accepted > first.Accepted;
  const stored = accepted && now.Stored > first.Stored;
  const traceId = stored && now.NewestTraceId && now.NewestTraceId !== first.NewestTraceId ? now.NewestTraceId : null;
  return { reached, accepted, stored, traceId, refused, rejected };
}

/** What is known to go wrong, each with words of its own for what to do about it. */
export const REMEDIES = [
  "ParseError", "SegmentTooLarge", "InvalidStartTime", "InvalidTraceId", "InvalidId", "InvalidName", "MissingEndTime", "overload", "unsampled", "header",
] as const;
export type Remedy = (typeof REMEDIES)[number] | "other";

/** Which of them a reason is; its name comes alone or behind that of a counter (`udp.rejected.InvalidTraceId`). */
export function remedyOf(reason: string): Remedy {
  const name = reason.split(".").pop()!;
  return REMEDIES.find((each) => each.toLowerCase() === name.toLowerCase()) ?? "other";
}
