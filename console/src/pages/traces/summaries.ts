import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../api/client";
import type { TraceSummary } from "../../api/types.gen";
import { type Asked, expressionOf } from "../../state/question";
import { type Status, statusOf } from "../../state/status";

/** Read without being asked, so that the charts tell of more than one page. */
const AT_ONCE = 1000;

export interface Reading {
  traces: TraceSummary[];
  status: "reading" | "failed" | "done" | "more"; // more: the rest of the period waits for "Load more"
  error: Error | null;
  old: boolean; // the answer to the question before, dimmed until the new one comes
  share: number; // of the period, 0 to 1
  readUntil: number; // the moment down to which the period was read
  considered: number; // before the filter
  more(): void;
  stop(): void;
  retry(): void;
}

/** The summaries of the question, newest first, page by page back in time. */
export function useSummaries({ question, window }: Asked): Reading {
  const expression = expressionOf(question);
  const key = ["GetTraceSummaries", window.start, window.end, expression];
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        "GetTraceSummaries",
        {
          StartTime: window.start,
          EndTime: window.end,
          ...(expression && { FilterExpression: expression }),
          ...(pageParam && { NextToken: pageParam }),
        },
        signal,
      ),
    getNextPageParam: (last) => last.NextToken || undefined,
    placeholderData: keepPreviousData,
  });
  const [stoppedAt, setStoppedAt] = useState("");
  const [wanted, setWanted] = useState(AT_ONCE);
  const question_ = key.join();
  useEffect(() => setWanted(AT_ONCE), [question_]);

  const pages = query.data?.pages ?? [];
  const traces = pages.flatMap((page) => page.TraceSummaries ?? []);
  const old = query.isPlaceholderData;
  const stopped = stoppedAt === question_;
  const goOn = query.hasNextPage && !old && !query.isFetching && !query.isError && !stopped && traces.length < wanted;
  const { fetchNextPage } = query;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);

  const last = pages.at(-1);
  const readUntil = query.hasNextPage && last?.ApproximateTime ? Math.max(window.start, last.ApproximateTime) : window.start;
  return {
    traces,
    status: query.isError ? "failed" : query.isFetching || goOn ? "reading" : query.hasNextPage ? "more" : "done",
    error: query.error,
    old,
    readUntil,
    share: (window.end - readUntil) / (window.end - window.start),
    considered: pages.reduce((sum, page) => sum + (page.TracesProcessedCount ?? 0), 0),
    more: () => {
      setStoppedAt("");
      setWanted(traces.length + AT_ONCE);
      void fetchNextPage();
    },
    stop: () => setStoppedAt(question_),
    retry: () => void (traces.length && !old ? fetchNextPage() : query.refetch()),
  };
}

export function statusOfTrace(trace: TraceSummary): Status {
  return statusOf({
    fault: trace.HasFault,
    throttle: trace.HasThrottle && trace.HasError,
    error: trace.HasError,
    pending: trace.IsPartial && trace.ResponseTime == null,
    httpStatus: trace.Http?.HttpStatus ?? undefined,
  });
}

/** When the trace started; an answer without the member still says it in the id. */
export function startOf(trace: TraceSummary): number {
  return trace.StartTime ?? Number.parseInt(trace.Id?.slice(2, 10) ?? "0", 16);
}
