import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { ask } from "../api/client";
import type { GetGroupsResult, GetTraceSummariesResult, Service } from "../api/types.gen";
import { isUnfinished } from "./context";
import { type Observed, observe } from "./observed";
import { type Refusal, refusalOf } from "./refusal";

/** Gives what the answers at hand contain; read when completion begins, not on every answer. */
export function useObserved(): () => Observed {
  const client = useQueryClient();
  return useCallback(() => {
    const summaries = answers<{ pages?: GetTraceSummariesResult[] }>(client, "GetTraceSummaries");
    const groups = answers<GetGroupsResult>(client, "GetGroups").flatMap((answer) => answer.Groups ?? []);
    return observe(
      summaries.flatMap((answer) => answer.pages ?? []).flatMap((page) => page.TraceSummaries ?? []),
      answers<Service[]>(client, "GetServiceGraph").flat(),
      groups.map((group) => group.GroupName),
    );
  }, [client]);
}

function answers<T>(client: QueryClient, operation: string): T[] {
  return client.getQueriesData<T>({ queryKey: [operation] }).flatMap(([, data]) => data ?? []);
}

const REST_MS = 350;

/** What the server has against an expression: asked over a single second, once the hand rests or at once when it was run. */
export function useCheck(expression: string, atOnce: boolean): Refusal | null {
  const [rested, setRested] = useState(expression);
  useEffect(() => {
    const timer = setTimeout(() => setRested(expression), REST_MS);
    return () => clearTimeout(timer);
  }, [expression]);
  const asked = atOnce ? expression : rested;
  const { data } = useQuery({
    queryKey: ["check", asked],
    enabled: asked.trim() !== "" && (atOnce || !isUnfinished(asked)),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const now = Math.floor(Date.now() / 1000);
      const request = { StartTime: now - 1, EndTime: now, FilterExpression: asked };
      return { asked, refusal: await ask("GetTraceSummaries", request, signal).then(() => null, (error) => refusalOf(error, asked)) };
    },
  });
  // A judgement of another text may point anywhere in this one.
  return data?.asked === expression ? data.refusal : null;
}
