import type { Trace } from "../../api/types.gen";
import { readDocument, type SegmentDocument } from "../../api/document";
import { statusOf } from "../../state/status";

/** A release of a service, and how its requests went. */
export interface Version {
  name: string; // empty where a segment did not say
  requests: number;
  faults: number;
}

/** The releases that answered in these traces, the most frequent first. */
export function versionsOf(traces: readonly Trace[], service: string): Version[] {
  const found = new Map<string, Version>();
  for (const trace of traces) {
    for (const segment of trace.Segments ?? []) {
      const document = readDocument(segment.Document ?? undefined);
      if (document.name !== service || document.inferred) continue;
      const name = versionOf(document);
      const version = found.get(name) ?? { name, requests: 0, faults: 0 };
      version.requests += 1;
      if (statusOf({ fault: document.fault, httpStatus: document.http?.response?.status }) === "fault") version.faults += 1;
      found.set(name, version);
    }
  }
  return [...found.values()].sort((a, b) => b.requests - a.requests || a.name.localeCompare(b.name));
}

function versionOf({ service }: SegmentDocument): string {
  const version = service?.version;
  return typeof version === "string" ? version : "";
}
