import { drawMark, hatch } from "../charts/marks";
import type { Palette } from "../charts/palette";
import { ticks } from "../charts/ticks";
import { isProblem } from "../state/status";
import type { Span } from "../timeline/tree";
import type { Zoom } from "../timeline/zoom";
import type { Pair } from "./pairs";

export const PAIR_ROW = 40;
const BAR = 11;
const TOPS = { a: 7, b: 22 };
export const DELTA_WIDTH = 150;

export interface PairScene {
  rows: readonly Pair[];
  scrollTop: number;
  zoom: Zoom; // seconds after the start of each trace
  starts: { a: number; b: number };
  selected: Pair | null;
  /** The largest difference of a place: a delta bar of it is as long as there is room. */
  widest: number;
  duration: (seconds: number) => string;
  signed: (seconds: number) => string;
}
type Size = { width: number; height: number };

/** Two bars a row, A over B, both after the start of their own trace; at the right how much longer A took. */
export function drawPairs(context: CanvasRenderingContext2D, { width, height }: Size, palette: Palette, scene: PairScene): void {
  const wide = width - DELTA_WIDTH;
  const { from, to } = scene.zoom;
  const x = (time: number) => ((time - from) / (to - from)) * wide;
  const first = Math.max(0, Math.floor(scene.scrollTop / PAIR_ROW));
  const last = Math.min(scene.rows.length, Math.ceil((scene.scrollTop + height) / PAIR_ROW));
  context.font = `11px ${palette.sans}`;
  context.textBaseline = "middle";
  const at = scene.selected ? scene.rows.indexOf(scene.selected) : -1;
  context.fillStyle = palette["accent-wash"];
  if (at >= first && at < last) context.fillRect(0, at * PAIR_ROW - scene.scrollTop, width, PAIR_ROW);
  context.fillStyle = palette.line;
  for (const tick of ticks(from, to, 6)) context.fillRect(Math.round(x(tick)), 0, 1, height);
  for (let i = first; i < last; i++) {
    const y = i * PAIR_ROW - scene.scrollTop;
    const pair = scene.rows[i]!;
    context.save();
    context.beginPath();
    context.rect(0, y, wide, PAIR_ROW);
    context.clip();
    for (const side of ["a", "b"] as const) drawSide(context, pair, side, y + TOPS[side], palette[`set-${side}`], { x, wide, palette, start: scene.starts[side], duration: scene.duration });
    context.restore();
    drawDelta(context, pair, y, width, palette, scene);
    context.fillStyle = palette.line;
    context.fillRect(0, y + PAIR_ROW - 1, width, 1);
  }
}

interface Place {
  x: (time: number) => number;
  wide: number;
  palette: Palette;
  start: number;
  duration: (seconds: number) => string;
}

function drawSide(context: CanvasRenderingContext2D, pair: Pair, which: "a" | "b", y: number, hue: string, place: Place): void {
  const side = pair[which];
  if (side.count === 0 || (side.spans.length === 0 && !side.population)) return;
  const { x, wide, palette, start } = place;
  let [left, right] = [Infinity, -Infinity];
  for (const span of side.spans.length > 0 ? side.spans : [median(pair, place.start)]) {
    // Clipped by hand: a bar of a zoomed trace can be a million pixels wide, which canvases draw slowly or not at all.
    const [a, b] = [Math.max(-4, x(span.start - start)), Math.min(wide + 4, Math.max(x(span.start - start) + 2, x(span.end - start)))];
    [left, right] = [Math.min(left, a), Math.max(right, b)];
    if (b > a) drawBar(context, span, a, b, y, hue, palette);
  }
  const text = `${side.count > 1 ? `${side.count} × · ` : ""}${place.duration(side.busy)}`;
  const mark = isProblem(side.status);
  const room = context.measureText(text).width + (mark ? 16 : 0) + 8;
  let at = right + 6;
  if (at + room > wide) at = left - room > 0 ? left - room : Math.max(4, wide - room - 4);
  context.fillStyle = palette.surface;
  if (at < right) context.fillRect(at - 3, y, room, BAR);
  if (mark) {
    drawMark(context, side.status, at + 5, y + BAR / 2, 4.5, palette);
    at += 16;
  }
  context.fillStyle = palette["ink-2"];
  context.fillText(text, at, y + BAR / 2 + 0.5);
}

/** A median has no moment of its own: it is shown from the start of what it is held against. */
function median({ a, b }: Pair, start: number): Bar {
  const from = a.spans.reduce((least, span) => Math.min(least, span.start), Infinity);
  return { start: Number.isFinite(from) ? from : start, end: from + b.busy, kind: "subsegment", inProgress: false, inferred: false, status: "ok" };
}

type Bar = Pick<Span, "start" | "end" | "kind" | "inProgress" | "inferred" | "status">;

function drawBar(context: CanvasRenderingContext2D, span: Bar, from: number, to: number, y: number, hue: string, palette: Palette): void {
  context.strokeStyle = hue;
  context.lineWidth = 1.2;
  context.fillStyle = palette.surface;
  context.fillRect(from, y, to - from, BAR);
  if (span.inProgress || span.kind === "missing") {
    context.setLineDash(span.inProgress ? [] : [3, 3]);
    context.strokeRect(from + 0.6, y + 0.6, Math.max(1, to - from - 1.2), BAR - 1.2);
    context.setLineDash([]);
    return;
  }
  context.fillStyle = span.inferred ? hatch(context, hue) : hue;
  context.fillRect(from, y, to - from, BAR);
  if (!isProblem(span.status)) return;
  context.fillStyle = palette[span.status];
  context.fillRect(from, y, Math.min(4, to - from), BAR);
}

/** From the middle to the right when A took longer, to the left when it took less. */
function drawDelta(context: CanvasRenderingContext2D, pair: Pair, y: number, width: number, palette: Palette, scene: PairScene): void {
  const middle = width - DELTA_WIDTH / 2;
  const delta = pair.a.busy - pair.b.busy;
  const size = scene.widest > 0 ? (Math.abs(delta) / scene.widest) * (DELTA_WIDTH / 2 - 10) : 0;
  context.fillStyle = palette.surface;
  context.fillRect(width - DELTA_WIDTH, y, DELTA_WIDTH, PAIR_ROW - 1);
  if (pair === scene.selected) {
    context.fillStyle = palette["accent-wash"];
    context.fillRect(width - DELTA_WIDTH, y, DELTA_WIDTH, PAIR_ROW - 1);
  }
  context.fillStyle = palette["line-strong"];
  context.fillRect(middle, y + 20, 1, 14);
  context.fillStyle = palette[delta > 0 ? "set-a" : "set-b"];
  context.fillRect(delta > 0 ? middle : middle - size, y + 23, size, 8);
  context.fillStyle = palette.ink;
  const text = scene.signed(delta);
  context.fillText(text, middle - context.measureText(text).width / 2, y + 12);
}
