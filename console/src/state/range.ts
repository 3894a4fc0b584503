import type { Codec } from "./url";

/** A period asked about: the last so many seconds, or two fixed moments (epoch seconds). */
export type Range = { kind: "last"; seconds: number } | { kind: "fixed"; start: number; end: number };
/** The two moments a range means right now. */
export interface Window {
  start: number;
  end: number;
}

export const LONGEST_SECONDS = 6 * 3600; // what the API answers for
export const PRESETS_SECONDS = [300, 900, 1800, 3600, 3 * 3600, 6 * 3600];

/** `PT15M`, or `2026-11-23T10:00:00Z~2026-11-23T11:00:00Z`: the way links of the X-Ray console say it. */
export const range = rangeOr(900);

/** The same, where the last so many seconds are meant when nothing is said. */
export function rangeOr(usual: number): Codec<Range> {
  return {
    parse: (raw) => (raw && (parseDuration(raw) ?? parseFixed(raw))) || { kind: "last", seconds: usual },
    format: (value) => {
      if (value.kind === "fixed") return `${iso(value.start)}~${iso(value.end)}`;
      return value.seconds === usual ? null : formatDuration(value.seconds);
    },
  };
}

export function resolve(value: Range, now: number): Window {
  return value.kind === "fixed" ? { start: value.start, end: value.end } : { start: now - value.seconds, end: now };
}

function parseDuration(raw: string): Range | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(raw);
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total > 0 ? { kind: "last", seconds: total } : null;
}

function formatDuration(seconds: number): string {
  if (seconds % 3600 === 0) return `PT${seconds / 3600}H`;
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}

function parseFixed(raw: string): Range | null {
  const [start, end] = raw.split("~").map((part) => Date.parse(part) / 1000);
  return start !== undefined && end !== undefined && start < end ? { kind: "fixed", start, end } : null;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
