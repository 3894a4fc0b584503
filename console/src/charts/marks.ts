import type { Status } from "../state/status";
import type { Palette } from "./palette";

/** The shape of a problem, centred on a point; ok and unknown have none, so that health stays quiet. */
export function drawMark(context: CanvasRenderingContext2D, status: Status, x: number, y: number, radius: number, palette: Palette): void {
  if (status === "ok" || status === "unknown") return;
  context.fillStyle = context.strokeStyle = palette[status];
  context.beginPath();
  if (status === "fault") context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
  else if (status === "throttle") {
    context.moveTo(x, y - radius * 1.1);
    context.lineTo(x + radius * 1.1, y + radius * 0.9);
    context.lineTo(x - radius * 1.1, y + radius * 0.9);
    context.closePath();
  } else context.arc(x, y, radius, 0, Math.PI * 2);
  if (status !== "pending") context.fill();
  else {
    context.setLineDash([2, 2]);
    context.lineWidth = 1.5;
    context.stroke();
    context.setLineDash([]);
  }
}

let hatches = new WeakMap<CanvasRenderingContext2D, Map<string, CanvasPattern>>();

/** Diagonal lines in one colour: what was inferred, or not read yet. */
export function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const made = hatches.get(context) ?? new Map<string, CanvasPattern>();
  hatches.set(context, made);
  const known = made.get(colour);
  if (known) return known;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const pen = tile.getContext("2d");
  if (!pen) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.6;
  for (const offset of [-6, 0, 6]) {
    pen.moveTo(offset, 6);
    pen.lineTo(offset + 6, 0);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, "repeat");
  if (pattern) made.set(colour, pattern);
  return pattern ?? colour;
}
