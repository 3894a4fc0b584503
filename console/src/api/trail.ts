import { note } from "./asked";
import { fetched } from "./client";

/** What events can be looked up by. */
export const ATTRIBUTES = ["EventName", "Username", "ResourceName", "ResourceType", "EventSource", "AccessKeyId", "ReadOnly", "EventId"] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** Times are epoch seconds. */
export interface LookupEventsRequest {
  LookupAttributes?: { AttributeKey: Attribute; AttributeValue: string }[];
  StartTime?: number;
  EndTime?: number;
  MaxResults?: number;
  NextToken?: string;
}

export interface TrailEvent {
  EventId: string;
  EventName: string;
  ReadOnly: string;
  AccessKeyId?: string;
  EventTime: number;
  EventSource: string;
  Username?: string;
  Resources: { ResourceType: string; ResourceName: string }[];
  CloudTrailEvent: string;
}

export interface LookupEventsResponse {
  Events: TrailEvent[];
  NextToken?: string;
}

const NAME = "LookupEvents";
const TARGET = `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.${NAME}`;

/** Looks events up for the page, which can show what it asked; throws ApiError for anything but an answer. */
export function lookUp(request: LookupEventsRequest, signal?: AbortSignal): Promise<LookupEventsResponse> {
  note(NAME, request, "cloudtrail");
  return lookUpQuietly(request, signal);
}

/** Looks events up without a word about it. */
export function lookUpQuietly(request: LookupEventsRequest, signal?: AbortSignal): Promise<LookupEventsResponse> {
  const headers = { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET };
  return fetched(NAME, "/", { method: "POST", headers, body: JSON.stringify(request), signal: signal ?? null });
}
