import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { type Basket, explainRequest, fullExpression, isGiven, windowOf } from "../../analytics/sets";
import { call } from "../../api/client";
import type { BreakdownResult, ExplainResult, HeatmapResult } from "../../api/types.gen";
import { type Asked, expressionOf } from "../../state/question";
import type { Window } from "../../state/range";
import { useHeatmap } from "../../charts/useHeatmap";

const FINE_ROWS = 40;
const MOST_VALUES = 30;

export interface Answers {
  plane: UseQueryResult<HeatmapResult>; // all traces of the question
  durationsA: UseQueryResult<HeatmapResult>;
  durationsB: UseQueryResult<HeatmapResult>; // of all traces, when there is no second basket
  explained: UseQueryResult<ExplainResult>;
  valuesA: UseQueryResult<BreakdownResult>; // of all traces, when there is no basket
  valuesB: UseQueryResult<BreakdownResult>;
}

/** What the server says of both baskets; nothing is asked about one whose expression it cannot read. */
export function useAnalytics(asked: Asked, a: Basket, b: Basket, refused: { a: boolean; b: boolean }): Answers {
  const { question, window } = asked;
  const base = expressionOf(question);
  const hasA = isGiven(a) && !refused.a;
  const hasB = isGiven(b) && !refused.b;
  const both = hasA && !refused.b;
  const all: Basket = { name: "", filter: "", rectangle: null };
  const own = (basket: Basket) => ({ window: windowOf(window, basket), expression: fullExpression(question, basket) });
  const [ofA, ofB] = [own(hasA ? a : all), own(hasB ? b : all)];
  return {
    plane: useHeatmap(window, base, {}, true),
    durationsA: useHeatmap(ofA.window, ofA.expression, { Columns: 1, Rows: FINE_ROWS }, hasA),
    durationsB: useHeatmap(ofB.window, ofB.expression, { Columns: 1, Rows: FINE_ROWS }, both),
    explained: useExplained(explainRequest(asked, a, b), both),
    valuesA: useBreakdown(ofA.window, ofA.expression, !refused.a),
    valuesB: useBreakdown(ofB.window, ofB.expression, both),
  };
}

function useExplained(request: ReturnType<typeof explainRequest>, enabled: boolean): UseQueryResult<ExplainResult> {
  return useQuery({
    queryKey: ["Explain", JSON.stringify(request)],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call("Explain", request, signal),
  });
}

function useBreakdown({ start, end }: Window, expression: string, enabled: boolean): UseQueryResult<BreakdownResult> {
  return useQuery({
    queryKey: ["Breakdown", start, end, expression],
    enabled: enabled && start < end,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call("Breakdown", { StartTime: start, EndTime: end, ...(expression && { FilterExpression: expression }), MostValues: MOST_VALUES }, signal),
  });
}
