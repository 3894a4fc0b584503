import type { HeatmapResult } from "../api/types.gen";

/** Shares of a basket's traces by duration: `edges` in seconds, one more than `shares`. */
export interface Distribution {
  edges: readonly number[];
  counts: number[];
  shares: number[]; // of all of the basket, for each tenfold of duration: so that grids of other steps can be laid over
  count: number;
}

/** The rows of a heatmap, whatever the columns. */
export function distributionOf({ RowEdges: edges, Cells: cells }: Pick<HeatmapResult, "RowEdges" | "Cells">): Distribution {
  const counts = Array.from({ length: Math.max(0, edges.length - 1) }, () => 0);
  for (const { Row, Count } of cells) if (Row < counts.length) counts[Row]! += Count;
  const count = counts.reduce((sum, each) => sum + each, 0);
  const shares = counts.map((each, i) => {
    const decades = Math.log10(edges[i + 1]! / edges[i]!);
    return count > 0 && decades > 0 ? each / count / decades : 0;
  });
  return { edges, counts, shares, count };
}

/** The duration below which a share of the traces lies, to the upper edge of its row; null without any. */
export function durationAt({ edges, counts, count }: Distribution, share: number): number | null {
  let seen = 0;
  for (const [i, each] of counts.entries()) {
    seen += each;
    if (count > 0 && seen >= count * share) return edges[i + 1]!;
  }
  return null;
}
