import { type KeyboardEvent, type PointerEvent, useCallback, useId, useMemo, useRef, useState } from "react";
import { type Cells, placeOn, type Rectangle, rectangleOf, spanned, tidy } from "./rectangle";
import type { HeatmapResult } from "../api/types.gen";
import { useLanguage } from "../i18n";
import type { Window } from "../state/range";
import { Canvas, type Paint } from "./Canvas";
import { drawHeatmap, edgesOf, LEFT } from "./draw-heatmap";
import "./heatmap.css";
import { clockStep } from "./ticks";

interface Props {
  grid: HeatmapResult;
  window: Window;
  rectangles?: readonly { set: "a" | "b"; rectangle: Rectangle }[];
  onSelect: (rectangle: Rectangle | null) => void;
  /** What a rectangle is drawn for. */
  hint: string;
}
type Cell = [column: number, row: number];
const NONE: Props["rectangles"] = [];
const DECADE = [1, 3];

/** Traces by moment and duration. A drag draws a rectangle; so do the arrow keys with Shift, and Enter chooses it. */
export function Heatmap({ grid, window, rectangles = NONE, onSelect, hint }: Props) {
  const { say, format } = useLanguage();
  const id = useId();
  const [from, setFrom] = useState<Cell | null>(null);
  const [to, setTo] = useState<Cell | null>(null);
  const [hover, setHover] = useState<Cell | null>(null);
  const pressed = useRef(false);
  const drawn = useMemo(() => (from && to ? spanned(from, to) : null), [from, to]);
  const most = useMemo(() => grid.Cells.reduce((highest, cell) => Math.max(highest, cell.Count), 0), [grid]);
  const [clocks, durations] = useMemo(() => [clocksOf(window, format), durationsOf(grid, format)], [grid, window, format]);

  const paint = useCallback<Paint>(
    (context, size, palette) => drawHeatmap(context, size, palette, { grid, window, most, rectangles: rectangles ?? [], drawn, clocks, durations }),
    [grid, window, most, rectangles, drawn, clocks, durations],
  );
  const lastColumn = grid.Columns.length - 1;
  const lastRow = grid.RowEdges.length - 2;
  const cellAt = (event: PointerEvent<HTMLCanvasElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    const { wide, tall, rows } = edgesOf({ grid, window }, box);
    const moment = window.start + ((event.clientX - box.left - LEFT) / wide) * (window.end - window.start);
    const column = grid.Columns.findLastIndex((start) => start <= moment);
    const row = Math.floor((1 - (event.clientY - box.top) / tall) * rows);
    return [Math.max(0, Math.min(lastColumn, column)), Math.max(0, Math.min(lastRow, row))];
  };
  const clear = () => {
    setFrom(null);
    setTo(null);
  };
  const choose = (cells: Cells) => {
    onSelect(tidy(rectangleOf(cells, grid, window)));
    clear();
  };
  const words = (cells: Cells) => {
    const { start = window.start, end = window.end } = rectangleOf(cells, grid, window);
    const [low, high] = [grid.RowEdges[cells.rows[0]]!, grid.RowEdges[cells.rows[1] + 1]!];
    const inside = countIn(grid, cells);
    return [
      `${format.clock(start, true)} – ${format.clock(end, true)}`,
      `${format.duration(low)} – ${format.duration(high)}`,
      say("traces.count", inside.count),
      ...(inside.faults > 0 ? [say("status.faults", inside.faults)] : []),
    ].join(" · ");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<string, Cell>)[event.key];
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const at = to ?? [lastColumn, lastRow];
      const next: Cell = to ? [Math.max(0, Math.min(lastColumn, at[0] + step[0])), Math.max(0, Math.min(lastRow, at[1] + step[1]))] : at;
      setTo(next);
      if (!event.shiftKey || !from) setFrom(event.shiftKey ? at : next);
    } else if (event.key === "Enter" && drawn) choose(drawn);
    else if (event.key === "Escape" && drawn) clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pointed = drawn ?? (hover && spanned(hover, hover));
  return (
    <figure className="heatmap">
      <div className="heatmap-plane" role="application" aria-roledescription={say("heatmap.title")} aria-label={say("heatmap.label", say("traces.count", grid.TracesProcessedCount))} aria-describedby={`${id}keys`} tabIndex={0} onKeyDown={onKeyDown} onBlur={() => !pressed.current && clear()}>
        <Canvas
          paint={paint}
          aria-hidden="true"
          title={hint}
          onPointerDown={(event) => {
            if (grid.Columns.length === 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            pressed.current = true;
            setFrom(cellAt(event));
            setTo(cellAt(event));
          }}
          onPointerMove={(event) => {
            const cell = cellAt(event);
            if (!hover || hover[0] !== cell[0] || hover[1] !== cell[1]) setHover(cell);
            if (pressed.current) setTo(cell);
          }}
          onPointerLeave={() => setHover(null)}
          onPointerUp={(event) => {
            if (!pressed.current) return;
            pressed.current = false;
            choose(spanned(from ?? cellAt(event), cellAt(event)));
          }}
          onPointerCancel={() => {
            pressed.current = false;
            clear();
          }}
        />
      </div>
      <span id={`${id}keys`} className="spoken">{say("heatmap.keys")}</span>
      <span className="spoken" role="status">{drawn && !pressed.current ? words(drawn) : ""}</span>
      <figcaption aria-hidden="true">{pointed ? words(pointed) : hint}</figcaption>
    </figure>
  );
}

function countIn(grid: HeatmapResult, { columns, rows }: Cells): { count: number; faults: number } {
  let [count, faults] = [0, 0];
  for (const cell of grid.Cells) {
    if (cell.Column < columns[0] || cell.Column > columns[1] || cell.Row < rows[0] || cell.Row > rows[1]) continue;
    count += cell.Count;
    faults += cell.FaultCount;
  }
  return { count, faults };
}

type Words = ReturnType<typeof useLanguage>["format"];

function clocksOf(window: Window, format: Words): { at: number; text: string }[] {
  const seconds = window.end - window.start;
  const step = clockStep(seconds, 8);
  const found = [];
  for (let time = Math.ceil(window.start / step) * step; time <= window.end; time += step) found.push({ at: (time - window.start) / seconds, text: format.clock(time, step < 60) });
  return found;
}

function durationsOf(grid: HeatmapResult, format: Words): { at: number; text: string }[] {
  const [low, high] = [grid.RowEdges[0] ?? 0, grid.RowEdges.at(-1) ?? 0];
  if (!(low > 0) || !(high > low)) return [];
  const place = placeOn(grid, { start: 0, end: 1 });
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const digit of DECADE) {
      const seconds = digit * 10 ** power;
      if (seconds >= low && seconds <= high) found.push({ at: place.y(seconds), text: format.duration(Number(seconds.toPrecision(3))) });
    }
  }
  return found;
}
