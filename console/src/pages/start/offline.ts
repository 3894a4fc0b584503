/** A trace out of a file: the documents of its segments, as text. */
export interface FileTrace {
  id: string;
  documents: string[];
}
export type Found = { traces: FileTrace[] } | { problem: "empty" | "json" | "nothing" };

/**
 * The traces in what a file holds: answers of BatchGetTraces, one or several after another, requests of PutTraceSegments,
 * and segment documents by themselves, in an array or one a line.
 */
export function tracesIn(text: string): Found {
  if (!text.trim()) return { problem: "empty" };
  const values = valuesIn(text);
  if (!values) return { problem: "json" };
  const found = new Map<string, string[]>();
  for (const value of values) collect(value, found);
  const traces = [...found].map(([id, documents]) => ({ id, documents: [...new Set(documents)] }));
  return traces.length > 0 ? { traces } : { problem: "nothing" };
}

/** The JSON values in a text, which come one after another or one a line; null when it is no JSON. */
function valuesIn(text: string): unknown[] | null {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  const values: unknown[] = [];
  let gathered = "";
  for (const line of text.split("\n")) {
    gathered += `${line}\n`;
    if (!/[}\]]\s*$/.test(line)) continue;
    const value = parsed(gathered);
    if (value === undefined) continue;
    values.push(value);
    gathered = "";
  }
  // The header that SDKs put before each document is a value like any other, and says nothing.
  return gathered.trim() || values.length === 0 ? null : values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function collect(value: unknown, found: Map<string, string[]>): void {
  if (typeof value === "string") {
    const inside = value.startsWith("{") ? parsed(value) : undefined;
    if (inside !== undefined) collect(inside, found);
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, found);
  } else if (typeof value === "object" && value !== null) {
    const members = value as Record<string, unknown>;
    if (typeof members.trace_id === "string" && typeof members.id === "string") {
      found.set(members.trace_id, [...(found.get(members.trace_id) ?? []), JSON.stringify(value)]);
    } else if ("Document" in members) collect(members.Document, found);
    else for (const name of ["Traces", "Segments", "TraceSegmentDocuments"]) collect(members[name], found);
  }
}
