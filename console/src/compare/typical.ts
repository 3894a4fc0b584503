import type { SpanPopulation } from "../api/types.gen";
import { NOTHING, type Pair, type Side } from "./pairs";

/** The population that each place's spans are of, by the ids of the spans; null for a place that is of none. */
export function populationsFor(found: readonly SpanPopulation[]): (pair: Pair) => SpanPopulation | null {
  const byId = new Map(found.flatMap((population) => population.SpanIds.map((id) => [id, population] as const)));
  return ({ a }) => {
    for (const { id } of a.spans) if (byId.has(id)) return byId.get(id)!;
    return null;
  };
}

/**
 * The places of one trace, held against the medians of their kinds.
 *
 * What a place took beyond its median is its own as far as it is not that of what is below it and on the critical path:
 * so the contributions of all places add up to what the whole trace took beyond its median.
 */
export function againstTypical(rows: readonly Pair[], populationOf: (pair: Pair) => SpanPopulation | null): Pair[] {
  const made = new Map<Pair, Pair>();
  const extra = new Map<Pair, number>(); // beyond the median
  const share = new Map<Pair, number>(); // of its time that the response waited for, it and what is below it
  const waited = new Map<Pair, number>();
  for (let i = rows.length - 1; i >= 0; i--) {
    const pair = rows[i]!;
    const population = populationOf(pair);
    const below = pair.children.reduce((sum, child) => sum + waited.get(child)!, pair.a.path);
    waited.set(pair, below);
    share.set(pair, pair.parent === null ? 1 : pair.a.busy > 0 ? Math.min(1, below / pair.a.busy) : 0);
    const usual = population && population.Count > 0 ? usualTime(pair, population) : null;
    // A place without others of its kind takes what its children take beyond their medians, and nothing of its own.
    extra.set(pair, usual === null ? weighed(pair.children) / (share.get(pair)! || 1) : pair.a.busy - usual);
    const contribution = extra.get(pair)! * share.get(pair)! - weighed(pair.children);
    const own = extra.get(pair)! - pair.children.reduce((sum, child) => sum + extra.get(child)!, 0);
    made.set(pair, { ...pair, b: sideOf(pair, usual, contribution, own, population) });
  }
  function weighed(children: readonly Pair[]): number {
    return children.reduce((sum, child) => sum + extra.get(child)! * share.get(child)!, 0);
  }
  return rows.map((pair) => {
    const place = made.get(pair)!;
    place.parent = pair.parent && made.get(pair.parent)!;
    place.children = pair.children.map((child) => made.get(child)!);
    return place;
  });
}

/** As long as the spans would have run, overlapping as they do, had each taken its median. */
function usualTime(pair: Pair, population: SpanPopulation): number {
  const all = pair.a.spans.reduce((sum, span) => sum + span.end - span.start, 0);
  return all > 0 ? (population.Median * pair.a.count * pair.a.busy) / all : population.Median;
}

function sideOf(pair: Pair, usual: number | null, contribution: number, own: number, population: SpanPopulation | null): Side {
  const known = usual !== null && population;
  return {
    ...NOTHING,
    count: pair.a.count,
    busy: known ? usual : pair.a.busy,
    own: pair.a.own - (known ? own : 0),
    path: pair.a.path - contribution,
    ...(known && { population }),
  };
}
