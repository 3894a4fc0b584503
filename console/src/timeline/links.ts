import type { SegmentDocument } from "../api/document";
import { traceIdIn } from "../state/trace-id";
import type { TraceTree } from "./tree";

/** Another trace that a segment says it belongs with: where its event was sent, or what it was started by. */
export interface TraceLink {
  traceId: string;
  spanId: string;
  attributes: Record<string, unknown>;
}

/** The links of a document, which may be any JSON; what names no trace is left out. */
export function linksOf(document: SegmentDocument | null): TraceLink[] {
  const given: unknown = document?.links;
  return (Array.isArray(given) ? given : []).flatMap((link: unknown) => {
    const members = typeof link === "object" && link !== null ? (link as Record<string, unknown>) : {};
    const traceId = typeof members.trace_id === "string" ? traceIdIn(members.trace_id) : null;
    if (!traceId) return [];
    const spanId = typeof members.id === "string" && /^[0-9a-f]{16}$/i.test(members.id) ? members.id.toLowerCase() : "";
    const attributes = typeof members.attributes === "object" && members.attributes !== null ? (members.attributes as Record<string, unknown>) : {};
    return [{ traceId, spanId, attributes }];
  });
}

/** Every other trace that is linked from this one, once each. */
export function linkedTraces(tree: TraceTree, own: string): TraceLink[] {
  const found = new Map<string, TraceLink>();
  for (const span of tree.spans) for (const link of linksOf(span.document)) if (link.traceId !== own && !found.has(link.traceId)) found.set(link.traceId, link);
  return [...found.values()];
}
