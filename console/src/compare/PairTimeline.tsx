import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type WheelEvent } from "react";
import { Canvas, type CanvasHandle, type Paint } from "../charts/Canvas";
import { ticks } from "../charts/ticks";
import { useLanguage } from "../i18n";
import { panBy, readZoom, type Zoom, zoomAround, zoomText } from "../timeline/zoom";
import { DELTA_WIDTH, drawPairs, PAIR_ROW } from "./draw-pairs";
import { PairRow } from "./PairRow";
import type { Pair } from "./pairs";

interface Props {
  rows: readonly Pair[];
  starts: { a: number; b: number };
  /** Seconds from the start to the end of the longer trace. */
  length: number;
  selected: Pair | null;
  onSelect: (pair: Pair) => void;
  onNext: (step: 1 | -1) => void;
  zoomed: string;
  onZoomed: (text: string) => void;
}
const SPARE_ROWS = 5;
const REST_MS = 250;

/** Both traces on one scale: rows are DOM, bars one canvas behind them, both only for what is in sight. */
export function PairTimeline({ rows: all, starts, length, selected, onSelect, onNext, zoomed, onZoomed }: Props) {
  const { say, format } = useLanguage();
  const whole = useMemo<Zoom>(() => ({ from: 0, to: (length || 1e-3) * 1.02 }), [length]);
  const [zoom, setZoom] = useState<Zoom>(() => readZoom(zoomed, 0, whole) ?? whole);
  const [folded, setFolded] = useState<ReadonlySet<Pair>>(new Set());
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<CanvasHandle>(null);
  const rows = useMemo(() => all.filter((pair) => !isHidden(pair, folded)), [all, folded]);
  const widest = useMemo(() => rows.reduce((most, { a, b }) => Math.max(most, Math.abs(a.busy - b.busy)), 0), [rows]);

  const before = useRef(whole);
  useEffect(() => {
    if (before.current !== whole) setZoom(whole);
    before.current = whole;
  }, [whole]);
  const text = zoom.from === whole.from && zoom.to === whole.to ? "" : zoomText(zoom, 0);
  useEffect(() => {
    if (text === zoomed) return;
    const timer = setTimeout(() => onZoomed(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, zoomed, onZoomed]);

  const paint = useCallback<Paint>(
    (context, size, palette) =>
      drawPairs(context, size, palette, { rows, zoom, starts, selected, widest, scrollTop: scroller.current?.scrollTop ?? 0, duration: format.duration, signed: format.signed }),
    [rows, zoom, starts, selected, widest, format],
  );
  useLayoutEffect(() => {
    const box = scroller.current!;
    const observer = new ResizeObserver(() => setScroll({ top: box.scrollTop, height: box.clientHeight }));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const box = scroller.current;
    const index = selected ? rows.indexOf(selected) : -1;
    if (!box || index < 0) return;
    const [top, bottom] = [index * PAIR_ROW, (index + 1) * PAIR_ROW];
    if (top < box.scrollTop) box.scrollTop = Math.max(0, top - PAIR_ROW);
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom + PAIR_ROW - box.clientHeight;
  }, [selected, rows]);
  // What is chosen from outside must be in sight: what folds it away opens.
  useEffect(() => {
    if (selected) setFolded((old) => (isHidden(selected, old) ? new Set([...old].filter((pair) => !isAbove(pair, selected))) : old));
  }, [selected]);

  const fold = useCallback((pair: Pair, on?: boolean) => {
    setFolded((old) => {
      const next = new Set(old);
      if (on ?? !old.has(pair)) next.add(pair);
      else next.delete(pair);
      return next;
    });
  }, []);
  const move = (step: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, (selected ? rows.indexOf(selected) : -1) + step))];
    if (next) onSelect(next);
  };
  const middle = (zoom.from + zoom.to) / 2;
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(Math.floor(scroll.height / PAIR_ROW)),
    PageUp: () => move(-Math.floor(scroll.height / PAIR_ROW)),
    Home: () => move(-rows.length),
    End: () => move(rows.length),
    ArrowRight: () => {
      if (!selected) return move(1);
      if (folded.has(selected)) fold(selected, false);
      else if (selected.children[0]) onSelect(selected.children[0]);
    },
    ArrowLeft: () => {
      if (!selected) return;
      if (selected.children.length && !folded.has(selected)) fold(selected, true);
      else if (selected.parent) onSelect(selected.parent);
    },
    Enter: () => document.querySelector<HTMLElement>(".compare-place a")?.focus(),
    n: () => onNext(1),
    N: () => onNext(-1),
    "+": () => setZoom(zoomAround(zoom, 0.6, middle, whole)),
    "=": () => setZoom(zoomAround(zoom, 0.6, middle, whole)),
    "-": () => setZoom(zoomAround(zoom, 1.6, middle, whole)),
    "0": () => setZoom(whole),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onWheel = (event: WheelEvent) => {
    const box = canvas.current!.element.getBoundingClientRect();
    const wide = box.width - DELTA_WIDTH;
    const seconds = zoom.to - zoom.from;
    if (event.ctrlKey) setZoom(zoomAround(zoom, Math.exp(event.deltaY * 0.004), zoom.from + ((event.clientX - box.left) / wide) * seconds, whole));
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) setZoom(panBy(zoom, (event.deltaX / wide) * seconds, whole));
  };
  // React listens to wheel passively, and a zoom with Ctrl must not zoom the page.
  useEffect(() => {
    const box = scroller.current!;
    const stop = (event: globalThis.WheelEvent) => event.ctrlKey && event.preventDefault();
    box.addEventListener("wheel", stop, { passive: false });
    return () => box.removeEventListener("wheel", stop);
  }, []);

  const first = Math.max(0, Math.floor(scroll.top / PAIR_ROW) - SPARE_ROWS);
  const last = Math.min(rows.length, Math.ceil((scroll.top + scroll.height) / PAIR_ROW) + SPARE_ROWS);
  return (
    <section className="pairs" aria-label={say("compare.label")}>
      <div className="pairs-head" aria-hidden="true">
        <span>{say("compare.place")}</span>
        <div className="pairs-axis">
          {ticks(zoom.from, zoom.to, 6).map((tick) => {
            const share = (tick - zoom.from) / (zoom.to - zoom.from);
            return share < 0.95 && <span key={tick} style={{ left: `${share * 100}%` }}>{tick === 0 ? "0" : format.duration(tick)}</span>;
          })}
        </div>
        <span className="pairs-delta">{say("compare.delta")}</span>
      </div>
      <div className="pairs-body">
        <Canvas ref={canvas} className="pairs-canvas" paint={paint} aria-hidden="true" />
        <div
          ref={scroller}
          className="pairs-scroll"
          role="treegrid"
          tabIndex={0}
          aria-label={say("compare.label")}
          aria-rowcount={rows.length}
          aria-activedescendant={selected && rows.includes(selected) ? `pair-${selected.key}` : undefined}
          onKeyDown={onKeyDown}
          onWheel={onWheel}
          onScroll={(event) => {
            canvas.current?.repaint();
            setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight });
          }}
        >
          <div className="pairs-rows" role="rowgroup" style={{ height: rows.length * PAIR_ROW }}>
            {rows.slice(first, last).map((pair, i) => (
              <PairRow key={pair.key} pair={pair} index={first + i} folded={folded.has(pair)} selected={pair === selected} onSelect={onSelect} onFold={fold} />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

function isHidden(pair: Pair, folded: ReadonlySet<Pair>): boolean {
  if (folded.size === 0) return false;
  for (let at = pair.parent; at; at = at.parent) if (folded.has(at)) return true;
  return false;
}

function isAbove(above: Pair, pair: Pair): boolean {
  for (let at = pair.parent; at; at = at.parent) if (at === above) return true;
  return false;
}
