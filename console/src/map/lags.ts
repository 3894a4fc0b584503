import { quantile } from "../charts/bins";
import type { Palette } from "../charts/palette";
import { type Curve, pointOn } from "./curves";
import type { MapEdge } from "./graph";

/** How old events were when they were received, in seconds at the median; null for an edge without events. */
export function lagOf({ ages }: MapEdge): number | null {
  return quantile(ages.map((entry) => ({ value: entry.Value ?? 0, count: entry.Count ?? 0 })), 0.5);
}

/** The lag of messages on the edges that carry them, in the middle of each. */
export function drawLags(
  context: CanvasRenderingContext2D, edges: readonly MapEdge[], curves: ReadonlyMap<string, Curve>, textOf: (edge: MapEdge) => string | null, palette: Palette,
): void {
  context.font = `11px ${palette.sans}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const edge of edges) {
    const text = textOf(edge);
    const curve = curves.get(edge.key);
    if (!text || !curve) continue;
    const { x, y } = pointOn(curve[Math.floor(curve.length / 2)]!, curve.length % 2 ? 0.5 : 0);
    const wide = context.measureText(text).width + 8;
    context.fillStyle = palette.bg;
    context.fillRect(x - wide / 2, y - 8, wide, 16);
    context.fillStyle = palette["ink-2"];
    context.fillText(text, x, y + 0.5);
  }
  context.textAlign = "start";
}
