import type { TrailEvent } from "../../api/trail";

/** As much of a CloudTrail record as is shown by itself; every member may be absent, and none is to be trusted. */
export interface TrailRecord {
  eventTime?: string;
  eventType?: string;
  awsRegion?: string;
  sourceIPAddress?: string;
  userAgent?: string;
  errorCode?: string;
  errorMessage?: string;
  requestID?: string;
  eventID?: string;
  userIdentity?: { type?: string; arn?: string; accessKeyId?: string; invokedBy?: string };
  serviceEventDetails?: Record<string, unknown>;
}

/** What became of it: done, refused to whoever asked, failed for another reason, or told by the audit of itself. */
export type Outcome = "done" | "refused" | "failed" | "told";

export interface Told {
  event: TrailEvent;
  record: TrailRecord;
  outcome: Outcome;
  isRead: boolean;
}

export const OWN_SOURCE = "audit.radiograph";
/** What the audit tells of itself when its chain is not whole. */
export const GAPS: readonly string[] = ["MissAuditRecords", "DistrustAuditMark", "RepairAuditFile"];

const REFUSALS = new Set([
  "AccessDenied", "AccessDeniedException", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "IncompleteSignature",
  "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException",
]);
// These only look, found or not, and the console itself asks them all the time; who gets a session does not only look.
const LOOKS = /^(Get(?!SessionToken|FederationToken)|List|Lookup|Simulate|BatchGet|Describe)/;

/** An event with its record read; one that is not JSON has an empty one, for one bad record must not hide the others. */
export function told(event: TrailEvent): Told {
  const record = readRecord(event.CloudTrailEvent);
  const outcome = outcomeOf(event, record);
  return { event, record, outcome, isRead: (outcome === "done" || outcome === "failed") && event.ReadOnly === "true" && LOOKS.test(event.EventName) };
}

function readRecord(text: string): TrailRecord {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as TrailRecord) : {};
  } catch {
    return {};
  }
}

function outcomeOf(event: TrailEvent, { errorCode }: TrailRecord): Outcome {
  if (event.EventSource === OWN_SOURCE) return "told";
  if (!errorCode) return "done";
  return REFUSALS.has(errorCode) ? "refused" : "failed";
}

/** Whose doing it was, as shortly as it can be said: a name, a role and its session, the key that was claimed; null when nothing is known. */
export function whoOf({ event, record: { userIdentity: identity } }: Told): string | null {
  const session = identity?.type === "AssumedRole" ? /:assumed-role\/(.+)$/.exec(identity.arn ?? "")?.[1] : undefined;
  return session ?? event.Username ?? identity?.accessKeyId ?? identity?.invokedBy ?? null;
}

/** What it was about, each once: an ARN or an id that only spells out another name is left out. */
export function aboutOf({ Resources: all }: TrailEvent): string[] {
  const names = [...new Set(all.map(({ ResourceName }) => ResourceName))];
  const says = (long: string, short: string) => long !== short && long.split(/[/:]/).includes(short);
  return names.filter((name) => !names.some((other) => says(name, other))).map((name) => (name.startsWith("arn:") ? name.split(":").slice(5).join(":") || name : name));
}

/** `iam.amazonaws.com` is iam. */
export function serviceOf(source: string): string {
  return source.replace(/\.amazonaws\.com$/, "");
}
