import type { Change } from "../../compare/changes";
import type { Pair } from "../../compare/pairs";
import { useSideWords } from "../../compare/words";
import { useLanguage } from "../../i18n";
import type { Span } from "../../timeline/tree";

const ALIKE = 0.01;

/** How much longer one took, and where most of it lies; where, never why. */
export function Verdict({ rows, changes, a }: { rows: readonly Pair[]; changes: readonly Change[]; a: Span | undefined }) {
  const { say, format } = useLanguage();
  const { nameOf } = useSideWords();
  const roots = rows.filter((pair) => pair.parent === null);
  const root = roots.find((pair) => pair.a.spans.includes(a!)) ?? roots[0]!;
  const other = root.b.count > 0 ? root : (roots.find((pair) => pair.b.count > 0) ?? root);
  const [timeA, timeB] = [root.a.busy, other.b.busy];
  const difference = timeA - timeB;
  const words = [format.duration(timeA), format.duration(timeB)] as const;
  const share = `${difference > 0 ? "+" : "−"}${format.percent(timeB > 0 ? Math.abs(difference) / timeB : 1)}`;
  const alike = Math.abs(difference) <= ALIKE * Math.max(timeA, timeB);
  const most = changes.find((change) => change.contribution !== 0 && change.contribution > 0 === difference > 0);
  return (
    <p className="compare-verdict" role="status">
      {alike ? say("compare.alike", ...words) : say(difference > 0 ? "compare.longer" : "compare.shorter", ...words, format.duration(Math.abs(difference)), share)}
      {!alike && most && ` ${say("compare.mostly", format.percent(Math.min(1, most.contribution / difference)), pathWords(most.pair, nameOf))}`}
      {root !== other && ` ${say("compare.unlike")}`}
    </p>
  );
}

/** A place by its service and its own name. */
function pathWords(pair: Pair, nameOf: (pair: Pair) => string): string {
  const own = [nameOf(pair), pair.detail].filter(Boolean).join(" ");
  return pair.kind === "subsegment" && pair.service ? `${pair.service} › ${own}` : own;
}
