import type { SegmentDocument } from "../api/document";
import { pathOf } from "../timeline/describe";

/** The method and the path of what a segment served, as the document has them; empty without either. */
export function operationFor(document: SegmentDocument): string {
  const { method, url } = document.http?.request ?? {};
  const path = pathOf(typeof url === "string" ? url : "").replace(/[?#].*$/s, "");
  return [typeof method === "string" ? method : "", path].filter(Boolean).join(" ");
}
