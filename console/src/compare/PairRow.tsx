import { memo } from "react";
import { useLanguage } from "../i18n";
import { indentOf } from "../timeline/rows";
import { PAIR_ROW } from "./draw-pairs";
import type { Pair } from "./pairs";
import { useSideWords } from "./words";

interface Props {
  pair: Pair;
  index: number;
  folded: boolean;
  selected: boolean;
  onSelect: (pair: Pair) => void;
  onFold: (pair: Pair) => void;
}

/** One place of the treegrid: its name is drawn here, its bars by the canvas behind. */
export const PairRow = memo(function PairRow({ pair, index, folded, selected, onSelect, onFold }: Props) {
  const { say, format } = useLanguage();
  const { nameOf, timesOf } = useSideWords();
  const only = pair.b.count === 0 ? "a" : pair.a.count === 0 ? "b" : undefined;
  return (
    <div
      id={`pair-${pair.key}`}
      role="row"
      className="pairs-row"
      style={{ transform: `translateY(${index * PAIR_ROW}px)` }}
      aria-rowindex={index + 1}
      aria-level={pair.depth + 1}
      aria-expanded={pair.children.length ? !folded : undefined}
      aria-selected={selected}
      onClick={() => onSelect(pair)}
    >
      <div role="gridcell" className="pairs-name" style={{ paddingLeft: 8 + indentOf(pair.depth) }}>
        {pair.children.length ? (
          <span
            className="pairs-fold"
            aria-hidden="true"
            data-folded={folded || undefined}
            onClick={(event) => {
              event.stopPropagation();
              onFold(pair);
            }}
          />
        ) : (
          <span className="pairs-leaf" />
        )}
        <span className="clip">
          <span className={pair.kind === "segment" ? "pairs-segment" : undefined}>{nameOf(pair)}</span>{" "}
          <span className="secondary">{pair.detail}</span>
        </span>
        {only && <span className="pairs-only" data-set={only}>{say(only === "a" ? "compare.added" : "compare.removed")}</span>}
      </div>
      <div role="gridcell">
        <span className="spoken">
          {timesOf(pair)}, {say("compare.delta")} {format.signed(pair.a.busy - pair.b.busy)}
        </span>
      </div>
    </div>
  );
});
