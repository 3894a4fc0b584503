import { type Attribute, ATTRIBUTES, type LookupEventsRequest, type TrailEvent } from "../../api/trail";
import type { Window } from "../../state/range";
import type { Told } from "./record";

/** What an event has to have. */
export interface Clause {
  key: Attribute;
  value: string;
}

export const SHOWN = ["notable", "refused", "all"] as const;
export type Shown = (typeof SHOWN)[number];

// CloudTrail looks up by one attribute; that which leaves the fewest events is asked for, the others are looked at here.
const NARROWEST_FIRST: readonly Attribute[] = ["EventId", "AccessKeyId", "ResourceName", "EventName", "Username", "ResourceType", "EventSource", "ReadOnly"];

/** The clauses of a state in which each attribute has a value or none. */
export function clausesIn(state: Readonly<Record<Attribute, string>>): Clause[] {
  return ATTRIBUTES.filter((key) => state[key] !== "").map((key) => ({ key, value: state[key] }));
}

/** What is asked for a page of events, whole seconds, so that what is copied from the page is short. */
export function requestFor(clauses: readonly Clause[], { start, end }: Window, isOpen: boolean): LookupEventsRequest {
  const first = NARROWEST_FIRST.map((key) => clauses.find((clause) => clause.key === key)).find((clause) => clause !== undefined);
  return {
    ...(first && { LookupAttributes: [{ AttributeKey: first.key, AttributeValue: first.value }] }),
    StartTime: Math.floor(start),
    ...(!isOpen && { EndTime: Math.ceil(end) }),
    MaxResults: 50,
  };
}

/** Whether an event has what every clause says, and is of those to be shown. */
export function isShown(one: Told, clauses: readonly Clause[], shown: Shown): boolean {
  if (shown === "refused" && one.outcome !== "refused") return false;
  if (shown === "notable" && one.isRead) return false;
  return clauses.every((clause) => has(one.event, clause));
}

function has(event: TrailEvent, { key, value }: Clause): boolean {
  if (key === "ResourceName") return event.Resources.some((each) => each.ResourceName === value);
  if (key === "ResourceType") return event.Resources.some((each) => each.ResourceType === value);
  return event[key] === value;
}

const MEMBERS: Readonly<Record<string, Attribute>> = { eventName: "EventName", eventSource: "EventSource", eventID: "EventId", readOnly: "ReadOnly" };

/** What can be looked up by a member of a record, by its name and value; null for most. */
export function clauseOf(event: TrailEvent, member: string, value: string): Clause | null {
  const key = MEMBERS[member];
  if (key) return { key, value };
  if (member === "accessKeyId" && value === event.AccessKeyId) return { key: "AccessKeyId", value };
  if (member === "userName" && value === event.Username) return { key: "Username", value };
  return event.Resources.some(({ ResourceName }) => ResourceName === value) ? { key: "ResourceName", value } : null;
}

/** A line of formatted JSON: what stands before its value, the value, and what can be looked up by it. */
export interface Line {
  before: string;
  value: string;
  after: string;
  clause: Clause | null;
}

const MEMBER = /^(\s*"((?:[^"\\]|\\.)*)": |\s*)("(?:[^"\\]|\\.)*"|true|false)(,?)$/;

/** A record as it is read best: a line a member, and for each whether events can be looked up by it. */
export function linesOf(event: TrailEvent): Line[] {
  return formatted(event.CloudTrailEvent).split("\n").map((text) => {
    const found = MEMBER.exec(text);
    if (!found) return { before: text, value: "", after: "", clause: null };
    const [, before = "", member = "", value = "", after = ""] = found;
    return { before, value, after, clause: clauseOf(event, member, String(JSON.parse(value))) };
  });
}

export function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
