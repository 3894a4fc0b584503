import type { SegmentDocument } from "../api/document";

const LONGEST = 160;

/** The secondary words of a row: what was asked of whom, from the most telling member that is there. */
export function describe(document: SegmentDocument, kind: string): string {
  const request = document.http?.request;
  const { sql, aws } = document;
  if (sql) return clip(String(sql.sanitized_query ?? sql.url ?? sql.database_type ?? ""));
  if (aws && kind === "subsegment" && typeof aws.operation === "string") {
    const on = [aws.table_name, aws.bucket_name, aws.queue_name, aws.function_name].find((x) => typeof x === "string");
    return clip(on ? `${aws.operation} ${on}` : aws.operation);
  }
  if (request?.method || request?.url) return clip([request.method, pathOf(request.url)].filter(Boolean).join(" "));
  return kind === "segment" ? clip(String(document.origin ?? "")) : "";
}

/** The path and query of a URL, in the spelling of the sender; anything that is not a URL stays as it was sent. */
export function pathOf(url: string | undefined | null): string {
  const parts = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(url ?? "");
  return parts ? parts[1] || "/" : (url ?? "");
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
