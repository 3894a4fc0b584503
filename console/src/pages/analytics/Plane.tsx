import { useMemo } from "react";
import { distributionOf, durationAt } from "../../analytics/distribution";
import { type Basket, isGiven, type SETS } from "../../analytics/sets";
import type { HeatmapResult } from "../../api/types.gen";
import { Heatmap } from "../../charts/Heatmap";
import { HeatmapTable } from "../../charts/HeatmapTable";
import type { Rectangle } from "../../charts/rectangle";
import { useLanguage } from "../../i18n";
import { Choice } from "../../shell/Choice";
import type { Asked } from "../../state/question";
import type { Patch } from "../../state/url";
import { RectangleFields } from "./RectangleFields";

const LETTERS = ["a", "b"] as const;

interface Props {
  grid: HeatmapResult;
  asked: Asked;
  a: Basket;
  b: Basket;
  table: boolean;
  draws: "a" | "b";
  onDraws: (set: "a" | "b") => void;
  onDraw: (rectangle: Rectangle | null) => void;
  onChange: Patch<typeof SETS>;
}

/** All traces of the question by moment and duration, where rectangles make sets; and ways to begin without a hand. */
export function Plane({ grid, asked, a, b, table, draws, onDraws, onDraw, onChange }: Props) {
  const { say } = useLanguage();
  const { window } = asked;
  const rectangles = useMemo(
    () => [{ set: "b" as const, rectangle: b.rectangle }, { set: "a" as const, rectangle: a.rectangle }].flatMap(({ set, rectangle }) => (rectangle ? [{ set, rectangle }] : [])),
    [a.rectangle, b.rectangle],
  );
  const basket = draws === "a" ? a : b;
  return (
    <section className="plane" aria-label={say("heatmap.title")}>
      <div className="plane-head">
        <h2>{say("heatmap.title")} <span className="secondary">{say("heatmap.whole")}</span></h2>
        {isGiven(a) && (
          <span className="plane-draws">
            <span className="secondary">{say("analytics.draws")}</span>
            <Choice label={say("analytics.draws")} values={LETTERS} value={draws} word={(each) => each.toUpperCase()} onChange={onDraws} />
          </span>
        )}
      </div>
      {table ? <HeatmapTable grid={grid} /> : <Heatmap grid={grid} window={window} rectangles={rectangles} onSelect={onDraw} hint={say("analytics.hint", draws.toUpperCase())} />}
      <details className="plane-fields">
        <summary>{say("analytics.fields")}</summary>
        <RectangleFields key={JSON.stringify([draws, basket.rectangle])} rectangle={basket.rectangle} onApply={onDraw} />
      </details>
      {!isGiven(a) && <Beginnings grid={grid} asked={asked} onChange={onChange} onDraw={onDraw} />}
    </section>
  );
}

/** The questions that are asked first, where they have an answer. */
function Beginnings({ grid, asked, onChange, onDraw }: Pick<Props, "grid" | "asked" | "onChange" | "onDraw">) {
  const { say } = useLanguage();
  const { window } = asked;
  const sum = (of: (cell: HeatmapResult["Cells"][number]) => number) => grid.Cells.reduce((all, cell) => all + of(cell), 0);
  const slow = useMemo(() => durationAt(distributionOf(grid), 0.95), [grid]);
  const half = Math.round((window.start + window.end) / 2);
  const offered = [
    { word: "analytics.faults", is: sum((cell) => cell.FaultCount) > 0, act: () => onChange({ a: "fault" }) },
    { word: "analytics.errors", is: sum((cell) => cell.ErrorCount) > 0, act: () => onChange({ a: "error" }) },
    { word: "analytics.throttles", is: sum((cell) => cell.ThrottleCount) > 0, act: () => onChange({ a: "throttle" }) },
    { word: "analytics.slow", is: slow !== null && slow < grid.RowEdges.at(-1)!, act: () => onDraw({ min: Number(slow!.toPrecision(3)) }) },
    { word: "analytics.newer", is: true, act: () => onDraw({ start: half, end: window.end }) },
  ] as const;
  return (
    <p className="beginnings">
      {say("analytics.start")}
      {offered.filter(({ is }) => is).map(({ word, act }) => <button key={word} type="button" className="tool" data-outlined onClick={act}>{say(word)}</button>)}
    </p>
  );
}
