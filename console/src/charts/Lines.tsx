import { type PointerEvent, useCallback, useState } from "react";
import { Canvas, type Paint } from "./Canvas";
import "./charts.css";
import type { Label } from "./labels";
import type { Palette } from "./palette";

export interface Line {
  name: string;
  colour: keyof Palette & ("accent" | "ok" | "error" | "throttle" | "fault" | "ink-2");
  dash?: readonly number[];
  /** One value a column; null where nothing is known, which breaks the line. */
  values: readonly (number | null)[];
}

interface Props {
  title: string;
  note?: string;
  lines: readonly Line[];
  labels: readonly Label[];
  format: (value: number) => string;
  /** What a column covers. */
  describe: (column: number) => string;
}

const AXIS = 16;
const TOP = 6;

/** Values over time, a line each, from zero; what the pointer is over is said in figures. */
export function Lines({ title, note, lines, labels, format, describe }: Props) {
  const [hover, setHover] = useState<number | null>(null);
  const columns = Math.max(1, ...lines.map((line) => line.values.length));
  const most = lines.reduce((top, line) => line.values.reduce<number>((high, value) => Math.max(high, value ?? 0), top), 0);

  const paint = useCallback<Paint>(
    (context, { width, height }, palette) => {
      const tall = height - AXIS;
      const step = width / columns;
      const y = (value: number) => tall - (most > 0 ? value / most : 0) * (tall - TOP);
      if (hover !== null) {
        context.fillStyle = palette["accent-wash"];
        context.fillRect(hover * step, 0, step, tall);
      }
      context.fillStyle = palette["line-strong"];
      context.fillRect(0, tall, width, 1);
      for (const line of lines) drawLine(context, line, palette, step, y);
      context.fillStyle = palette["ink-2"];
      context.font = `11px ${palette.sans}`;
      context.textBaseline = "bottom";
      for (const { edge, text } of labels) {
        const x = edge * step;
        const wide = context.measureText(text).width;
        context.fillRect(x, tall, 1, 3);
        context.fillText(text, Math.max(0, Math.min(width - wide, x - wide / 2)), height);
      }
    },
    [lines, labels, columns, most, hover],
  );
  const figures = (column: number | null) =>
    lines.map((line) => {
      const value = column === null ? line.values.reduce<number | null>((top, each) => (each === null ? top : Math.max(top ?? 0, each)), null) : (line.values[column] ?? null);
      return value === null ? null : `${line.name} ${format(value)}`;
    }).filter(Boolean).join(" · ");
  return (
    <figure className="bars">
      <figcaption>
        <span className="bars-title">{title}</span>
        {hover === null ? <span className="bars-note">{note}</span> : <span className="bars-value" aria-hidden="true">{describe(hover)} · {figures(hover)}</span>}
        {hover === null && <span className="bars-value">{format(most)} ↑</span>}
      </figcaption>
      <Canvas
        paint={paint}
        role="img"
        aria-label={[title, note, figures(null)].filter(Boolean).join(", ")}
        onPointerMove={(event: PointerEvent<HTMLCanvasElement>) => {
          const box = event.currentTarget.getBoundingClientRect();
          setHover(Math.max(0, Math.min(columns - 1, Math.floor(((event.clientX - box.left) / box.width) * columns))));
        }}
        onPointerLeave={() => setHover(null)}
      />
    </figure>
  );
}

function drawLine(context: CanvasRenderingContext2D, line: Line, palette: Palette, step: number, y: (value: number) => number): void {
  context.strokeStyle = context.fillStyle = palette[line.colour];
  context.lineWidth = 1.6;
  context.setLineDash([...(line.dash ?? [])]);
  context.beginPath();
  line.values.forEach((value, i) => {
    if (value === null) return;
    const [x, before] = [(i + 0.5) * step, line.values[i - 1]];
    const after = line.values[i + 1];
    if (i > 0 && before !== null && before !== undefined) context.lineTo(x, y(value));
    else context.moveTo(x, y(value));
    // A value with nothing on either side would be no line at all.
    if ((before === null || before === undefined) && (after === null || after === undefined)) context.fillRect(x - 1.5, y(value) - 1.5, 3, 3);
  });
  context.stroke();
  context.setLineDash([]);
}
