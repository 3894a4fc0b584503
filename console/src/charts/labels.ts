import type { Format } from "../i18n/format";
import type { Bin } from "./bins";
import { clockStep } from "./ticks";

export interface Label {
  edge: number;
  text: string;
}

/** Round moments of the clock under bars of time, about `wanted` of them. */
export function clockLabels(bins: readonly Bin[], format: Format, wanted = 7): Label[] {
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return [];
  const width = first.to - first.from;
  const step = Math.max(width, clockStep(last.to - first.from, wanted));
  const labels: Label[] = [];
  for (let time = Math.ceil(first.from / step) * step; time <= last.to; time += step) {
    labels.push({ edge: (time - first.from) / width, text: format.clock(time, step < 60) });
  }
  return labels;
}

/** Powers of ten, and 1-3 steps when there is room, under bars of equal ratio. */
export function valueLabels(bins: readonly Bin[], format: Format): Label[] {
  const [first, last] = [bins[0], bins.at(-1)];
  if (!first || !last) return [];
  const [low, high] = [Math.log10(first.from), Math.log10(last.to)];
  const steps = high - low <= 2.5 ? [1, 2, 5] : high - low <= 4 ? [1, 3] : [1];
  const labels: Label[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const step of steps) {
      const at = power + Math.log10(step);
      if (at < low - 1e-9 || at > high + 1e-9) continue;
      labels.push({ edge: ((at - low) / (high - low)) * bins.length, text: format.duration(Number((step * 10 ** power).toPrecision(6))) });
    }
  }
  return labels;
}
