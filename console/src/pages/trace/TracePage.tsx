import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { call } from "../../api/client";
import type { Trace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { text, oneOf, useUrlState } from "../../state/url";
import { criticalPath } from "../../timeline/critical";
import { Drawer } from "../../timeline/Drawer";
import { Timeline } from "../../timeline/Timeline";
import { buildTree, type Span } from "../../timeline/tree";
import "./trace.css";
import { TraceHeader } from "./TraceHeader";

const STATE = { span: text, tab: text, critical: oneOf("on", "off"), zoom: text };
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
  const [{ span: spanId, tab, critical, zoom }, patch] = useUrlState(STATE);
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
  const title = tree.roots[0]?.name || say("trace.title");
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
      <div className="trace-body" data-drawer={selected ? "" : undefined}>
        <Timeline
          tree={tree}
          selected={selected}
          onSelect={select}
          critical={critical === "on"}
          zoomed={zoom}
          onZoomed={setZoom}
          onCritical={(on) => patch({ critical: on ? "on" : "off" }, "replace")}
        />
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
