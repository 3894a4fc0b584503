import type { TraceSummary } from "../../api/types.gen";
import { quote } from "../../filters/literals";
import { STATUSES, type Status } from "../../state/status";
import { pathOf } from "../../timeline/describe";
import { statusOfTrace } from "./summaries";

export const FACETS = ["status", "service", "url", "method", "user", "cause"] as const;
export type Facet = (typeof FACETS)[number];

/** A value that traces have: what it is called, how many have it, and the clause that asks for it. */
export interface Value {
  label: string;
  clause: string;
  count: number;
  status?: Status;
}

/** The values of each facet among the traces that were read, the most frequent first; a status and a cause by gravity. */
export function facetsOf(traces: readonly TraceSummary[]): Record<Facet, Value[]> {
  const found = Object.fromEntries(FACETS.map((facet) => [facet, new Map<string, Value>()])) as Record<Facet, Map<string, Value>>;
  for (const trace of traces) {
    const seen = new Set<string>(); // a trace counts once for a value, however often it has it
    const note = (facet: Facet, clause: string, label: string, status?: Status) => {
      if (seen.has(clause)) return;
      seen.add(clause);
      const value = found[facet].get(clause);
      if (value) value.count += 1;
      else found[facet].set(clause, { label, clause, count: 1, ...(status && { status }) });
    };
    noteStatus(trace, note);
    const { Http: http } = trace;
    for (const service of trace.ServiceIds ?? []) if (service.Type !== "client" && service.Name) note("service", `service(${quote(service.Name)})`, service.Name);
    if (http?.HttpURL) note("url", `http.url = ${quote(http.HttpURL)}`, pathOf(http.HttpURL));
    if (http?.HttpMethod) note("method", `http.method = ${quote(http.HttpMethod)}`, http.HttpMethod);
    for (const { UserName: user } of trace.Users ?? []) if (user) note("user", `user = ${quote(user)}`, user);
    for (const cause of trace.FaultRootCauses ?? []) noteCause("fault", cause.Services, note);
    for (const cause of trace.ErrorRootCauses ?? []) noteCause("error", cause.Services, note);
  }
  const gravity = (value: Value) => (value.status ? STATUSES.indexOf(value.status as (typeof STATUSES)[number]) : 0);
  const ranked = (values: Map<string, Value>) => [...values.values()].sort((a, b) => gravity(a) - gravity(b) || b.count - a.count);
  return Object.fromEntries(FACETS.map((facet) => [facet, ranked(found[facet])])) as Record<Facet, Value[]>;
}

type Note = (facet: Facet, clause: string, label: string, status?: Status) => void;

/** The same classes as the keywords: a throttled request is an error too. */
function noteStatus(trace: TraceSummary, note: Note): void {
  const status = statusOfTrace(trace);
  if (status === "fault") note("status", "fault", "fault", "fault");
  if (trace.HasError) note("status", "error", "error", "error");
  if (status === "throttle") note("status", "throttle", "throttle", "throttle");
  if (status === "ok") note("status", "ok", "ok", "ok");
}

interface CauseService {
  Name?: string;
  EntityPath?: readonly { Exceptions?: readonly { Name?: string; Message?: string }[] }[];
}

/** The end of a path to a failure: the exception that was raised there, or the service when none was told. */
function noteCause(kind: "fault" | "error", path: readonly CauseService[] | undefined, note: Note): void {
  const service = path?.at(-1);
  const exception = service?.EntityPath?.at(-1)?.Exceptions?.[0];
  if (exception?.Message) note("cause", `rootcause.${kind}.exception { message = ${quote(exception.Message)} }`, exception.Message, kind);
  else if (service?.Name) note("cause", `rootcause.${kind}.service { last AND name = ${quote(service.Name)} }`, service.Name, kind);
}
