import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type WheelEvent } from "react";
import { Canvas, type CanvasHandle, type Paint } from "../charts/Canvas";
import { ticks } from "../charts/ticks";
import { useLanguage } from "../i18n";
import type { Stretch } from "./critical";
import { drawBars, ROW } from "./draw";
import { isDimmed } from "./meant";
import { Overview } from "./Overview";
import { isFolded, spanOfTime, visibleRows, withAncestors } from "./rows";
import type { Groups } from "./siblings";
import "./timeline.css";
import { Toolbar } from "./Toolbar";
import { nextProblem, type Span, type TraceTree } from "./tree";
import { TreeRow } from "./TreeRow";
import { keepInside, panBy, readZoom, wholeOf, type Zoom, zoomAround, zoomText } from "./zoom";

interface Props {
  tree: TraceTree;
  groups: Groups;
  path: ReadonlyMap<string, readonly Stretch[]>;
  /** What the filter does not mean is left out instead of stepping back. */
  hide: boolean;
  onExclude: (span: Span) => void;
  selected: Span | null;
  /** The spans a filter means; the others step back. */
  matched: ReadonlySet<string> | null;
  onSelect: (span: Span) => void;
  critical: boolean;
  onCritical: (on: boolean) => void;
  /** The stretch in sight as the address has it, and where a new one goes once the hand rests. */
  zoomed: string;
  onZoomed: (text: string) => void;
}
const SPARE_ROWS = 6;
const REST_MS = 250;
const NONE: ReadonlyMap<string, readonly Stretch[]> = new Map();

