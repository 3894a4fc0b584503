import { drawMark, hatch } from "../charts/marks";
import { hueOf, type Palette } from "../charts/palette";
import { ticks } from "../charts/ticks";
import { isProblem } from "../state/status";
import type { Flame } from "./flame";
import type { Span } from "./tree";

export const LANE = 20;
const BAR = 18;
const TELLING = 34; // pixels below which a name says nothing

export interface FlameScene {
  flame: Flame;
  scrollTop: number;
  from: number;
  to: number;
  origin: number;
  selected: Span | null;
  matched: ReadonlySet<string> | null;
  hues: ReadonlyMap<string, number>;
}

/** The rows in sight; bars too short to see are joined into one stroke, or thousands would be drawn for a pixel. */
export function drawFlame(context: CanvasRenderingContext2D, { width, height }: { width: number; height: number }, palette: Palette, scene: FlameScene): void {
  const x = (time: number) => ((time - scene.from) / (scene.to - scene.from)) * width;
  context.fillStyle = palette.line;
  for (const tick of ticks(scene.from - scene.origin, scene.to - scene.origin, 7)) context.fillRect(Math.round(x(tick + scene.origin)), 0, 1, height);
  context.font = `11px ${palette.sans}`;
  context.textBaseline = "middle";
  const first = Math.max(0, Math.floor(scene.scrollTop / LANE));
  const last = Math.min(scene.flame.lanes.length, Math.ceil((scene.scrollTop + height) / LANE));
  for (let row = first; row < last; row++) {
    const y = row * LANE - scene.scrollTop + 1;
    let drawn = -Infinity;
    for (const span of scene.flame.lanes[row]!) {
      const [left, right] = [x(span.start), x(span.end)];
      if (right < 0 || left > width || (right < drawn + 0.7 && !isProblem(span.status))) continue;
      drawn = Math.max(drawn, right);
      drawSpan(context, span, Math.max(-4, left), Math.min(width + 4, Math.max(right, left + 1)), y, palette, scene);
    }
  }
}

function drawSpan(context: CanvasRenderingContext2D, span: Span, from: number, to: number, y: number, palette: Palette, scene: FlameScene): void {
  const wide = to - from;
  const hue = span.kind === "missing" ? palette.pending : hueOf(palette, scene.hues.get(span.service) ?? 0);
  const hollow = span.kind === "missing" || span.inProgress || span.inferred;
  const dimmed = scene.matched && !scene.matched.has(span.key);
  context.globalAlpha = dimmed ? 0.25 : 1;
  context.fillStyle = palette.surface; // or the gridlines would show through
  context.fillRect(from, y, wide, BAR);
  context.fillStyle = hollow ? (span.inferred ? hatch(context, hue) : palette.surface) : hue;
  context.globalAlpha = dimmed ? 0.2 : span.kind === "segment" || hollow ? 1 : 0.72;
  context.fillRect(from, y, Math.max(1, wide - (wide > 3 ? 1 : 0)), BAR);
  context.globalAlpha = dimmed ? 0.3 : 1;
  context.lineWidth = 1.2;
  context.strokeStyle = hue;
  if (hollow && wide > 3) context.strokeRect(from + 0.6, y + 0.6, wide - 2.2, BAR - 1.2);
  if (isProblem(span.status)) {
    context.fillStyle = palette[span.status];
    context.fillRect(from, y, Math.min(4, wide), BAR);
  }
  if (wide > TELLING) label(context, span, from, wide, y, hollow, palette);
  context.globalAlpha = 1;
  if (span === scene.selected) {
    context.lineWidth = 2;
    context.strokeStyle = palette.ink;
    context.strokeRect(from + 1, y + 1, Math.max(2, wide - 3), BAR - 2);
  }
}

function label(context: CanvasRenderingContext2D, span: Span, from: number, wide: number, y: number, hollow: boolean, palette: Palette): void {
  const at = Math.max(from, 0) + 7;
  const mark = isProblem(span.status) ? 15 : 0;
  context.save();
  context.beginPath();
  context.rect(Math.max(from, 0), y, wide - 4, BAR);
  context.clip();
  if (mark) {
    context.fillStyle = palette.surface;
    context.fillRect(at - 2, y + 3, 13, 12);
    drawMark(context, span.status, at + 4.5, y + BAR / 2, 4, palette);
  }
  const text = span.detail ? `${span.name} · ${span.detail}` : span.name;
  if (hollow) {
    context.fillStyle = palette.surface;
    context.fillRect(at + mark - 2, y + 2, context.measureText(text).width + 4, BAR - 4);
  }
  context.fillStyle = hollow ? palette.ink : palette["on-accent"];
  context.fillText(text, at + mark, y + BAR / 2 + 0.5);
  context.restore();
}
