import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { call } from "../../api/client";
import type { Trace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { useKeys } from "../../state/keys";
import { rememberTrace } from "../../state/recent";
import { text, oneOf, useUrlState } from "../../state/url";
import { criticalPath } from "../../timeline/critical";
import { Drawer } from "../../timeline/Drawer";
import { FlameGraph } from "../../timeline/FlameGraph";
import { matching } from "../../timeline/matching";
import { Timeline } from "../../timeline/Timeline";
import { buildTree, type Span } from "../../timeline/tree";
import { LENSES, LensBar } from "./LensBar";
import "./trace.css";
import { TraceHeader } from "./TraceHeader";

const STATE = { span: text, tab: text, critical: oneOf("on", "off"), zoom: text, lens: oneOf(...LENSES), f: text };
const AGAIN_MS = 3000;
const GIVES_UP_AFTER_S = 900; // a segment that is in progress for longer has most likely lost its sender

async function read(id: string, signal: AbortSignal): Promise<Trace | null> {
  let trace: Trace | null = null;
  let token: string | null | undefined;
  do {
    const page = await call("BatchGetTraces", { TraceIds: [id], ...(token && { NextToken: token }) }, signal);
    for (const part of page.Traces ?? []) {
      trace = trace ? { ...part, Segments: [...(trace.Segments ?? []), ...(part.Segments ?? [])] } : part;
    }
    token = page.NextToken;
  } while (token);
  return trace;
}

export default function TracePage({ id }: { id: string }) {
  const { say } = useLanguage();
  const [{ span: spanId, tab, critical, zoom, lens, f }, patch] = useUrlState(STATE);
  const query = useQuery({
    queryKey: ["BatchGetTraces", id],
    queryFn: ({ signal }) => read(id, signal),
    refetchInterval: ({ state }) => (isOpen(state.data) ? AGAIN_MS : false),
  });
  const trace = query.data;
  const tree = useMemo(() => buildTree((trace?.Segments ?? []).map((segment) => segment.Document)), [trace]);
  const path = useMemo(() => criticalPath(tree.roots.find((root) => root.kind === "segment") ?? tree.roots[0]), [tree]);
  const selected = useMemo(() => (spanId ? (tree.spans.find((span) => span.id === spanId) ?? null) : null), [tree, spanId]);
  const setZoom = useCallback((next: string) => patch({ zoom: next }, "replace"), [patch]);
  const select = useCallback((span: Span) => patch({ span: span.id }, "replace"), [patch]);
  const matched = useMemo(() => matching(tree, f), [tree, f]);
  const nextMatch = () => {
    const found = tree.spans.filter((span) => matched?.has(span.key));
    const next = found[(selected ? found.indexOf(selected) : -1) + 1] ?? found[0];
    if (next) select(next);
  };
  useKeys({ f: () => patch({ lens: lens === "flame" ? "timeline" : "flame" }, "replace") });
  const title = tree.roots[0]?.name || say("trace.title");
  const remembered = trace && tree.roots[0] ? [tree.roots[0].name, tree.roots[0].detail].filter(Boolean).join(" ") : "";
  useEffect(() => {
    if (remembered) rememberTrace({ id, name: remembered });
  }, [id, remembered]);
  useEffect(() => {
    document.title = `${title} · ${say("app.name")}`;
  }, [title, say]);

  if (!trace) {
    return (
      <div className="page">
        {query.isPending && <Waiting label={say("trace.loading")} />}
        {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && !trace && (
          <div className="blank">
            <h1>{say("trace.missing", id)}</h1>
            <p className="secondary">{say("trace.missingHint")}</p>
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="trace">
      <TraceHeader id={id} trace={trace} tree={tree} />
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <LensBar
        lens={lens}
        onLens={(next) => patch({ lens: next }, "replace")}
        filter={f}
        onFilter={(next) => patch({ f: next }, "replace")}
        found={matched && matched.size}
        of={tree.spans.length}
        onNext={nextMatch}
      />
      <div className="trace-body" data-drawer={selected ? "" : undefined}>
        {lens === "flame" ? (
          <FlameGraph tree={tree} selected={selected} matched={matched} onSelect={select} zoomed={zoom} onZoomed={setZoom} />
        ) : (
          <Timeline
            tree={tree}
            selected={selected}
            matched={matched}
            onSelect={select}
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
            tab={tab || "overview"}
            onTab={(next) => patch({ tab: next === "overview" ? "" : next }, "replace")}
            onClose={() => patch({ span: "", tab: "" }, "replace")}
          />
        )}
      </div>
    </div>
  );
}

function isOpen(trace: Trace | null | undefined): boolean {
  if (!trace) return false;
  const tree = buildTree((trace.Segments ?? []).map((segment) => segment.Document));
  return tree.inProgress && Date.now() / 1000 - tree.start < GIVES_UP_AFTER_S;
}
