import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../api/client";
import { isUnfinished } from "../../filters/context";

const BACK_S = 900;
const MOST_PAGES = 10;
const REST_MS = 500;

export interface Matching {
  count: number;
  more: boolean; // counting stopped before the end
}

/** How many traces of the last 15 minutes match; null while that is not known, and for what the server refuses. */
export function useMatching(expression: string): Matching | null {
  const [rested, setRested] = useState(expression);
  useEffect(() => {
    const timer = setTimeout(() => setRested(expression), REST_MS);
    return () => clearTimeout(timer);
  }, [expression]);
  const { data } = useQuery({
    queryKey: ["matching", rested],
    enabled: !isUnfinished(rested),
    staleTime: 30_000,
    queryFn: ({ signal }) => count(rested, signal),
  });
  return rested === expression ? (data ?? null) : null;
}

async function count(expression: string, signal: AbortSignal): Promise<Matching> {
  const end = Math.floor(Date.now() / 1000);
  const found: Matching = { count: 0, more: false };
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await call(
      "GetTraceSummaries",
      { StartTime: end - BACK_S, EndTime: end, ...(expression.trim() && { FilterExpression: expression }), ...(token && { NextToken: token }) },
      signal,
    );
    found.count += answer.TraceSummaries.length;
    token = answer.NextToken;
    if (!token) return found;
  }
  return { ...found, more: true };
}
