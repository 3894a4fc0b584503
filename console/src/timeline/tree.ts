import { readDocument, type SegmentDocument } from "../api/document";
import { isProblem, type Status, statusOf } from "../state/status";
import { describe } from "./describe";

export type Kind = "segment" | "subsegment" | "missing" | "group";

/** One row of the timeline: a segment, a subsegment, the place of a parent that has not arrived, or siblings folded into one. */
export interface Span {
  key: string; // unique in the trace, also when a sender repeats an id
  id: string;
  kind: Kind;
  name: string;
  detail: string;
  service: string; // the segment it belongs to: decides the hue
  start: number;
  end: number;
  inProgress: boolean;
  inferred: boolean;
  status: Status;
  httpStatus: number | null;
  document: SegmentDocument | null;
  parent: Span | null;
  children: Span[];
  depth: number;
  /** The siblings that this row stands for. */
  members?: readonly Span[];
  /** Seconds by which its clock was set right. */
  shift?: number;
}

export interface TraceTree {
  roots: Span[];
  spans: Span[]; // parents before children, in the order of the rows
  start: number;
  end: number;
  services: string[];
  missing: number;
  inProgress: boolean;
  segments: number;
}

const AS_SENT: ReadonlyMap<string, number> = new Map();

/**
 * The tree of a trace from its segments' documents; children by start time, missing parents as placeholders.
 *
 * `shifts` are seconds by which the clock of a segment is set right, by its key; its subsegments move with it.
 */
export function buildTree(documents: readonly (string | undefined)[], shifts = AS_SENT): TraceTree {
  const found: Span[] = [];
  for (const text of documents) collect(readDocument(text), null, "", found, shifts);
  const byId = new Map<string, Span>();
  for (const span of found) if (span.id && !byId.has(span.id)) byId.set(span.id, span);

  const roots: Span[] = [];
  const placeholders = new Map<string, Span>();
  for (const span of found) {
    if (span.parent) continue;
    const parentId = span.document?.parent_id;
    let parent = parentId ? byId.get(parentId) : undefined;
    if (parentId && !parent) parent = placeholder(parentId, placeholders);
    if (parent && !isBelow(parent, span)) adopt(parent, span);
    else roots.push(span);
  }
  for (const span of placeholders.values()) roots.push(span);
  return finish(roots, found, placeholders.size);
}

function collect(document: SegmentDocument, parent: Span | null, service: string, found: Span[], shifts: ReadonlyMap<string, number>): void {
  const key = String(found.length);
  const shift = parent?.shift ?? shifts.get(key) ?? 0;
  const kind: Kind = parent || document.type === "subsegment" ? "subsegment" : "segment";
  const given = number(document.start_time);
  const start = given === null ? (parent?.start ?? 0) : given + shift;
  const httpStatus = number(document.http?.response?.status);
  const inProgress = document.in_progress === true || number(document.end_time) === null;
  const name = String(document.name ?? "");
  const span: Span = {
    key,
    id: String(document.id ?? ""),
    kind,
    name,
    detail: describe(document, kind),
    service: kind === "segment" ? name : service,
    start,
    end: Math.max(start, (number(document.end_time) ?? start - shift) + shift),
    inProgress,
    inferred: document.inferred === true,
    status: statusOf({ ...document, pending: inProgress, httpStatus: httpStatus ?? undefined }),
    httpStatus,
    document,
    parent: null,
    children: [],
    depth: 0,
    ...(shift !== 0 && { shift }),
  };
  found.push(span);
  if (parent) adopt(parent, span);
  const nested = Array.isArray(document.subsegments) ? document.subsegments : [];
  for (const child of nested) if (child && typeof child === "object") collect(child, span, span.service, found, shifts);
}

function placeholder(id: string, made: Map<string, Span>): Span {
  let span = made.get(id);
  if (!span) {
    span = {
      key: `missing-${id}`, id, kind: "missing", name: id, detail: "", service: "", start: Infinity, end: -Infinity,
      inProgress: false, inferred: false, status: "unknown", httpStatus: null, document: null, parent: null, children: [], depth: 0,
    };
    made.set(id, span);
  }
  return span;
}

function adopt(parent: Span, child: Span): void {
  child.parent = parent;
  parent.children.push(child);
}

/** Senders can name each other as parents; a circle must not hang the page. */
function isBelow(span: Span | null, ancestor: Span): boolean {
  for (let at = span; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

function finish(roots: Span[], found: Span[], missing: number): TraceTree {
  const start = found.reduce((least, span) => Math.min(least, span.start), Infinity);
  const end = found.reduce((most, span) => Math.max(most, span.end), -Infinity);
  for (const span of found) if (span.inProgress) span.end = Math.max(span.end, end); // still open: drawn to the edge
  for (const span of roots) {
    if (span.kind !== "missing") continue;
    span.start = Math.min(...span.children.map((child) => child.start));
    span.end = Math.max(...span.children.map((child) => child.end));
  }
  const byStart = (a: Span, b: Span) => a.start - b.start || b.end - a.end;
  const spans: Span[] = [];
  const stack = [...roots.sort(byStart)].reverse();
  while (stack.length) {
    const span = stack.pop()!;
    span.depth = span.parent ? span.parent.depth + 1 : 0;
    // An independent subsegment learns its service only once it has found its parent.
    span.service ||= span.parent?.service ?? "";
    spans.push(span);
    span.children.sort(byStart);
    for (let i = span.children.length - 1; i >= 0; i--) stack.push(span.children[i]!);
  }
  const segments = found.filter((span) => span.kind === "segment");
  return {
    roots,
    spans,
    start: Number.isFinite(start) ? start : 0,
    end: Number.isFinite(end) ? end : 0,
    services: [...new Set(segments.map((span) => span.name))],
    missing,
    inProgress: found.some((span) => span.inProgress),
    segments: segments.length,
  };
}

export function countOf(tree: TraceTree, status: Status): number {
  return tree.spans.filter((span) => span.status === status).length;
}

/** The next or previous span with a problem after the given one, going round at the ends. */
export function nextProblem(spans: readonly Span[], from: Span | null, step: 1 | -1): Span | null {
  const at = from ? spans.indexOf(from) : step === 1 ? -1 : 0;
  for (let i = 1; i <= spans.length; i++) {
    const span = spans[(at + step * i + spans.length * 2) % spans.length]!;
    if (isProblem(span.status)) return span;
  }
  return null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
