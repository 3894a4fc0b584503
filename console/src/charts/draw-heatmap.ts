import { placeOn, type Cells, type Rectangle } from "./rectangle";
import type { HeatmapResult } from "../api/types.gen";
import type { Window } from "../state/range";
import type { Palette } from "./palette";

export const LEFT = 58;
export const BELOW = 18;
const FAINTEST = 0.16;

export interface HeatmapScene {
  grid: HeatmapResult;
  window: Window;
  most: number;
  rectangles: readonly { set: "a" | "b"; rectangle: Rectangle }[];
  drawn: Cells | null; // by a hand or by keys, not yet chosen
  clocks: readonly { at: number; text: string }[]; // shares of the width
  durations: readonly { at: number; text: string }[]; // shares of the height, from below
}
type Size = { width: number; height: number };

/** The edges of columns and rows in pixels; the last column ends with the window. */
export function edgesOf({ grid, window }: Pick<HeatmapScene, "grid" | "window">, { width, height }: Size) {
  const [wide, tall] = [width - LEFT, height - BELOW];
  const rows = grid.RowEdges.length - 1;
  const seconds = window.end - window.start;
  const x = (column: number) => {
    const moment = column >= grid.Columns.length ? window.end : grid.Columns[column]!;
    return LEFT + Math.max(0, Math.min(1, (moment - window.start) / seconds)) * wide;
  };
  return { x, y: (row: number) => tall - (row / rows) * tall, rows, wide, tall };
}

/** Traces by moment and duration: the fuller a cell, the stronger; the part of it with problems in their colour. */
export function drawHeatmap(context: CanvasRenderingContext2D, size: Size, palette: Palette, scene: HeatmapScene): void {
  const { grid, most } = scene;
  const { x, y, wide, tall } = edgesOf(scene, size);
  context.fillStyle = palette.surface;
  context.fillRect(LEFT, 0, wide, tall);
  for (const cell of grid.Cells) {
    const [left, right] = [x(cell.Column), x(cell.Column + 1)];
    const [top, bottom] = [y(cell.Row + 1), y(cell.Row)];
    const gap = right - left > 6 && bottom - top > 5 ? 1 : 0;
    const [w, h] = [Math.max(1, right - left - gap), Math.max(1, bottom - top - gap)];
    context.globalAlpha = FAINTEST + (1 - FAINTEST) * (Math.log1p(cell.Count) / Math.log1p(most));
    context.fillStyle = palette.ok;
    context.fillRect(left, top, w, h);
    context.globalAlpha = 1;
    const problems = [["fault", cell.FaultCount], ["throttle", cell.ThrottleCount], ["error", cell.ErrorCount - cell.ThrottleCount]] as const;
    let at = left;
    for (const [status, count] of problems) {
      if (count <= 0) continue;
      const part = Math.min(left + w - at, Math.max(2, (count / cell.Count) * w));
      context.fillStyle = palette[status];
      context.fillRect(at, top, part, h);
      at += part;
    }
  }
  drawAxes(context, size, palette, scene);
  for (const { set, rectangle } of scene.rectangles) drawRectangle(context, size, palette, scene, set, rectangle);
  if (!scene.drawn) return;
  const { columns, rows } = scene.drawn;
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  const [left, top] = [x(columns[0]), y(rows[1] + 1)];
  context.strokeRect(left, top, x(columns[1] + 1) - left, y(rows[0]) - top);
}

function drawAxes(context: CanvasRenderingContext2D, size: Size, palette: Palette, scene: HeatmapScene): void {
  const { wide, tall } = edgesOf(scene, size);
  context.fillStyle = palette["line-strong"];
  context.fillRect(LEFT, tall, wide, 1);
  context.fillRect(LEFT - 1, 0, 1, tall);
  context.fillStyle = palette["ink-2"];
  context.font = `11px ${palette.sans}`;
  context.textBaseline = "bottom";
  for (const { at, text } of scene.clocks) {
    const [place, room] = [LEFT + at * wide, context.measureText(text).width];
    context.fillRect(place, tall, 1, 3);
    context.fillText(text, Math.max(LEFT, Math.min(size.width - room, place - room / 2)), size.height);
  }
  context.textBaseline = "middle";
  for (const { at, text } of scene.durations) {
    const place = tall - at * tall;
    context.fillRect(LEFT - 4, place, 3, 1);
    context.fillText(text, LEFT - 7 - context.measureText(text).width, Math.max(6, Math.min(tall - 6, place)));
  }
}

function drawRectangle(context: CanvasRenderingContext2D, size: Size, palette: Palette, scene: HeatmapScene, set: "a" | "b", found: Rectangle): void {
  const { wide, tall } = edgesOf(scene, size);
  const place = placeOn(scene.grid, scene.window);
  const [left, right] = [LEFT + place.x(found.start ?? scene.window.start) * wide, LEFT + place.x(found.end ?? scene.window.end) * wide];
  const [bottom, top] = [tall - (found.min === undefined ? 0 : place.y(found.min)) * tall, tall - (found.max === undefined ? 1 : place.y(found.max)) * tall];
  const hue = palette[`set-${set}`];
  context.fillStyle = hue;
  context.globalAlpha = 0.12;
  context.fillRect(left, top, right - left, bottom - top);
  context.globalAlpha = 1;
  context.strokeStyle = hue;
  context.lineWidth = 2;
  context.setLineDash(set === "b" ? [6, 3] : []);
  context.strokeRect(left + 1, top + 1, Math.max(1, right - left - 2), Math.max(1, bottom - top - 2));
  context.setLineDash([]);
  context.fillRect(left, top, 17, 16);
  context.fillStyle = palette["on-accent"];
  context.font = `600 11px ${palette.sans}`;
  context.textBaseline = "middle";
  context.fillText(set.toUpperCase(), left + 5, top + 8.5);
}
