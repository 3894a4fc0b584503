import { useMemo, useState } from "react";
import type { Change } from "../../compare/changes";
import type { Pair } from "../../compare/pairs";
import { useSideWords } from "../../compare/words";
import { useLanguage } from "../../i18n";
import { Export } from "../../shell/Export";
import "../../shell/form.css";
import { StatusMark } from "../../shell/StatusMark";
import { indentOf } from "../../timeline/rows";

const AT_ONCE = 300;
const HEADER = ["depth", "service", "name", "detail", "count_a", "count_b", "seconds_a", "seconds_b", "delta_seconds", "contribution_seconds", "status_a", "status_b"];

interface Props {
  rows: readonly Pair[];
  changes: readonly Change[];
  names: [string, string];
  selected: Pair | null;
  onSelect: (pair: Pair) => void;
}

/** The same places as a table. */
export function PairTable({ rows, changes, names, selected, onSelect }: Props) {
  const { say, format } = useLanguage();
  const { nameOf, time } = useSideWords();
  const [all, setAll] = useState(false);
  const contributions = useMemo(() => new Map(changes.map(({ pair, contribution }) => [pair, contribution])), [changes]);
  const shown = all ? rows : rows.slice(0, AT_ONCE);
  const exported = () =>
    rows.map((pair) => [
      pair.depth, pair.service, nameOf(pair), pair.detail, pair.a.count, pair.b.count, pair.a.busy, pair.b.busy,
      pair.a.busy - pair.b.busy, contributions.get(pair) ?? 0, pair.a.status, pair.b.status,
    ]);
  return (
    <div className="compare-table" role="region" aria-label={say("compare.label")} tabIndex={0}>
      <div className="compare-exports"><Export name={`compare-${names.join("-")}`} header={HEADER} rows={exported} /></div>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{say("compare.place")}</th>
            {(["counts", "timeA", "timeB", "delta", "contribution"] as const).map((column) => <th key={column} scope="col" className="number">{say(`compare.${column}`)}</th>)}
            <th scope="col">{say("compare.statusA")}</th>
            <th scope="col">{say("compare.statusB")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((pair) => {
            const contribution = contributions.get(pair);
            return (
              <tr key={pair.key} data-chosen={pair === selected || undefined} onClick={() => onSelect(pair)}>
                <th scope="row" style={{ paddingLeft: 12 + indentOf(pair.depth) }}>
                  {nameOf(pair)} <span className="secondary">{pair.detail}</span>
                </th>
                <td className="number">{`${format.number(pair.a.count)} : ${format.number(pair.b.count)}`}</td>
                <td className="number">{time(pair.a)}</td>
                <td className="number">{time(pair.b)}</td>
                <td className="number">{format.signed(pair.a.busy - pair.b.busy)}</td>
                <td className="number">{contribution ? format.signed(contribution) : "–"}</td>
                <td>{pair.a.count > 0 ? <StatusMark status={pair.a.status} /> : "–"}</td>
                <td>{pair.b.spans.length > 0 ? <StatusMark status={pair.b.status} /> : "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p className="strip">
          {say("compare.rows", format.number(shown.length), format.number(rows.length))}
          <button type="button" className="tool" data-outlined onClick={() => setAll(true)}>{say("compare.showAll")}</button>
        </p>
      )}
    </div>
  );
}
