import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { call } from "../api/client";
import type { HeatmapResult } from "../api/types.gen";
import type { Window } from "../state/range";

/** The traces of a window and an expression, counted on a grid; the answer to the question before stays until the new one. */
export function useHeatmap({ start, end }: Window, expression: string, grid: { Columns?: number; Rows?: number }, enabled: boolean): UseQueryResult<HeatmapResult> {
  return useQuery({
    queryKey: ["Heatmap", start, end, expression, grid.Rows],
    enabled: enabled && start < end,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call("Heatmap", { StartTime: start, EndTime: end, ...(expression && { FilterExpression: expression }), ...grid }, signal),
  });
}
