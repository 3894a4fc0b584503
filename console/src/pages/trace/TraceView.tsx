import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { Service, Trace } from "../../api/types.gen";
import { withClause } from "../../filters/clauses";
import { quote } from "../../filters/literals";
import { useLanguage } from "../../i18n";
import { useKeys } from "../../state/keys";
import { linkTo } from "../../state/question";
import { flag, oneOf, text, useUrlState } from "../../state/url";
import { criticalPath } from "../../timeline/critical";
import { Drawer } from "../../timeline/Drawer";
import { FilterWriter } from "../../timeline/filtering";
import { FlameGraph } from "../../timeline/FlameGraph";
import { type Pill, PILLS, pillTest, type Populations } from "../../timeline/kinds";
import { firstSpans } from "../../timeline/limit";
import { matching } from "../../timeline/matching";
import { repeatedSiblings } from "../../timeline/siblings";
import { shiftsOf, skewsOf } from "../../timeline/skew";
import { Timeline } from "../../timeline/Timeline";
import { buildTree, type Span } from "../../timeline/tree";
import { JsonLens } from "./JsonLens";
import { LENSES, LensBar } from "./LensBar";
import { MapLens } from "./MapLens";
import { SpanTable } from "./SpanTable";
import "./trace.css";
import { TraceHeader } from "./TraceHeader";

export const TRACE_STATE = {
  span: text, tab: text, critical: oneOf("on", "off"), zoom: text, lens: oneOf(...LENSES), f: text, pills: text, hide: flag,
  clocks: oneOf("sent", "right"), by: oneOf("span", "operation"),
};
const AT_FIRST = 10_000;
const NO_POPULATIONS: Populations = new Map();

interface Props {
  id: string;
  trace: Trace;
  /** The trace's own map, when it has been read. */
  services: readonly Service[] | null;
  /** How long spans of these kinds take; null where nobody can tell. */
  populations: Populations | null;
  /** Whether there is a page to look for other traces on. */
  searchable: boolean;
  tools?: ReactNode;
}

