import type { SegmentDocument } from "../api/document";

const LONGEST = 160;

/** The secondary words of a row: the operation OpenTelemetry gave it, and what was asked of whom. */
export function describe(document: SegmentDocument, kind: string): string {
  const [operation, asked] = [operationOf(document), askedOf(document, kind)];
  if (!operation || operation === document.name || asked.includes(operation)) return asked;
  // The origin alone says less than the operation does.
  return clip(document.http || document.sql || document.aws?.operation ? `${operation} · ${asked}` : operation);
}

/** The name of the span that the document was made of, when OpenTelemetry sent it. */
export function operationOf(document: SegmentDocument): string {
  const space = document.metadata?.default;
  const name = typeof space === "object" && space !== null ? (space as Record<string, unknown>)["otel.span.name"] : undefined;
  return typeof name === "string" ? clip(name) : "";
}

/** What was asked of whom, from the most telling member that is there. */
function askedOf(document: SegmentDocument, kind: string): string {
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
