import type { HeatmapResult } from "../api/types.gen";
import type { Window } from "../state/range";
import type { Codec } from "../state/url";

/** A part of the plane of moments and durations; an absent bound is open. The lower bounds belong to it, the upper do not. */
export interface Rectangle {
  start?: number; // epoch seconds
  end?: number;
  min?: number; // seconds
  max?: number;
}

/** Cells of a heatmap from one corner to the other, both included. */
export interface Cells {
  columns: [number, number];
  rows: [number, number];
}

/** `start~end~min~max`, an open bound left empty; nothing at all without any bound. */
export const rectangle: Codec<Rectangle | null> = {
  parse: (raw) => {
    const parts = (raw ?? "").split("~");
    if (parts.length !== 4) return null;
    const [start, end, min, max] = parts.map((part) => (part === "" || !Number.isFinite(Number(part)) ? undefined : Number(part)));
    return tidy({ ...(start !== undefined && { start }), ...(end !== undefined && { end }), ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
  },
  format: (value) => (value ? [value.start, value.end, value.min, value.max].map((bound) => (bound === undefined ? "" : String(Number(bound.toFixed(6))))).join("~") : null),
};

/** The rectangle, or null when it bounds nothing or nothing can be inside it. */
export function tidy(found: Rectangle): Rectangle | null {
  const { start, end, min, max } = found;
  if (start === undefined && end === undefined && min === undefined && max === undefined) return null;
  if (start !== undefined && end !== undefined && start >= end) return null;
  if ((min !== undefined && min < 0) || (min !== undefined && max !== undefined && min >= max)) return null;
  return found;
}

/** The corner cells of a drag, whichever way the hand went. */
export function spanned(from: readonly [number, number], to: readonly [number, number]): Cells {
  return {
    columns: [Math.min(from[0], to[0]), Math.max(from[0], to[0])],
    rows: [Math.min(from[1], to[1]), Math.max(from[1], to[1])],
  };
}

type Grid = Pick<HeatmapResult, "Columns" | "ColumnSeconds" | "RowEdges">;

/**
 * What the cells cover. At the border of the heatmap the rectangle is open: the grid ends where the traces do, and a drag
 * from edge to edge means all durations, or the whole period, and not those of the traces that happen to be there now.
 */
export function rectangleOf({ columns, rows }: Cells, grid: Grid, window: Window): Rectangle {
  const { Columns: starts, ColumnSeconds: wide, RowEdges: edges } = grid;
  const whole = columns[0] === 0 && columns[1] === starts.length - 1;
  return {
    ...(!whole && { start: Math.max(window.start, starts[columns[0]]!), end: Math.min(window.end, starts[columns[1]]! + wide) }),
    ...(rows[0] > 0 && { min: round(edges[rows[0]]!) }),
    ...(rows[1] < edges.length - 2 && { max: round(edges[rows[1] + 1]!) }),
  };
}

/** Three digits are what a clause can be read with, and what an axis shows. */
function round(seconds: number): number {
  return Number(seconds.toPrecision(3));
}

/** Where a moment and a duration lie on the grid: 0 to 1 from the left, 0 to 1 from the bottom. */
export function placeOn(grid: Grid, window: Window) {
  const edges = grid.RowEdges;
  const [low, high] = [Math.log(edges[0] || 1e-6), Math.log(edges.at(-1) || 1)];
  const within = (share: number) => Math.max(0, Math.min(1, share));
  return {
    x: (moment: number) => within((moment - window.start) / (window.end - window.start)),
    y: (seconds: number) => within(high > low ? (Math.log(Math.max(seconds, 1e-9)) - low) / (high - low) : 0),
  };
}

/** The clauses of the filter language for the durations of a rectangle; its moments are no matter of the language. */
export function clausesFor(found: Rectangle | null): string[] {
  return [
    ...(found?.min !== undefined ? [`duration >= ${found.min}`] : []),
    ...(found?.max !== undefined ? [`duration < ${found.max}`] : []),
  ];
}
