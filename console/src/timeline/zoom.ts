/** The stretch of time in sight. */
export interface Zoom {
  from: number;
  to: number;
}

const SHORTEST = 1e-6; // one microsecond across the screen is enough

/** The stretch made `factor` times as long around a moment, kept inside the trace. */
export function zoomAround(zoom: Zoom, factor: number, at: number, whole: Zoom): Zoom {
  const length = Math.min(Math.max((zoom.to - zoom.from) * factor, SHORTEST), whole.to - whole.from);
  const share = (at - zoom.from) / (zoom.to - zoom.from);
  return keepInside({ from: at - share * length, to: at + (1 - share) * length }, whole);
}

export function panBy(zoom: Zoom, seconds: number, whole: Zoom): Zoom {
  return keepInside({ from: zoom.from + seconds, to: zoom.to + seconds }, whole);
}

export function keepInside({ from, to }: Zoom, whole: Zoom): Zoom {
  const length = Math.min(to - from, whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** `from~to` in whole microseconds after the start of the trace: short, and the same after a reload. */
export function zoomText(zoom: Zoom, start: number): string {
  return [zoom.from, zoom.to].map((time) => Math.round((time - start) * 1e6)).join("~");
}

export function readZoom(text: string, start: number, whole: Zoom): Zoom | null {
  const [from, to] = text.split("~").map((part) => start + Number(part) / 1e6);
  return from !== undefined && to !== undefined && from < to ? keepInside({ from, to }, whole) : null;
}

/** What the timeline shows unzoomed: the trace and a little air at its end, for the last labels. */
export function wholeOf(tree: { start: number; end: number }): Zoom {
  const length = tree.end - tree.start || 1e-3;
  return { from: tree.start, to: tree.end + length * 0.02 };
}
