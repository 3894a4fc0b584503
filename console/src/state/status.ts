/** How a request ended. The order is the order of gravity: one request counts in exactly one class. */
export const STATUSES = ["fault", "throttle", "error", "ok"] as const;
export type Status = (typeof STATUSES)[number] | "pending" | "unknown";

/** Counts of one thing by class. */
export type Tally = Record<(typeof STATUSES)[number], number>;

interface Flags {
  fault?: boolean | undefined;
  throttle?: boolean | undefined;
  error?: boolean | undefined;
  pending?: boolean | undefined;
  httpStatus?: number | undefined;
}

/** Flags decide; without any, the HTTP status does. A problem outranks being in progress. */
export function statusOf({ fault, throttle, error, pending, httpStatus = 0 }: Flags): Status {
  if (fault) return "fault";
  if (throttle) return "throttle";
  if (error) return "error";
  if (pending) return "pending";
  if (httpStatus >= 500) return "fault";
  if (httpStatus === 429) return "throttle";
  return httpStatus >= 400 ? "error" : "ok";
}

export function isProblem(status: Status): boolean {
  return status === "fault" || status === "error" || status === "throttle";
}

interface Statistics {
  OkCount?: number | null;
  ErrorStatistics?: { ThrottleCount?: number | null; OtherCount?: number | null } | null;
  FaultStatistics?: { TotalCount?: number | null } | null;
}

export function tallyOf(statistics: Statistics | null | undefined): Tally {
  return {
    fault: statistics?.FaultStatistics?.TotalCount ?? 0,
    throttle: statistics?.ErrorStatistics?.ThrottleCount ?? 0,
    error: statistics?.ErrorStatistics?.OtherCount ?? 0,
    ok: statistics?.OkCount ?? 0,
  };
}

export function total(tally: Tally): number {
  return tally.fault + tally.throttle + tally.error + tally.ok;
}

const NOTICEABLE = 0.01;

/** The gravest class that reaches one percent: a node with one error in ten thousand stays quiet. */
export function healthOf(tally: Tally): Status {
  const all = total(tally);
  if (all === 0) return "unknown";
  return STATUSES.find((status) => status !== "ok" && tally[status] / all >= NOTICEABLE) ?? "ok";
}
