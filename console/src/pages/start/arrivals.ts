import type { Arrivals } from "../../api/types.gen";

const WHOLE_REQUESTS = "http";

/** How far a first trace has come since the page was opened. */
export interface Progress {
  reached: boolean;
  accepted: boolean;
  stored: boolean;
  traceId: string | null;
  refused: number; // requests that were not let in
  rejected: { reason: string; message: string; count: number }[]; // documents that were let in and not taken
}

/** What has come since `first` was told: a step is done only when the one before it is. */
export function progressOf(first: Arrivals, now: Arrivals): Progress {
  const more = (now.Rejected ?? []).flatMap(({ Source, Reason, Message, Count }) => {
    const before = (first.Rejected ?? []).find((each) => each.Source === Source && each.Reason === Reason)?.Count ?? 0;
    return Count > before ? [{ source: Source, reason: Reason, message: Message, count: Count - before }] : [];
  });
  const refused = more.filter(({ source }) => source === WHOLE_REQUESTS).reduce((sum, { count }) => sum + count, 0);
  const rejected = more.filter(({ source }) => source !== WHOLE_REQUESTS);
  const newest = now.NewestTraceId && now.NewestTraceId !== first.NewestTraceId ? now.NewestTraceId : null;
  const grew = (name: "Datagrams" | "Accepted" | "Stored") => (now[name] ?? 0) > (first[name] ?? 0);
  // Who is not told the counts is told of a trace that has come all the way.
  const told = now.Accepted !== undefined;
  const reached = told ? grew("Datagrams") || grew("Accepted") || more.length > 0 : newest !== null;
  const accepted = reached && (!told || grew("Accepted"));
  const stored = accepted && (!told || grew("Stored"));
  const traceId = stored ? newest : null;
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
