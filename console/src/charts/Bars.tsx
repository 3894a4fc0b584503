import { type PointerEvent, useCallback, useRef, useState } from "react";
import { useLanguage } from "../i18n";
import { STATUSES, type Tally, total } from "../state/status";
import type { Bin } from "./bins";
import { Canvas, type Paint } from "./Canvas";
import "./charts.css";
import { hatch } from "./marks";

interface Props {
  title: string;
  note?: string;
  bins: readonly Bin[];
  /** Labels under the axis: at which bar edge (0 … bins.length), and what to say. */
  labels: readonly { edge: number; text: string }[];
  /** What one bar, or a stretch of bars, covers. */
  describe: (from: number, to: number) => string;
  onSelect?: (from: number, to: number) => void;
  /** Bars before this one have not been read yet. */
  unreadBelow?: number;
  plain?: boolean; // one colour: the counts have no class
}

const AXIS = 16;
const UPWARDS = [...STATUSES].reverse(); // ok at the bottom, faults on top where the eye looks

/** Counts in bars, stacked by status; a drag selects a stretch. */
export function Bars({ title, note, bins, labels, describe, onSelect, unreadBelow = 0, plain = false }: Props) {
  const { say, format } = useLanguage();
  const [hover, setHover] = useState<number | null>(null);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const pressed = useRef(false);
  const most = bins.reduce((highest, bin) => Math.max(highest, total(bin)), 0);

  const paint = useCallback<Paint>(
    (context, { width, height }, palette) => {
      const tall = height - AXIS;
      const step = width / Math.max(1, bins.length);
      if (unreadBelow > 0) {
        context.fillStyle = hatch(context, palette.line);
        context.fillRect(0, 0, unreadBelow * step, tall);
      }
      context.fillStyle = palette["accent-wash"];
      if (drag) context.fillRect(Math.min(...drag) * step, 0, (Math.abs(drag[1] - drag[0]) + 1) * step, tall);
      const gap = step > 5 ? 1 : 0;
      bins.forEach((bin, i) => {
        let y = tall;
        for (const status of UPWARDS) {
          if (!bin[status]) continue;
          const size = Math.max(1.5, (bin[status] / most) * (tall - 4));
          context.fillStyle = plain ? palette.accent : palette[status];
          context.globalAlpha = status === "ok" && !plain && hover !== i ? 0.6 : 1;
          context.fillRect(i * step + gap, y - size, Math.max(1, step - gap * 2), size);
          y -= size;
        }
      });
      context.globalAlpha = 1;
      context.fillStyle = palette["line-strong"];
      context.fillRect(0, tall, width, 1);
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
    [bins, labels, most, hover, drag, unreadBelow, plain],
  );

  const barAt = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(bins.length - 1, Math.floor(((event.clientX - box.left) / box.width) * bins.length)));
  };
  const shown = drag ? ([Math.min(...drag), Math.max(...drag)] as const) : hover === null ? null : ([hover, hover] as const);
  const all = sum(bins);
  const spoken = [title, note, say("traces.count", total(all)), ...problems(all)].filter(Boolean).join(", ");

  function problems(tally: Tally): string[] {
    const words = { fault: "status.faults", error: "status.errors", throttle: "status.throttles" } as const;
    return (["fault", "error", "throttle"] as const).filter((s) => tally[s] > 0).map((s) => say(words[s], tally[s]));
  }
  return (
    <figure className="bars">
      <figcaption>
        <span className="bars-title">{title}</span>
        {shown ? (
          <span className="bars-value" aria-hidden="true">
            {describe(shown[0], shown[1])}
            {" · "}
            {plain
              ? format.number(total(sum(bins.slice(shown[0], shown[1] + 1))))
              : [say("traces.count", total(sum(bins.slice(shown[0], shown[1] + 1)))), ...problems(sum(bins.slice(shown[0], shown[1] + 1)))].join(" · ")}
          </span>
        ) : (
          <span className="bars-note">{note}</span>
        )}
      </figcaption>
      <Canvas
        paint={paint}
        role="img"
        aria-label={spoken}
        title={onSelect ? say("traces.dragHint") : undefined}
        data-drag={onSelect ? "" : undefined}
        onPointerDown={(event) => {
          if (!onSelect || bins.length === 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          pressed.current = true;
          setDrag([barAt(event), barAt(event)]);
        }}
        onPointerMove={(event) => {
          const bar = barAt(event);
          setHover(bins.length ? bar : null);
          if (pressed.current) setDrag((old) => old && [old[0], bar]);
        }}
        onPointerLeave={() => setHover(null)}
        onPointerUp={() => {
          pressed.current = false;
          setDrag(null);
          if (drag && onSelect) onSelect(Math.min(...drag), Math.max(...drag));
        }}
        onPointerCancel={() => {
          pressed.current = false;
          setDrag(null);
        }}
      />
    </figure>
  );
}

function sum(bins: readonly Tally[]): Tally {
  const all: Tally = { fault: 0, throttle: 0, error: 0, ok: 0 };
  for (const bin of bins) for (const status of STATUSES) all[status] += bin[status];
  return all;
}
