import { drawMark, hatch } from "../charts/marks";
import { hueOf, type Palette } from "../charts/palette";
import { ticks } from "../charts/ticks";
import { isProblem } from "../state/status";
import type { Stretch } from "./critical";
import { isDimmed } from "./meant";
import type { Span } from "./tree";

export const ROW = 26;
const BAR = 13;
const TOP = (ROW - BAR) / 2 - 1;

export interface Scene {
  rows: readonly Span[];
  scrollTop: number;
  from: number; // the time at the left edge
  to: number; // and at the right one
  origin: number; // start of the trace: gridlines count from it
  selected: Span | null;
  matched: ReadonlySet<string> | null;
  critical: ReadonlyMap<string, readonly Stretch[]>;
  hues: ReadonlyMap<string, number>;
  duration: (seconds: number) => string;
}
type Size = { width: number; height: number };

/** The bars of the rows that are in sight: everything right of the tree. */
export function drawBars(context: CanvasRenderingContext2D, { width, height }: Size, palette: Palette, scene: Scene): void {
  const x = (time: number) => ((time - scene.from) / (scene.to - scene.from)) * width;
  const first = Math.max(0, Math.floor(scene.scrollTop / ROW));
  const last = Math.min(scene.rows.length, Math.ceil((scene.scrollTop + height) / ROW));
  if (scene.selected) {
    const at = scene.rows.indexOf(scene.selected);
    context.fillStyle = palette["accent-wash"];
    if (at >= first && at < last) context.fillRect(0, at * ROW - scene.scrollTop, width, ROW);
  }
  context.fillStyle = palette.line;
  for (const tick of ticks(scene.from - scene.origin, scene.to - scene.origin, 7)) {
    context.fillRect(Math.round(x(tick + scene.origin)), 0, 1, height);
  }
  context.font = `11px ${palette.sans}`;
  context.textBaseline = "middle";
  for (let i = first; i < last; i++) drawRow(context, scene.rows[i]!, i * ROW - scene.scrollTop, { x, width, palette, scene });
}

interface Row {
  x: (time: number) => number;
  width: number;
  palette: Palette;
  scene: Scene;
}

function drawRow(context: CanvasRenderingContext2D, span: Span, y: number, { x, width, palette, scene }: Row): void {
  const left = x(span.start);
  const right = Math.max(left + 2, x(span.end));
  if (right < 0) return drawArrow(context, 4, y + ROW / 2, -1, palette);
  if (left > width) return drawArrow(context, width - 4, y + ROW / 2, 1, palette);
  // Clipped by hand: a bar of a zoomed trace can be a million pixels wide, which canvases draw slowly or not at all.
  const [from, to] = [Math.max(-4, left), Math.min(width + 4, right)];
  const hue = span.kind === "missing" ? palette.pending : hueOf(palette, scene.hues.get(span.service) ?? 0);
  const dimmed = isDimmed(span, scene.matched);
  if (span.members) return drawMembers(context, span, y + TOP, hue, dimmed, { x, width, palette, scene });
  drawBar(context, span, from, to, y + TOP, hue, palette, dimmed ? 0.3 : 1);
  if (dimmed) return;
  if (isProblem(span.status) && left >= -4) {
    context.fillStyle = palette[span.status];
    context.fillRect(from, y + TOP, 4, BAR);
  }
  context.fillStyle = palette.ink;
  for (const [start, end] of scene.critical.get(span.key) ?? []) {
    const a = Math.max(0, x(start));
    const b = Math.min(width, x(end));
    if (b > a || b === a) context.fillRect(a, y + TOP + BAR + 1.5, Math.max(1.5, b - a), 2.5);
  }
  drawLabel(context, span, from, to, y + TOP + BAR / 2 + 0.5, width, palette, scene);
}

/** Repeated siblings in one row: a bar each, those that would fall on one pixel as one stroke. */
function drawMembers(context: CanvasRenderingContext2D, span: Span, y: number, hue: string, dimmed: boolean, { x, width, palette, scene }: Row): void {
  let drawn = -Infinity;
  let last = 0;
  context.globalAlpha = dimmed ? 0.25 : 0.72;
  for (const member of span.members!) {
    const [left, right] = [Math.max(-4, x(member.start)), Math.min(width + 4, Math.max(x(member.start) + 1, x(member.end)))];
    if (right < 0 || left > width) continue;
    last = Math.max(last, right);
    if (right < drawn + 0.7 && !isProblem(member.status)) continue;
    drawn = Math.max(drawn, right);
    context.fillStyle = isProblem(member.status) ? palette[member.status] : hue;
    context.fillRect(left, y, Math.max(1, right - left - (right - left > 4 ? 1 : 0)), BAR);
  }
  context.globalAlpha = 1;
  if (!dimmed) drawLabel(context, span, Math.max(0, x(span.start)), last, y + BAR / 2 + 0.5, width, palette, scene);
}

