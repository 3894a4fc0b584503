import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { lookUp, lookUpQuietly, type TrailEvent } from "../../api/trail";
import { type Range, resolve } from "../../state/range";
import { type Clause, isShown, requestFor, type Shown } from "./clauses";
import { type Told, told } from "./record";

const DAY_SECONDS = 86_400;
export const LONGEST_SECONDS = 90 * DAY_SECONDS; // what the server looks back at most
const ROWS = 50;
const AT_ONCE = 1000;

interface Goal {
  of: string;
  rows: number;
  read: number;
}

/** The events of a period, as many as were asked for so far; what this page narrows by itself may need several answers. */
export function useEvents(clauses: readonly Clause[], shown: Shown, when: Range) {
  const [now, setNow] = useState(() => Date.now() / 1000);
  const question = JSON.stringify([clauses, when]);
  const request = useMemo(() => requestFor(clauses, resolve(when, now), when.kind === "last"), [question, now]);
  const answer = useInfiniteQuery({
    queryKey: ["audit", request],
    queryFn: ({ pageParam, signal }) => lookUp({ ...request, ...(pageParam && { NextToken: pageParam }) }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.NextToken,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const read = useMemo(() => answer.data?.pages.flatMap(({ Events }) => Events.map(told)) ?? [], [answer.data]);
  const rows = useMemo(() => read.filter((one) => isShown(one, clauses, shown)), [read, question, shown]);

  const asked = `${question} ${shown} ${now}`;
  const [set, setGoal] = useState<Goal>({ of: asked, rows: ROWS, read: AT_ONCE });
  const goal = set.of === asked ? set : { rows: ROWS, read: AT_ONCE };
  const { hasNextPage, isFetching, isError, isPlaceholderData, fetchNextPage } = answer;
  const isWanting = hasNextPage && !isError && rows.length < goal.rows && read.length < goal.read;
  useEffect(() => {
    if (isWanting && !isFetching && !isPlaceholderData) void fetchNextPage();
  }, [isWanting, isFetching, isPlaceholderData, fetchNextPage]);
  return {
    rows,
    read,
    error: answer.error,
    isOld: isPlaceholderData,
    isPending: answer.isPending && !answer.error,
    isReading: isFetching || isWanting,
    hasMore: hasNextPage,
    more: () => setGoal({ of: asked, rows: rows.length + ROWS, read: read.length + AT_ONCE }),
    refresh: () => setNow(Date.now() / 1000),
    retry: () => void (read.length > 0 ? fetchNextPage() : answer.refetch()),
  };
}

/** One event by its id, for a link to it that is older than what is shown. */
export function useEvent(id: string, known: readonly Told[]) {
  const here = known.find(({ event }) => event.EventId === id);
  const request = { LookupAttributes: [{ AttributeKey: "EventId" as const, AttributeValue: id }] };
  const answer = useQuery({ queryKey: ["audit-event", id], queryFn: ({ signal }) => lookUpQuietly(request, signal), enabled: id !== "" && !here });
  const found: TrailEvent | undefined = answer.data?.Events[0];
  return { one: here ?? (found ? told(found) : null), error: here ? null : answer.error, isPending: !here && answer.isPending };
}