/** The segments of a trace as a tree and as bars: rows are DOM, bars one canvas behind them, both only for what is in sight. */
export function Timeline({ tree, groups, path, hide, onExclude, selected, matched, onSelect, critical, onCritical, zoomed, onZoomed }: Props) {
  const { say, format } = useLanguage();
  const whole = useMemo(() => wholeOf(tree), [tree]);
  const [zoom, setZoom] = useState<Zoom>(() => readZoom(zoomed, tree.start, whole) ?? whole);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [scroll, setScroll] = useState({ top: 0, height: 600 });
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<CanvasHandle>(null);
  const kept = useMemo(() => (hide && matched ? withAncestors(tree, matched, groups) : null), [hide, matched, tree, groups]);
  const { rows, levels } = useMemo(() => visibleRows(tree, { folded, opened }, groups, kept), [tree, folded, opened, groups, kept]);
  const hues = useMemo(() => new Map(tree.services.map((service, i) => [service, i])), [tree]);

  // A refreshed trace may be longer: an unzoomed timeline grows with it, a zoomed one stays where the reader is.
  const before = useRef(whole);
  useEffect(() => {
    const old = before.current;
    before.current = whole;
    setZoom((zoom) => (zoom.from === old.from && zoom.to === old.to ? whole : keepInside(zoom, whole)));
  }, [whole]);
  const isWhole = zoom.from === whole.from && zoom.to === whole.to;
  const text = isWhole ? "" : zoomText(zoom, tree.start);
  useEffect(() => {
    if (text === zoomed) return;
    const timer = setTimeout(() => onZoomed(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, zoomed, onZoomed]);

  const paint = useCallback<Paint>(
    (context, size, palette) =>
      drawBars(context, size, palette, {
        rows, ...zoom, origin: tree.start, selected, matched, hues,
        scrollTop: scroller.current?.scrollTop ?? 0,
        critical: critical ? path : NONE,
        duration: format.duration,
      }),
    [rows, zoom, tree, selected, matched, hues, critical, path, format],
  );

  useLayoutEffect(() => {
    const box = scroller.current!;
    const observer = new ResizeObserver(() => setScroll({ top: box.scrollTop, height: box.clientHeight }));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const reveal = useCallback((index: number) => {
    const box = scroller.current;
    if (!box || index < 0) return;
    const [top, bottom] = [index * ROW, (index + 1) * ROW];
    if (top < box.scrollTop) box.scrollTop = top - ROW;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom + ROW - box.clientHeight;
  }, []);
  useEffect(() => {
    if (selected) reveal(rows.indexOf(selected));
  }, [selected, rows, reveal]);
  useEffect(() => {
    // What is selected elsewhere, by the address or by a key that jumps, comes out of what hides it.
    if (!selected || selected.kind === "group") return;
    const above = ancestors(selected);
    setFolded((old) => without(old, above));
    const hiding = [selected.key, ...above].flatMap((key) => groups.of.get(key)?.key ?? []);
    if (hiding.length > 0) setOpened((old) => new Set([...old, ...hiding]));
  }, [selected, groups]);

  const fold = useCallback((span: Span, on?: boolean) => {
    const isGroup = span.kind === "group";
    (isGroup ? setOpened : setFolded)((old) => {
      const next = new Set(old);
      const add = on === undefined ? !old.has(span.key) : on !== isGroup;
      if (add) next.add(span.key);
      else next.delete(span.key);
      return next;
    });
  }, []);
  const foldBelow = (depth: number) => setFolded(new Set(tree.spans.filter((span) => span.children.length && span.depth >= depth).map((span) => span.key)));
  const foldAll = (on: boolean) => (on ? foldBelow(1) : setFolded(new Set()));
  const deepest = () => rows.reduce((most, span) => Math.max(most, span.depth), 0);
  const jump = (step: 1 | -1) => {
    const span = nextProblem(tree.spans, selected?.kind === "group" ? selected.members![0]! : selected, step);
    if (span) onSelect(span);
  };
  const fit = () => {
    const box = scroller.current!;
    const stretch = spanOfTime(rows.slice(Math.floor(box.scrollTop / ROW), Math.ceil((box.scrollTop + box.clientHeight) / ROW)));
    if (stretch) setZoom(keepInside({ from: stretch[0], to: stretch[1] }, whole));
  };

  const middle = (zoom.from + zoom.to) / 2;
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(Math.floor(scroll.height / ROW)),
    PageUp: () => move(-Math.floor(scroll.height / ROW)),
    Home: () => rows[0] && onSelect(rows[0]),
    End: () => rows.length && onSelect(rows.at(-1)!),
    ArrowRight: () => {
      if (!selected) return move(1);
      if (isFolded(selected, { folded, opened }) && selected.children.length) fold(selected, false);
      else if (selected.children.length) move(1);
    },
    ArrowLeft: () => {
      if (!selected) return;
      const above = groups.of.get(selected.key) ?? selected.parent;
      if (selected.children.length && !isFolded(selected, { folded, opened })) fold(selected, true);
      else if (above) onSelect(above);
    },
    Enter: () => document.querySelector<HTMLElement>(".drawer [role=tab][aria-selected=true]")?.focus(),
    n: () => jump(1),
    N: () => jump(-1),
    c: () => onCritical(!critical),
    x: () => selected && onExclude(selected),
    "[": () => foldBelow(Math.max(1, deepest() - 1)),
    "]": () => foldBelow(deepest() + 1),
    z: fit,
    "+": () => setZoom(zoomAround(zoom, 0.6, middle, whole)),
    "=": () => setZoom(zoomAround(zoom, 0.6, middle, whole)),
    "-": () => setZoom(zoomAround(zoom, 1.6, middle, whole)),
    "0": () => setZoom(whole),
  };
  // The keys that the buttons show work at once; whoever is somewhere else already stays there.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, []);
  function move(step: number): void {
    const at = selected ? rows.indexOf(selected) : -1;
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (next) onSelect(next);
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onWheel = (event: WheelEvent) => {
    const box = canvas.current!.element.getBoundingClientRect();
    const length = zoom.to - zoom.from;
    if (event.ctrlKey) {
      const at = zoom.from + ((event.clientX - box.left) / box.width) * length;
      setZoom(zoomAround(zoom, Math.exp(event.deltaY * 0.004), at, whole));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) setZoom(panBy(zoom, (event.deltaX / box.width) * length, whole));
  };
  // React listens to wheel passively, and a zoom with Ctrl must not zoom the page.
  useEffect(() => {
    const box = scroller.current!;
    const stop = (event: globalThis.WheelEvent) => event.ctrlKey && event.preventDefault();
    box.addEventListener("wheel", stop, { passive: false });
    return () => box.removeEventListener("wheel", stop);
  }, []);

  const first = Math.max(0, Math.floor(scroll.top / ROW) - SPARE_ROWS);
  // Rows are reused, not made anew, as they come into sight: making DOM is what costs frames in a fast scroll.
  const pool = Math.ceil(scroll.height / ROW) + SPARE_ROWS * 2 + 2;
  const last = Math.min(rows.length, Math.ceil((scroll.top + scroll.height) / ROW) + SPARE_ROWS);
  return (
    <section className="timeline" aria-label={say("timeline.label")}>
      <Toolbar
        critical={critical}
        onCritical={() => onCritical(!critical)}
        onProblem={() => jump(1)}
        onFit={fit}
        onWhole={() => setZoom(whole)}
        zoomed={!isWhole}
        onFold={foldAll}
        problems={nextProblem(tree.spans, null, 1) !== null}
      />
      <Overview tree={tree} zoom={zoom} hues={hues} onZoom={setZoom} />
      <div className="timeline-head" aria-hidden="true">
        <span className="timeline-title">{say("timeline.name")}</span>
        <div className="timeline-axis">
          {ticks(zoom.from - tree.start, zoom.to - tree.start, 7).map((tick) => {
            const share = (tick + tree.start - zoom.from) / (zoom.to - zoom.from);
            return share < 0.97 && <span key={tick} style={{ left: `${share * 100}%` }}>{tick === 0 ? "0" : format.duration(tick)}</span>;
          })}
        </div>
      </div>
      <div className="timeline-body">
        <Canvas ref={canvas} className="timeline-canvas" paint={paint} aria-hidden="true" />
        <div
          ref={scroller}
          className="timeline-scroll"
          role="treegrid"
          tabIndex={0}
          aria-label={say("timeline.label")}
          aria-rowcount={rows.length}
          aria-activedescendant={selected && rows.includes(selected) ? `row-${selected.key}` : undefined}
          onKeyDown={onKeyDown}
          onWheel={onWheel}
          onScroll={(event) => {
            canvas.current?.repaint();
            setScroll({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight });
          }}
        >
          <div className="timeline-rows" role="rowgroup" style={{ height: rows.length * ROW }}>
            {rows.slice(first, last).map((span, i) => (
              <TreeRow
                key={(first + i) % pool}
                span={span}
                index={first + i}
                hue={hues.get(span.service) ?? 0}
                level={levels[first + i]!}
                folded={span.children.length > 0 && isFolded(span, { folded, opened })}
                selected={span === selected}
                active={span === selected}
                dimmed={isDimmed(span, matched)}
                onSelect={onSelect}
                onFold={fold}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

function without(old: ReadonlySet<string>, keys: ReadonlySet<string>): ReadonlySet<string> {
  const next = [...old].filter((key) => !keys.has(key));
  return next.length === old.size ? old : new Set(next);
}

function ancestors(span: Span): Set<string> {
  const keys = new Set<string>();
  for (let at = span.parent; at; at = at.parent) keys.add(at.key);
  return keys;
}
