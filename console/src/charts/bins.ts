import { STATUSES, type Status, type Tally } from "../state/status";
import { clockStep } from "./ticks";

export interface Sample {
  time: number; // epoch seconds
  value: number; // seconds
  status: Status;
}
export interface Bin extends Tally {
  from: number;
  to: number;
}

const empty = (from: number, to: number): Bin => ({ from, to, fault: 0, throttle: 0, error: 0, ok: 0 });

function count(bin: Bin, status: Status, times = 1): void {
  const counted = STATUSES.find((known) => known === status) ?? "ok"; // in progress: no problem so far
  bin[counted] += times;
}

/** Traces by time, in bars that start at round moments of the clock. */
export function binByTime(samples: readonly Sample[], start: number, end: number, wanted = 60): Bin[] {
  const step = clockStep(end - start, wanted);
  const first = Math.floor(start / step);
  const bins = Array.from({ length: Math.max(1, Math.ceil(end / step) - first) }, (_, i) =>
    empty((first + i) * step, (first + i + 1) * step),
  );
  for (const sample of samples) {
    const bin = bins[Math.floor(sample.time / step) - first];
    if (bin) count(bin, sample.status);
  }
  return bins;
}

const PER_DECADE = 8;

/** Response times in bars of equal ratio: latencies spread over decades, and a linear axis hides the middle. */
export function binByValue(samples: readonly { value: number; count?: number; status?: Status }[]): Bin[] {
  const known = samples.filter((sample) => sample.value > 0);
  if (known.length === 0) return [];
  const slot = (value: number) => Math.floor(Math.log10(value) * PER_DECADE + 1e-9);
  const slots = known.map((sample) => slot(sample.value));
  // At least one decade, so that a single value is a bar and not a wall.
  const low = slots.reduce((a, b) => Math.min(a, b)) - 1;
  const high = Math.max(slots.reduce((a, b) => Math.max(a, b)) + 1, low + PER_DECADE);
  const bins = Array.from({ length: high - low + 1 }, (_, i) =>
    empty(10 ** ((low + i) / PER_DECADE), 10 ** ((low + i + 1) / PER_DECADE)),
  );
  known.forEach((sample, i) => count(bins[slots[i]! - low]!, sample.status ?? "ok", sample.count ?? 1));
  return bins;
}

/** The value below which the given share of the counted samples lies. */
export function quantile(entries: readonly { value: number; count: number }[], share: number): number | null {
  const sorted = [...entries].sort((a, b) => a.value - b.value);
  const wanted = sorted.reduce((sum, entry) => sum + entry.count, 0) * share;
  let seen = 0;
  for (const entry of sorted) {
    seen += entry.count;
    if (seen >= wanted && seen > 0) return entry.value;
  }
  return null;
}
