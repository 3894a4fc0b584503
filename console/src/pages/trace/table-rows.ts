import { isProblem } from "../../state/status";
import { ownTime } from "../../timeline/critical";
import type { Span, TraceTree } from "../../timeline/tree";

export type Column = "name" | "status" | "start" | "count" | "problems" | "total" | "own" | "path" | "mean" | "duration";

/** A row of the table; all but the counts are seconds. */
export interface TableRow {
  /** The span that a click selects: of an operation the longest. */
  span: Span;
  name: string;
  service: string;
  what: string;
  status: number; // as grave as it is high
  start: number;
  count: number;
  problems: number;
  total: number;
  own: number;
  path: number;
  mean: number;
  duration: number;
}
type OnPath = (span: Span) => number;

const GRAVITY = ["ok", "unknown", "pending", "error", "throttle", "fault"];

export function bySpan(spans: readonly Span[], tree: TraceTree, onPath: OnPath): TableRow[] {
  return spans.map((span) => {
    const duration = span.end - span.start;
    const what = span.kind === "missing" ? span.id : span.name === span.service ? span.detail : [span.name, span.detail].filter(Boolean).join(" · ");
    return {
      span, service: span.service, what, name: `${span.service} ${what}`, status: GRAVITY.indexOf(span.status), start: span.start - tree.start,
      count: 1, problems: Number(isProblem(span.status)), total: duration, own: ownTime(span), path: onPath(span), mean: duration, duration,
    };
  });
}

/** Spans of one service by what they do: together, and the longest of them. */
export function byOperation(spans: readonly Span[], tree: TraceTree, onPath: OnPath): TableRow[] {
  const rows = new Map<string, TableRow>();
  for (const one of bySpan(spans, tree, onPath)) {
    if (one.span.kind === "missing") continue;
    const what = one.span.name === one.service ? "" : one.span.name;
    const key = `${one.service}\n${what}`;
    const row = rows.get(key);
    if (!row) {
      rows.set(key, { ...one, what, name: `${one.service} ${what}` });
      continue;
    }
    if (one.duration > row.duration) [row.span, row.duration] = [one.span, one.duration];
    row.status = Math.max(row.status, one.status);
    for (const sum of ["count", "problems", "total", "own", "path"] as const) row[sum] += one[sum];
    row.mean = row.total / row.count;
  }
  return [...rows.values()];
}

/** The rows as RFC 4180 has it. What a spreadsheet would take for a formula is made a text. */
export function csvOf(rows: readonly TableRow[], columns: readonly Column[], wordOf: (column: Column) => string): string {
  const cell = (value: string | number) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(wordOf), ...rows.map((row) => columns.map((column) => (column === "status" ? row.span.status : row[column])))];
  return lines.map((line) => line.map(cell).join(",")).join("\r\n");
}

