import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "../../api/client";
import { readTraces } from "../../api/read-traces";
import type { Trace } from "../../api/types.gen";
import { type Change, changesOf } from "../../compare/changes";
import { type Pair, pairsOf } from "../../compare/pairs";
import { againstTypical, populationsFor } from "../../compare/typical";
import { TYPICAL } from "../../state/compare";
import { buildTree, type TraceTree } from "../../timeline/tree";

/** Before and after the trace: the traces that are thought of as its like. */
const AROUND_SECONDS = 3 * 3600;
const EMPTY = buildTree([]);

export interface Loaded {
  id: string;
  trace: Trace | null | undefined; // undefined: not read yet
  tree: TraceTree;
  error: Error | null;
  retry(): void;
}

export interface Compared {
  a: Loaded;
  b: Loaded | null; // null: A is held against what is typical
  waiting: boolean;
  error: Error | null; // of the question for what is typical
  retry(): void;
  /** Nothing like any of its spans was completed in the time asked about. */
  alone: boolean;
  kinds: number;
  rows: Pair[];
  changes: Change[];
}

/** Both traces, or one and the medians of its kind, as places that can be held against each other. */
export function useCompared(idA: string, idB: string): Compared {
  const typical = idB === TYPICAL;
  const ids = [idA, typical ? "" : idB];
  const queries = useQueries({
    queries: ids.map((id) => ({ queryKey: ["BatchGetTraces", id], enabled: id !== "", queryFn: ({ signal }: { signal: AbortSignal }) => readTraces([id], signal).then(([trace]) => trace ?? null) })),
  });
  const [traceA, traceB] = queries.map((query) => query.data);
  const treeA = useMemo(() => treeOf(traceA), [traceA]);
  const treeB = useMemo(() => treeOf(traceB), [traceB]);
  const whole = Boolean(traceA && (typical || traceB));
  const plain = useMemo(() => (whole ? pairsOf(treeA, typical ? EMPTY : treeB) : []), [whole, treeA, treeB, typical]);

  const { start, end } = treeA;
  const usual = useQuery({
    queryKey: ["Typical", idA, start, end],
    enabled: typical && Boolean(traceA),
    queryFn: ({ signal }) => call("Typical", { StartTime: Math.floor(start) - AROUND_SECONDS, EndTime: Math.ceil(end) + AROUND_SECONDS, TraceId: idA }, signal),
  });
  const populations = usual.data?.Operations;
  const rows = useMemo(() => {
    if (!typical) return plain;
    return populations ? againstTypical(plain, populationsFor(populations)) : [];
  }, [plain, typical, populations]);
  const changes = useMemo(() => changesOf(rows), [rows]);

  const loaded = (at: 0 | 1, tree: TraceTree): Loaded => {
    const query = queries[at]!;
    return { id: ids[at]!, trace: query.data, tree, error: query.error, retry: () => void query.refetch() };
  };
  return {
    a: loaded(0, treeA),
    b: typical ? null : loaded(1, treeB),
    waiting: queries.some((query) => query.isFetching && !query.data) || (typical && usual.isFetching),
    error: usual.error,
    retry: () => void usual.refetch(),
    alone: typical && populations !== undefined && populations.every((each) => each.Count === 0),
    kinds: populations?.length ?? 0,
    rows,
    changes,
  };
}

function treeOf(trace: Trace | null | undefined): TraceTree {
  return trace ? buildTree((trace.Segments ?? []).map((segment) => segment.Document)) : EMPTY;
}