/** One trace with one selection, looked at in five ways. It asks nobody: the same view is in files that open offline. */
export function TraceView({ id, trace, services, populations, searchable, tools }: Props) {
  const { say, format } = useLanguage();
  const [state, patch] = useUrlState(TRACE_STATE);
  const { span: spanId, tab, critical, zoom, lens, f, hide } = state;
  const [whole, setWhole] = useState(false);
  const documents = useMemo(() => (trace.Segments ?? []).map((segment) => segment.Document), [trace]);
  const sent = useMemo(() => buildTree(documents), [documents]);
  const skews = useMemo(() => skewsOf(sent), [sent]);
  const corrected = state.clocks === "right" && skews.length > 0;
  const full = useMemo(() => (corrected ? buildTree(documents, shiftsOf(skews)) : sent), [documents, corrected, skews, sent]);
  const tree = useMemo(() => (whole ? full : firstSpans(full, AT_FIRST)), [full, whole]);
  const groups = useMemo(() => repeatedSiblings(tree), [tree]);
  const path = useMemo(() => criticalPath(tree.roots.find((root) => root.kind === "segment") ?? tree.roots[0]), [tree]);
  const selected = useMemo(() => {
    const meant = (span: Span) => span.id === spanId;
    return spanId ? (tree.spans.find(meant) ?? groups.all.find(meant) ?? null) : null;
  }, [tree, groups, spanId]);

  const pills = PILLS.filter((pill) => state.pills.split(",").includes(pill));
  const tests = useMemo(() => {
    const test = (pill: Pill) => new Set(tree.spans.filter(pillTest(pill, tree, path, populations ?? NO_POPULATIONS)).map((span) => span.key));
    return { critical: test("critical"), faults: test("faults"), slow: test("slow"), own: test("own") };
  }, [tree, path, populations]);
  const matched = useMemo(() => {
    const sets = [matching(tree, f), ...pills.map((pill) => tests[pill])].filter((each) => each !== null);
    return sets.length === 0 ? null : sets.reduce((all, each) => new Set([...all].filter((key) => each.has(key))));
  }, [tree, f, state.pills, tests]);

  const setZoom = useCallback((next: string) => patch({ zoom: next }, "replace"), [patch]);
  const select = useCallback((span: Span) => patch({ span: span.id || span.key }, "replace"), [patch]);
  const write = useCallback((clause: string) => patch({ f: withClause(f, clause) }), [patch, f]);
  const exclude = useCallback((span: Span) => write(`name != ${quote(span.name)}`), [write]);
  const nextMatch = () => {
    const found = tree.spans.filter((span) => matched?.has(span.key));
    const next = found[(selected ? found.indexOf(selected) : -1) + 1] ?? found[0];
    if (next) select(next);
  };
  useKeys({
    f: () => patch({ lens: lens === "flame" ? "timeline" : "flame" }, "replace"),
    t: () => patch({ lens: lens === "table" ? "timeline" : "table" }, "replace"),
    y: () => void navigator.clipboard?.writeText(location.href),
  });
  const title = tree.roots[0]?.name || say("trace.title");
  useEffect(() => {
    document.title = `${title} · ${say("app.name")}`;
  }, [title, say]);

  const most = format.duration(skews.reduce((largest, { shift }) => Math.max(largest, Math.abs(shift)), 0));
  const notes = (
    <>
      {skews.length > 0 && (
        <p className="strip" data-skew>
          {say(corrected ? "trace.skewCorrected" : "trace.skewed", skews.length, most)}
          <button type="button" className="tool" data-outlined onClick={() => patch({ clocks: corrected ? "sent" : "right", zoom: "" }, "replace")}>
            {say(corrected ? "trace.skewAsSent" : "trace.skewCorrect")}
          </button>
        </p>
      )}
      {tree.spans.length < full.spans.length && (
        <p className="strip" data-much>
          {say("trace.first", format.number(tree.spans.length), format.number(full.spans.length))}
          <button type="button" className="tool" data-outlined onClick={() => setWhole(true)}>{say("trace.loadRest")}</button>
          <button type="button" className="tool" data-outlined onClick={() => (setWhole(true), patch({ pills: "faults", hide: true }))}>{say("trace.focus")}</button>
        </p>
      )}
    </>
  );
  const shared = { tree, selected, matched, onSelect: select };
  return (
    <FilterWriter.Provider value={write}>
      <div className="trace">
        <TraceHeader id={id} trace={trace} tree={full} groups={groups} path={path} tools={tools} notes={notes} />
        <LensBar
          lens={lens}
          onLens={(next) => patch({ lens: next }, "replace")}
          filter={f}
          onFilter={(next) => patch({ f: next }, "replace")}
          found={matched && matched.size}
          of={tree.spans.length}
          onNext={nextMatch}
          pills={pills}
          onPills={(next) => patch({ pills: next.join(",") }, "replace")}
          counts={{ critical: tests.critical.size, faults: tests.faults.size, own: tests.own.size, slow: populations && tests.slow.size }}
          hide={hide}
          onHide={(next) => patch({ hide: next }, "replace")}
          search={searchable && f.trim() ? linkTo("/traces", { filter: f.trim() }) : null}
        />
        <div className="trace-body" data-drawer={selected ? "" : undefined}>
          {lens === "flame" && <FlameGraph {...shared} zoomed={zoom} onZoomed={setZoom} />}
          {lens === "map" && <MapLens services={services} tree={tree} selected={selected} onSelect={select} />}
          {lens === "table" && <SpanTable {...shared} path={path} grouped={state.by === "operation"} onGrouped={(on) => patch({ by: on ? "operation" : "span" }, "replace")} />}
          {lens === "json" && <JsonLens trace={trace} tree={full} selected={selected} />}
          {lens === "timeline" && (
            <Timeline
              {...shared}
              groups={groups}
              path={path}
              hide={hide}
              onExclude={exclude}
              critical={critical === "on"}
              zoomed={zoom}
              onZoomed={setZoom}
              onCritical={(on) => patch({ critical: on ? "on" : "off" }, "replace")}
            />
          )}
          {selected && (
            <Drawer
              span={selected}
              tree={tree}
              path={path}
              populations={populations}
              tab={tab || "overview"}
              onTab={(next) => patch({ tab: next === "overview" ? "" : next }, "replace")}
              onClose={() => patch({ span: "", tab: "" }, "replace")}
              onSelect={select}
            />
          )}
        </div>
      </div>
    </FilterWriter.Provider>
  );
}
