import { type PointerEvent, useCallback, useRef } from "react";
import { Canvas, type Paint } from "../charts/Canvas";
import { useLanguage } from "../i18n";
import { drawOverviewSpans, drawOverviewVeil } from "./draw";
import type { TraceTree } from "./tree";
import { keepInside, wholeOf, type Zoom } from "./zoom";

interface Props {
  tree: TraceTree;
  zoom: Zoom;
  hues: ReadonlyMap<string, number>;
  onZoom: (zoom: Zoom) => void;
}
const A_CLICK_PX = 4;

/** The whole trace in a strip; a drag zooms, a click brings the stretch in sight there. */
export function Overview({ tree, zoom, hues, onZoom }: Props) {
  const { say } = useLanguage();
  const whole = wholeOf(tree);
  const pressed = useRef<{ x: number; time: number } | null>(null);
  // The spans are drawn once and kept as a picture: a zoom moves only the veil, sixty times a second.
  const picture = useRef<{ of: readonly unknown[]; canvas: HTMLCanvasElement } | null>(null);
  const paint = useCallback<Paint>(
    (context, size, palette) => {
      const scene = { ...zoom, hues, spans: tree.spans, start: whole.from, end: whole.to };
      const { width, height } = context.canvas;
      const of = [tree, hues, palette, width, height];
      if (!picture.current?.of.every((each, i) => each === of[i])) {
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const pen = canvas.getContext("2d");
        pen?.scale(width / size.width, height / size.height);
        if (pen) drawOverviewSpans(pen, size, palette, scene);
        picture.current = { of, canvas };
      }
      context.drawImage(picture.current!.canvas, 0, 0, size.width, size.height);
      drawOverviewVeil(context, size, palette, scene);
    },
    [tree, zoom, hues, whole.from, whole.to],
  );
  const timeAt = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return whole.from + ((event.clientX - box.left) / box.width) * (whole.to - whole.from);
  };
  return (
    <Canvas
      className="timeline-overview"
      paint={paint}
      role="img"
      aria-label={say("timeline.overview")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { x: event.clientX, time: timeAt(event) };
      }}
      onPointerMove={(event) => {
        const from = pressed.current;
        if (!from || Math.abs(event.clientX - from.x) < A_CLICK_PX) return;
        const now = timeAt(event);
        onZoom(keepInside({ from: Math.min(from.time, now), to: Math.max(from.time, now) }, whole));
      }}
      onPointerUp={(event) => {
        const from = pressed.current;
        pressed.current = null;
        if (!from || Math.abs(event.clientX - from.x) >= A_CLICK_PX) return;
        const half = (zoom.to - zoom.from) / 2;
        onZoom(keepInside({ from: from.time - half, to: from.time + half }, whole));
      }}
      onDoubleClick={() => onZoom(whole)}
    />
  );
}
