import { type PointerEvent, useCallback, useRef } from "react";
import { Canvas, type Paint } from "../charts/Canvas";
import { useLanguage } from "../i18n";
import { drawOverview } from "./draw";
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
  const paint = useCallback<Paint>(
    (context, size, palette) => drawOverview(context, size, palette, { ...zoom, hues, spans: tree.spans, start: whole.from, end: whole.to }),
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
