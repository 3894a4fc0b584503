import type { Service, TraceSummary } from "../api/types.gen";
import { annotation, quote } from "./literals";

/** What was seen of late and may be asked for: literals of the language by the name of what they are values of. */
export interface Observed {
  values: ReadonlyMap<string, readonly string[]>;
  /** Annotations as the language names them. */
  annotations: readonly string[];
}
export const NOTHING: Observed = { values: new Map(), annotations: [] };

const MOST = 200;

/** Counts literals by name; the most frequent of each are what completion offers first. */
class Tallies {
  private readonly counts = new Map<string, Map<string, number>>();

  add(name: string, literal: string | null | undefined): void {
    if (!literal) return;
    const counts = this.counts.get(name) ?? new Map<string, number>();
    this.counts.set(name, counts.set(literal, (counts.get(literal) ?? 0) + 1));
  }
  text(name: string, value: string | null | undefined): void {
    if (value) this.add(name, quote(value));
  }
  ranked(): Map<string, string[]> {
    const best = (counts: Map<string, number>) => [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([literal]) => literal);
    return new Map([...this.counts].map(([name, counts]) => [name, best(counts)]));
  }
}

/** The values in the answers at hand; nothing is asked of the server for them. */
export function observe(traces: readonly TraceSummary[], services: readonly Service[], groups: readonly string[]): Observed {
  const tallies = new Tallies();
  const keys = new Map<string, number>();
  for (const trace of traces) {
    tallies.text("http.url", trace.Http?.HttpURL);
    tallies.text("http.method", trace.Http?.HttpMethod);
    tallies.text("http.useragent", trace.Http?.UserAgent);
    tallies.text("http.clientip", trace.Http?.ClientIp);
    tallies.add("http.status", trace.Http?.HttpStatus ? String(trace.Http.HttpStatus) : null);
    for (const user of trace.Users ?? []) tallies.text("user", user.UserName);
    for (const id of trace.ServiceIds ?? []) noteService(tallies, id.Name, id.Type);
    for (const zone of trace.AvailabilityZones ?? []) tallies.text("availabilityzone", zone.Name);
    for (const instance of trace.InstanceIds ?? []) tallies.text("instance.id", instance.Id);
    for (const resource of trace.ResourceARNs ?? []) tallies.text("resource.arn", resource.ARN);
    for (const [key, values] of Object.entries(trace.Annotations ?? {})) {
      const name = annotation(key);
      keys.set(name, (keys.get(name) ?? 0) + 1);
      for (const { AnnotationValue: value } of values) {
        const other = value?.NumberValue ?? value?.BooleanValue;
        if (value?.StringValue != null) tallies.text(name, value.StringValue);
        else if (other != null) tallies.add(name, String(other));
      }
    }
  }
  for (const service of services) noteService(tallies, service.Name, service.Type);
  for (const group of groups) tallies.text("group.name", group);
  return { values: tallies.ranked(), annotations: [...keys].sort((a, b) => b[1] - a[1]).map(([name]) => name) };
}

function noteService(tallies: Tallies, name: string | null | undefined, type: string | null | undefined): void {
  if (type === "client") return; // no service: nobody's code answers by that name
  tallies.text("name", name);
  tallies.text("type", type);
}
