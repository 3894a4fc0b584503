import type { BreakdownResult, BreakdownValue } from "../api/types.gen";

/** One value of an attribute in both baskets; what the answers do not tell is null. */
export interface ComparedValue {
  value: string;
  clause: string;
  countA: number | null;
  countB: number | null;
  shareA: number | null; // of the traces of A
  shareB: number | null;
  delta: number | null; // shareA - shareB
  faultsA: number | null; // of those of A with the value
  medianA: number | null;
  medianB: number | null;
}

export interface ComparedAttribute {
  name: string;
  distinct: number;
  values: ComparedValue[];
  /** The largest difference of a value: what attributes are ranked by. */
  widest: number;
}

interface Both {
  a: BreakdownResult;
  /** B's own traces, or all of the question, of which those of A are taken away. */
  b: BreakdownResult | null;
  isRest: boolean;
}

/** The attributes of both baskets, those that tell them apart the most first; without a second basket by A's own order. */
export function compareBreakdowns({ a, b, isRest }: Both): ComparedAttribute[] {
  const others = new Map((b?.Attributes ?? []).map((attribute) => [attribute.Name, attribute]));
  const totalB = !b ? 0 : isRest ? b.TracesProcessedCount - a.TracesProcessedCount : b.TracesProcessedCount;
  const names = [...new Set([...a.Attributes.map((each) => each.Name), ...others.keys()])];
  const found = names.map((name) => {
    const [own, other] = [a.Attributes.find((each) => each.Name === name), others.get(name)];
    // A value that is not listed has none only where all values are.
    const [wholeA, wholeB] = [!own || own.Values.length >= own.Distinct, !other || other.Values.length >= other.Distinct];
    const inA = new Map((own?.Values ?? []).map((value) => [value.Value, value]));
    const inB = new Map((other?.Values ?? []).map((value) => [value.Value, value]));
    const values = [...new Set([...inA.keys(), ...inB.keys()])].map((value) => {
      const [one, two] = [inA.get(value), inB.get(value)];
      const countA = one?.Count ?? (wholeA ? 0 : null);
      const all = two?.Count ?? (wholeB ? 0 : null);
      const countB = !b || all === null ? null : isRest ? (countA === null ? null : Math.max(0, all - countA)) : all;
      return compared(one ?? two!, one, two, { countA, countB, totalA: a.TracesProcessedCount, totalB, isRest });
    });
    const widest = values.reduce((most, { delta }) => Math.max(most, Math.abs(delta ?? 0)), 0);
    if (b) values.sort((x, y) => Math.abs(y.delta ?? 0) - Math.abs(x.delta ?? 0) || (y.countA ?? 0) - (x.countA ?? 0));
    return { name, distinct: Math.max(own?.Distinct ?? 0, other?.Distinct ?? 0), values, widest };
  });
  return b ? found.sort((x, y) => y.widest - x.widest) : found;
}

interface Counts {
  countA: number | null;
  countB: number | null;
  totalA: number;
  totalB: number;
  isRest: boolean;
}

function compared(said: BreakdownValue, one: BreakdownValue | undefined, two: BreakdownValue | undefined, counts: Counts): ComparedValue {
  const { countA, countB, totalA, totalB, isRest } = counts;
  const share = (count: number | null, of: number) => (count === null || of <= 0 ? null : Math.min(1, count / of));
  const [shareA, shareB] = [share(countA, totalA), share(countB, totalB)];
  return {
    value: said.Value,
    clause: said.FilterExpression,
    countA,
    countB,
    shareA,
    shareB,
    delta: shareA === null || shareB === null ? null : shareA - shareB,
    faultsA: one ? one.FaultCount : null,
    medianA: one ? one.Median : null,
    medianB: isRest ? null : two ? two.Median : null, // the median of what is left cannot be told from that of all
  };
}
