import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Canvas, type CanvasHandle, type Paint } from "../charts/Canvas";
import { useLanguage } from "../i18n";
import { distanceTo } from "./curves";
import { curvesOf, drawMap, RADIUS, radiusAt } from "./draw";
import { lagOf } from "./lags";
import type { MapEdge, MapGraph } from "./graph";
import { layOut } from "./layout";
import "./map.css";
import { type Change, looksOf, type Mode } from "./modes";
import { pinned, readPins, writePins } from "./pins";
import { routeAround } from "./route";
import { useLabels } from "./useLabels";
import { fitting, toMap, toScreen, type View, zoomAt } from "./view";

interface Props {
  graph: MapGraph;
  /** Null when the map is of one trace: there is no rate then. */
  minutes: number | null;
  selected: string | null;
  onSelect: (key: string | null) => void;
  mode?: Mode;
  changes?: ReadonlyMap<string, Change>;
  /** A double click on a service: only it and its neighbours. */
  onFocus?: (key: string) => void;
  /** A node to bring into the middle; asked for anew with each new object. */
  flight?: { key: string } | null;
}
const NEAR_PX = 7;
const NO_CHANGES: ReadonlyMap<string, Change> = new Map();
const LANDING = 1.15; // how large what was flown to is shown at least
const FLIGHT_MS = 240;
const A_CLICK_PX = 4;

/** The drawn map: drag pans, the wheel zooms, a click selects a service or a call. */
export function MapCanvas({ graph, minutes, selected, onSelect, mode = "health", changes = NO_CHANGES, onFocus, flight = null }: Props) {
  const { say, format } = useLanguage();
  const canvas = useRef<CanvasHandle>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [moved, setMoved] = useState<View | null>(null); // null: fitted to the viewport
  const [hovered, setHovered] = useState<string | null>(null);
  const labelOf = useLabels(minutes, mode, changes);
  const looks = useMemo(() => looksOf(mode, graph, changes), [mode, graph, changes]);
  const [pins, setPins] = useState(readPins);
  const pinnedKeys = useMemo(() => new Set(Object.keys(pins)), [pins]);
  const lagText = useCallback((edge: MapEdge) => {
    const lag = lagOf(edge);
    return lag === null ? null : say("map.lag", format.duration(lag));
  }, [say, format]);

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
  const laidOut = useMemo(() => layOut(graph, aspect), [shape, aspect]);
  const layout = useMemo(() => pinned(laidOut, pins), [laidOut, pins]);
  const bends = useMemo(() => routeAround(graph.edges, layout.places, RADIUS), [layout]);
  const view = moved ?? fitting(layout, size ?? { width: 1200, height: 700 });

  const paint = useCallback<Paint>(
    (context, size, palette) => drawMap(context, size, palette, { graph, layout, view, bends, selected, hovered, labelOf, looks, lagOf: lagText, pins: pinnedKeys }),
    [graph, layout, bends, view.scale, view.x, view.y, selected, hovered, labelOf, looks, lagText, pinnedKeys],
  );

  const under = (event: MouseEvent): string | null => {
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

  const drag = useRef<{ x: number; y: number; view: View; far: boolean; node: string | null } | null>(null);
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
  useEffect(() => {
    const place = flight && layout.places.get(flight.key);
    if (!place || !size) return;
    const start = latest.current;
    const scale = Math.max(start.scale, LANDING);
    const goal: View = { scale, x: size.width / 2 - place.x * scale, y: size.height / 2 - place.y * scale };
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const from = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = still ? 1 : Math.min(1, Math.max(0, (now - from) / FLIGHT_MS));
      const eased = 1 - (1 - share) ** 3;
      const between = (a: number, b: number) => a + (b - a) * eased;
      setMoved({ scale: between(start.scale, goal.scale), x: between(start.x, goal.x), y: between(start.y, goal.y) });
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [flight]);
  const zoom = (factor: number) => size && setMoved(zoomAt(view, factor, size.width / 2, size.height / 2));

  return (
    <div className="map-canvas" data-hovered={hovered ? "" : undefined}>
      <Canvas
        ref={canvas}
        paint={paint}
        role="img"
        title={hovered || !onFocus ? undefined : say("map.pinHint")}
        aria-label={say("map.label")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const key = under(event);
          drag.current = { x: event.clientX, y: event.clientY, view, far: false, node: key !== null && layout.places.has(key) ? key : null };
        }}
        onPointerMove={(event) => {
          const from = drag.current;
          if (!from) return setHovered(under(event));
          const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
          from.far ||= Math.hypot(dx, dy) > A_CLICK_PX;
          if (!from.far) return;
          if (from.node === null) setMoved({ ...from.view, x: from.view.x + dx, y: from.view.y + dy });
          else {
            const box = event.currentTarget.getBoundingClientRect();
            const place = toMap(view, { x: event.clientX - box.left, y: event.clientY - box.top });
            setMoved(view); // a drawing that is fitted anew under the hand could not be aimed at
            setPins((old) => ({ ...old, [from.node!]: place }));
          }
        }}
        onPointerUp={(event) => {
          const from = drag.current;
          drag.current = null;
          if (from?.far && from.node !== null) writePins(pins);
          if (from && !from.far) onSelect(under(event));
        }}
        onPointerCancel={() => (drag.current = null)}
        onPointerLeave={() => setHovered(null)}
        onDoubleClick={(event) => {
          const key = under(event);
          if (key !== null && layout.places.has(key)) onFocus?.(key);
        }}
      />
      <div className="map-zoom">
        {graph.nodes.some((node) => pinnedKeys.has(node.key)) && (
          <button type="button" className="tool" data-outlined onClick={() => (writePins({}), setPins({}))}>{say("map.unpin", graph.nodes.filter((node) => pinnedKeys.has(node.key)).length)}</button>
        )}
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