function drawBar(context: CanvasRenderingContext2D, span: Span, from: number, to: number, y: number, hue: string, palette: Palette, strength: number): void {
  const wide = to - from;
  context.lineWidth = 1.2;
  context.globalAlpha = strength;
  context.strokeStyle = hue;
  if (span.kind === "missing" || span.inProgress) {
    context.setLineDash(span.inProgress ? [] : [3, 3]);
    context.strokeRect(from + 0.6, y + 0.6, Math.max(1, wide - 1.2), BAR - 1.2);
    context.setLineDash([]);
  } else if (span.inferred) {
    context.fillStyle = palette.surface;
    context.fillRect(from, y, wide, BAR);
    context.fillStyle = hatch(context, hue);
    context.fillRect(from, y, wide, BAR);
    context.strokeRect(from + 0.6, y + 0.6, Math.max(1, wide - 1.2), BAR - 1.2);
  } else {
    context.fillStyle = palette.surface; // or the gridlines would show through
    context.fillRect(from, y, wide, BAR);
    context.globalAlpha = strength * (span.kind === "segment" ? 1 : 0.72); // subsegments step back behind what sent them
    context.fillStyle = hue;
    context.fillRect(from, y, wide, BAR);
  }
  context.globalAlpha = 1;
}

function drawLabel(
  context: CanvasRenderingContext2D, span: Span, from: number, to: number, y: number, width: number, palette: Palette, scene: Scene,
): void {
  if (span.kind === "missing") return;
  const mark = isProblem(span.status) || span.status === "pending";
  const text = scene.duration(span.members ? span.members.reduce((sum, each) => sum + each.end - each.start, 0) : span.end - span.start);
  const wide = context.measureText(text).width;
  const room = (mark ? 16 : 0) + wide + 8;
  let at = to + 6;
  let ink = palette["ink-2"];
  if (to + room > width) {
    // No room to the right: to the left of the bar, or on it in the colour that can be read there.
    if (from - room > 0) at = from - room;
    else {
      at = Math.max(from, 0) + 8;
      const filled = !span.inferred && !span.inProgress;
      ink = filled ? palette["on-accent"] : palette.ink;
      if (!filled) {
        context.fillStyle = palette.surface;
        context.fillRect(at - 3, y - 6, room, 12);
      }
      if (mark && filled) {
        context.fillStyle = palette.surface;
        context.fillRect(at - 2, y - 6.5, 15, 13);
      }
    }
  }
  if (mark) {
    drawMark(context, span.status, at + 5, y, 4.5, palette);
    at += 16;
  }
  context.fillStyle = ink;
  context.fillText(text, at, y);
}

/** The bar lies outside the zoomed stretch, in this direction. */
function drawArrow(context: CanvasRenderingContext2D, x: number, y: number, direction: 1 | -1, palette: Palette): void {
  context.fillStyle = palette["line-strong"];
  context.beginPath();
  context.moveTo(x + direction * 3, y);
  context.lineTo(x - direction * 2, y - 4);
  context.lineTo(x - direction * 2, y + 4);
  context.fill();
}

export interface OverviewScene extends Pick<Scene, "from" | "to" | "hues"> {
  spans: readonly Span[];
  start: number;
  end: number;
}

/** Every span as a thin line, one below the other. */
export function drawOverviewSpans(context: CanvasRenderingContext2D, { width, height }: Size, palette: Palette, scene: OverviewScene): void {
  const whole = scene.end - scene.start || 1;
  const x = (time: number) => ((time - scene.start) / whole) * width;
  const thick = Math.max(1, Math.min(3, (height - 8) / scene.spans.length));
  scene.spans.forEach((span, i) => {
    const y = 4 + (i / scene.spans.length) * (height - 8);
    context.fillStyle = isProblem(span.status) ? palette[span.status] : hueOf(palette, scene.hues.get(span.service) ?? 0);
    context.fillRect(x(span.start), y, Math.max(isProblem(span.status) ? 3 : 1, x(span.end) - x(span.start)), thick);
  });
}

/** A veil over what the timeline does not show. */
export function drawOverviewVeil(context: CanvasRenderingContext2D, { width, height }: Size, palette: Palette, scene: OverviewScene): void {
  const whole = scene.end - scene.start || 1;
  const x = (time: number) => ((time - scene.start) / whole) * width;
  const [left, right] = [Math.max(0, x(scene.from)), Math.min(width, x(scene.to))];
  if (left <= 0.5 && right >= width - 0.5) return;
  context.globalAlpha = 0.75;
  context.fillStyle = palette.sunken;
  context.fillRect(0, 0, left, height);
  context.fillRect(right, 0, width - right, height);
  context.globalAlpha = 1;
  context.fillStyle = palette.accent;
  context.fillRect(left - 1, 0, 2, height);
  context.fillRect(right - 1, 0, 2, height);
}
