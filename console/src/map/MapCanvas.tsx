import { type PointerEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Canvas, type CanvasHandle, type Paint } from "../charts/Canvas";
import { useLanguage } from "../i18n";
import { distanceTo } from "./curves";
import { curvesOf, drawMap, RADIUS, radiusAt } from "./draw";
import type { MapGraph } from "./graph";
import { layOut } from "./layout";
import "./map.css";
import { routeAround } from "./route";
import { useLabels } from "./useLabels";
import { fitting, toScreen, type View, zoomAt } from "./view";

interface Props {
  graph: MapGraph;
  /** Null when the map is of one trace: there is no rate then. */
  minutes: number | null;
  selected: string | null;
  onSelect: (key: string | null) => void;
}
const NEAR_PX = 7;
const A_CLICK_PX = 4;

/** The drawn map: drag pans, the wheel zooms, a click selects a service or a call. */
export function MapCanvas({ graph, minutes, selected, onSelect }: Props) {
  const { say } = useLanguage();
  const canvas = useRef<CanvasHandle>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [moved, setMoved] = useState<View | null>(null); // null: fitted to the viewport
  const [hovered, setHovered] = useState<string | null>(null);
  const labelOf = useLabels(minutes);

  useLayoutEffect(() => {
    const element = canvas.current!.element;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  // Laid out again only when services come or go: figures that change must not move what the eye has learnt.
  const shape = [...graph.nodes.map((node) => node.key), ...graph.edges.map((edge) => edge.key)].sort().join("\n");
  // The proportions of the window, not of the canvas: opening the panel must not rearrange the map.
  const aspect = Math.round((window.innerWidth / Math.max(1, window.innerHeight - 150)) * 4) / 4;
  const layout = useMemo(() => layOut(graph, aspect), [shape, aspect]);
  const bends = useMemo(() => routeAround(graph.edges, layout.places, RADIUS), [layout]);
  const view = moved ?? fitting(layout, size ?? { width: 1200, height: 700 });

  const paint = useCallback<Paint>(
    (context, size, palette) => drawMap(context, size, palette, { graph, layout, view, bends, selected, hovered, labelOf }),
    [graph, layout, bends, view.scale, view.x, view.y, selected, hovered, labelOf],
  );

  const under = (event: PointerEvent): string | null => {
    const box = canvas.current!.element.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const radius = radiusAt(view) + NEAR_PX;
    for (const node of graph.nodes) {
      const { x, y } = toScreen(view, layout.places.get(node.key)!);
      if (Math.hypot(x - point.x, y - point.y) <= radius) return node.key;
    }
    let best: [string | null, number] = [null, NEAR_PX];
    for (const [key, curve] of curvesOf({ graph, layout, view, bends })) {
      const distance = distanceTo(curve, point);
      if (distance < best[1]) best = [key, distance];
    }
    return best[0];
  };

  const drag = useRef<{ x: number; y: number; view: View; far: boolean } | null>(null);
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    const element = canvas.current!.element;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      setMoved(zoomAt(latest.current, Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, []);
  const zoom = (factor: number) => size && setMoved(zoomAt(view, factor, size.width / 2, size.height / 2));

  return (
    <div className="map-canvas" data-hovered={hovered ? "" : undefined}>
      <Canvas
        ref={canvas}
        paint={paint}
        role="img"
        aria-label={say("map.label")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, y: event.clientY, view, far: false };
        }}
        onPointerMove={(event) => {
          const from = drag.current;
          if (!from) return setHovered(under(event));
          const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
          from.far ||= Math.hypot(dx, dy) > A_CLICK_PX;
          if (from.far) setMoved({ ...from.view, x: from.view.x + dx, y: from.view.y + dy });
        }}
        onPointerUp={(event) => {
          const from = drag.current;
          drag.current = null;
          if (from && !from.far) onSelect(under(event));
        }}
        onPointerCancel={() => (drag.current = null)}
        onPointerLeave={() => setHovered(null)}
      />
      <div className="map-zoom">
        <button type="button" className="tool" data-outlined aria-label={say("map.zoomIn")} onClick={() => zoom(1.3)}>+</button>
        <button type="button" className="tool" data-outlined aria-label={say("map.zoomOut")} onClick={() => zoom(1 / 1.3)}>−</button>
        <button type="button" className="tool" data-outlined onClick={() => setMoved(null)}>{say("map.fit")}</button>
      </div>
      <ul className="map-nodes spoken" aria-label={say("map.services")}>
        {graph.nodes.map((node) => {
          const label = labelOf(node);
          return (
            <li key={node.key}>
              <button
                type="button"
                aria-pressed={node.key === selected}
                onFocus={() => setHovered(node.key)}
                onBlur={() => setHovered(null)}
                onClick={() => onSelect(node.key)}
              >
                {[node.name, label.figures, label.trouble].filter(Boolean).join(", ")}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
