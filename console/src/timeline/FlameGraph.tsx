import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type WheelEvent } from "react";
import { Canvas, type CanvasHandle, type Paint } from "../charts/Canvas";
import { ticks } from "../charts/ticks";
import { useLanguage } from "../i18n";
import { drawFlame, LANE } from "./draw-flame";
import { flameOf, neighbour, spanAt } from "./flame";
import { Overview } from "./Overview";
import "./flame.css";
import { nextProblem, type Span, type TraceTree } from "./tree";
import { keepInside, panBy, readZoom, wholeOf, type Zoom, zoomAround, zoomText } from "./zoom";

interface Props {
  tree: TraceTree;
  selected: Span | null;
  matched: ReadonlySet<string> | null;
  onSelect: (span: Span) => void;
  zoomed: string;
  onZoomed: (text: string) => void;
}
const REST_MS = 250;
const NEAR_PX = 2;

/** The trace as a flame graph: time to the right, calls downwards; the same selection and zoom as the timeline. */
export function FlameGraph({ tree, selected, matched, onSelect, zoomed, onZoomed }: Props) {
  const { say, format } = useLanguage();
  const whole = useMemo(() => wholeOf(tree), [tree]);
  const flame = useMemo(() => flameOf(tree), [tree]);
  const hues = useMemo(() => new Map(tree.services.map((service, i) => [service, i])), [tree]);
  const [zoom, setZoom] = useState<Zoom>(() => readZoom(zoomed, tree.start, whole) ?? whole);
  const [hover, setHover] = useState<Span | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<CanvasHandle>(null);

  const isWhole = zoom.from <= whole.from && zoom.to >= whole.to;
  const text = isWhole ? "" : zoomText(zoom, tree.start);
  useEffect(() => {
    if (text === zoomed) return;
    const timer = setTimeout(() => onZoomed(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, zoomed, onZoomed]);

  const paint = useCallback<Paint>(
    (context, size, palette) => drawFlame(context, size, palette, { flame, ...zoom, origin: tree.start, selected, matched, hues, scrollTop: scroller.current?.scrollTop ?? 0 }),
    [flame, zoom, tree, selected, matched, hues],
  );
  useLayoutEffect(() => {
    const box = scroller.current!;
    if (!selected) return;
    const top = flame.lane.get(selected.key)! * LANE;
    if (top < box.scrollTop) box.scrollTop = top - LANE;
    else if (top + LANE > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * LANE - box.clientHeight;
  }, [selected, flame]);
  useEffect(() => {
    // React listens to wheel passively, and a zoom with Ctrl must not zoom the page.
    const box = scroller.current!;
    const stop = (event: globalThis.WheelEvent) => event.ctrlKey && event.preventDefault();
    box.addEventListener("wheel", stop, { passive: false });
    return () => box.removeEventListener("wheel", stop);
  }, []);

  const under = (event: MouseEvent) => {
    const box = canvas.current!.element.getBoundingClientRect();
    const perPixel = (zoom.to - zoom.from) / box.width;
    const row = Math.floor((event.clientY - box.top + scroller.current!.scrollTop) / LANE);
    return spanAt(flame, row, zoom.from + (event.clientX - box.left) * perPixel, perPixel * NEAR_PX);
  };
  const fit = (span: Span | null) => {
    const air = span ? (span.end - span.start) * 0.03 : 0;
    if (span && span.end > span.start) setZoom(keepInside({ from: span.start - air, to: span.end + air }, whole));
  };
  const jump = (step: 1 | -1) => {
    const span = nextProblem(tree.spans, selected, step);
    if (span) onSelect(span);
  };
  const scale = (factor: number) => setZoom(zoomAround(zoom, factor, (zoom.from + zoom.to) / 2, whole));
  const keys: Record<string, () => void> = {
    n: () => jump(1),
    N: () => jump(-1),
    z: () => fit(selected),
    "+": () => scale(0.6),
    "=": () => scale(0.6),
    "-": () => scale(1.6),
    "0": () => setZoom(whole),
    Home: () => tree.spans[0] && onSelect(tree.spans[0]),
    Enter: () => document.querySelector<HTMLElement>(".drawer [role=tab][aria-selected=true]")?.focus(),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      const next = selected ? neighbour(flame, selected, event.key) : tree.spans[0];
      if (next) onSelect(next);
    } else if (keys[event.key]) keys[event.key]!();
    else return;
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent) => {
    const box = canvas.current!.element.getBoundingClientRect();
    const length = zoom.to - zoom.from;
    if (event.ctrlKey) setZoom(zoomAround(zoom, Math.exp(event.deltaY * 0.004), zoom.from + ((event.clientX - box.left) / box.width) * length, whole));
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) setZoom(panBy(zoom, (event.deltaX / box.width) * length, whole));
  };
  const words = (span: Span) => [span.name, span.detail, say(`status.${span.status}`), format.duration(span.end - span.start)].filter(Boolean).join(" · ");
  return (
    <section className="flame" aria-label={say("flame.label")}>
      <p className="flame-hover secondary clip" aria-hidden="true">{hover ?? selected ? words((hover ?? selected)!) : say("flame.hint")}</p>
      <Overview tree={tree} zoom={zoom} hues={hues} onZoom={setZoom} />
      <div className="flame-axis" aria-hidden="true">
        {ticks(zoom.from - tree.start, zoom.to - tree.start, 7).map((tick) => {
          const share = (tick + tree.start - zoom.from) / (zoom.to - zoom.from);
          return share < 0.97 && <span key={tick} style={{ left: `${share * 100}%` }}>{tick === 0 ? "0" : format.duration(tick)}</span>;
        })}
      </div>
      <div className="flame-body">
        <Canvas ref={canvas} paint={paint} aria-hidden="true" />
        <div
          ref={scroller}
          className="flame-scroll"
          role="application"
          tabIndex={0}
          aria-label={say("flame.keys")}
          onKeyDown={onKeyDown}
          onWheel={onWheel}
          onScroll={() => canvas.current?.repaint()}
          onMouseMove={(event) => setHover(under(event))}
          onMouseLeave={() => setHover(null)}
          onClick={(event) => {
            const span = under(event);
            if (span) onSelect(span);
          }}
          onDoubleClick={(event) => fit(under(event))}
        >
          <div style={{ height: flame.lanes.length * LANE + 8 }} />
        </div>
      </div>
      <span className="spoken" role="status">{selected ? words(selected) : ""}</span>
    </section>
  );
}
