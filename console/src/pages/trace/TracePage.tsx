import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { ask, call } from "../../api/client";
import type { Trace } from "../../api/types.gen";
import { ExportButton } from "../../file/ExportButton";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { rememberTrace } from "../../state/recent";
import { useUrlState } from "../../state/url";
import { populationsFrom } from "../../timeline/kinds";
import { buildTree } from "../../timeline/tree";
import { readTraces } from "../../api/read-traces";
import { TRACE_STATE, TraceView } from "./TraceView";

const AGAIN_MS = 3000;
const GIVES_UP_AFTER_S = 900; // a segment that is in progress for longer has most likely lost its sender
const AROUND_S = 3 * 3600; // what is usual is asked of the hours before and after

export default function TracePage({ id }: { id: string }) {
  const { say } = useLanguage();
  const [{ lens }] = useUrlState(TRACE_STATE);
  const query = useQuery({
    queryKey: ["BatchGetTraces", id],
    queryFn: async ({ signal }) => (await readTraces([id], signal))[0] ?? null,
    refetchInterval: ({ state }) => (isOpen(state.data) ? AGAIN_MS : false),
  });
  const trace = query.data;
  const map = useQuery({
    queryKey: ["GetTraceGraph", id, trace?.Segments?.length],
    queryFn: async ({ signal }) => (await call("GetTraceGraph", { TraceIds: [id] }, signal)).Services ?? [],
    enabled: lens === "map" && !!trace,
  });
  const tree = useMemo(() => buildTree((trace?.Segments ?? []).map((segment) => segment.Document)), [trace]);
  const usual = useQuery({
    queryKey: ["Typical", id, tree.spans.length],
    // Asked without a word on the page when it cannot be told: the trace is whole without it.
    queryFn: async ({ signal }) => {
      const now = Date.now() / 1000;
      const end = Math.min(now, tree.end + AROUND_S);
      const found = await ask("Typical", { StartTime: end - 2 * AROUND_S, EndTime: end, TraceId: id }, signal);
      return populationsFrom(found.Operations ?? []);
    },
    enabled: tree.spans.length > 0 && !tree.inProgress,
  });
  const name = tree.roots[0] ? [tree.roots[0].name, tree.roots[0].detail].filter(Boolean).join(" ") : "";
  useEffect(() => {
    if (name) rememberTrace({ id, name });
  }, [id, name]);

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
  const failed = query.error ?? (lens === "map" ? map.error : null);
  return (
    <div className="trace-page">
      {failed && <Failure error={failed} onRetry={() => void (query.error ? query : map).refetch()} />}
      <TraceView id={id} trace={trace} services={map.data ?? null} populations={usual.data ?? null} searchable tools={<ExportButton ids={[id]} question="" />} />
    </div>
  );
}

function isOpen(trace: Trace | null | undefined): boolean {
  if (!trace) return false;
  const tree = buildTree((trace.Segments ?? []).map((segment) => segment.Document));
  return tree.inProgress && Date.now() / 1000 - tree.start < GIVES_UP_AFTER_S;
}
