const STEPS = [1, 2, 5];

/** Round values from 0 to at most `span`, about `wanted` of them. */
export function ticks(start: number, end: number, wanted: number): number[] {
  const span = end - start;
  if (!(span > 0)) return [start];
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  const step = power * (STEPS.find((candidate) => span / (candidate * power) <= wanted) ?? 10);
  const first = Math.ceil(start / step - 1e-9);
  const last = Math.floor(end / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** The smallest round number of seconds that cuts the span into at most `wanted` pieces. */
export function clockStep(spanSeconds: number, wanted: number): number {
  return CLOCK_STEPS.find((step) => spanSeconds / step <= wanted) ?? CLOCK_STEPS.at(-1)!;
}
