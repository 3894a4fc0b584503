import type { SamplingRule } from "../api/types.gen";
import { matches } from "./wildcard";

/** A request nobody upstream has decided on, as a sampler sees it; what is not known is empty. The server's own: sampling/match.py. */
export interface Incoming {
  service: string;
  type: string;
  method: string;
  host: string;
  path: string;
  arn: string;
  attributes: Readonly<Record<string, string>>;
}

/** How a kind of client reads rules. */
export interface Reading {
  caseSensitive: boolean;
  lenient: boolean; // what is not known matches every pattern
  attributes: boolean; // rules with attributes or a resource ARN are read, and not skipped
}
export const READINGS = {
  xray: { caseSensitive: false, lenient: true, attributes: false },
  otel: { caseSensitive: true, lenient: false, attributes: true },
} as const satisfies Record<string, Reading>;

export type Reason = "version" | "arn" | "type" | "attributes" | "unknown" | "missing" | "case" | "differs";

/** A field of a rule that keeps it from matching. */
export interface Mismatch {
  field: string; // as the service model spells it; an attribute is Attributes.key
  pattern: string;
  value: string | null;
  reason: Reason;
}

/** A rule that was looked at, and everything that keeps it from matching: nothing, for the one that decides. */
export interface Considered {
  rule: SamplingRule;
  mismatches: Mismatch[];
}

/** Rules as every client looks at them: by priority, then by name. */
export function inOrder(rules: readonly SamplingRule[]): SamplingRule[] {
  const name = (rule: SamplingRule) => rule.RuleName ?? "";
  return [...rules].sort((a, b) => a.Priority - b.Priority || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}

/** The rules that are looked at, in order; the last one decides, unless none does. */
export function consider(rules: readonly SamplingRule[], incoming: Incoming, reading: Reading): Considered[] {
  const seen: Considered[] = [];
  for (const rule of inOrder(rules)) {
    seen.push({ rule, mismatches: mismatchesOf(rule, incoming, reading) });
    if (seen.at(-1)!.mismatches.length === 0) break;
  }
  return seen;
}

function mismatchesOf(rule: SamplingRule, incoming: Incoming, reading: Reading): Mismatch[] {
  const found: Mismatch[] = [];
  if (rule.Version !== 1) found.push({ field: "Version", pattern: String(rule.Version), value: null, reason: "version" });
  if (rule.RuleName === "Default") return found;
  const attributes = Object.entries(rule.Attributes ?? {});
  if (!reading.attributes) {
    if (rule.ResourceARN !== "*") found.push({ field: "ResourceARN", pattern: rule.ResourceARN, value: null, reason: "arn" });
    if (!rule.ServiceType) found.push({ field: "ServiceType", pattern: "", value: null, reason: "type" });
    for (const [key, pattern] of attributes) found.push({ field: `Attributes.${key}`, pattern, value: null, reason: "attributes" });
  }
  for (const [field, pattern, value] of fieldsOf(rule, incoming, reading)) {
    if (value === null) {
      if (pattern !== "*" && !reading.lenient) found.push({ field, pattern, value, reason: "unknown" });
    } else if (!matches(pattern, value, reading.caseSensitive)) found.push({ field, pattern, value, reason: reasonOf(pattern, value, reading) });
  }
  for (const [key, pattern] of reading.attributes ? attributes : []) {
    const value = incoming.attributes[key];
    if (value === undefined) found.push({ field: `Attributes.${key}`, pattern, value: null, reason: "missing" });
    else if (!matches(pattern, value, reading.caseSensitive)) found.push({ field: `Attributes.${key}`, pattern, value, reason: reasonOf(pattern, value, reading) });
  }
  return found;
}

/** Each field, its pattern, and the value a client holds against it; OpenTelemetry's take some unknown ones to be empty. */
function fieldsOf(rule: SamplingRule, incoming: Incoming, reading: Reading): [string, string, string | null][] {
  const known = (value: string) => value || (reading.lenient ? null : "");
  const fields: [string, string, string | null][] = [
    ["ServiceName", rule.ServiceName, known(incoming.service)],
    ["ServiceType", rule.ServiceType, known(incoming.type)],
    ["Host", rule.Host, incoming.host || null],
    ["HTTPMethod", rule.HTTPMethod, incoming.method || null],
    ["URLPath", rule.URLPath, incoming.path || (reading.lenient ? null : "/")],
  ];
  if (reading.attributes) fields.push(["ResourceARN", rule.ResourceARN, known(incoming.arn)]);
  return fields;
}

function reasonOf(pattern: string, value: string, reading: Reading): Reason {
  return reading.caseSensitive && matches(pattern, value) ? "case" : "differs";
}

/** The earlier rule that takes every request this one could match, so that it never decides; null when there is none. */
export function shadowOf(rule: SamplingRule, rules: readonly SamplingRule[]): SamplingRule | null {
  const ordered = inOrder(rules);
  const covers = (pattern: string, other: string) => pattern === "*" || pattern === other;
  const at = ordered.findIndex((each) => each.RuleName === rule.RuleName);
  const earlier = ordered.slice(0, Math.max(0, at)).find(
    (each) =>
      each.ResourceARN === "*" && Object.keys(each.Attributes ?? {}).length === 0 && !!each.ServiceType &&
      (["ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"] as const).every((field) => covers(each[field], rule[field])),
  );
  return earlier ?? null;
}
