import type { UseQueryResult } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type Hop, hopsOf, mostTelling, tellingHops } from "../../analytics/hops";
import type { ExplainResult } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Choice } from "../../shell/Choice";
import { Export } from "../../shell/Export";
import { indentOf } from "../../timeline/rows";

const SHOWS = ["telling", "all"] as const;
const HEADER = ["path", "type", "traces_a", "traces_b", "median_a", "median_b", "self_a", "self_b", "contribution"];
const ALIKE = 0.01;

/** The traces of both sets laid over one another: where one spends time that the other does not. */
export function Hops({ answer }: { answer: UseQueryResult<ExplainResult> }) {
  const { say, format } = useLanguage();
  const [show, setShow] = useState<(typeof SHOWS)[number]>("telling");
  const { data } = answer;
  const rows = useMemo(() => hopsOf(data?.Structure ?? []), [data]);
  const telling = useMemo(() => tellingHops(rows), [rows]);
  if (!data) return <section />;
  const shown = show === "telling" && telling.length > 0 ? telling : rows;
  const widest = rows.reduce((most, { hop }) => Math.max(most, Math.abs(hop.Contribution)), 0);
  const share = (count: number, of: number) => (of > 0 ? format.percent(Math.min(1, count / of)) : "–");
  const exported = () => rows.map(({ hop }) => [hop.Path.join(" › "), hop.Type, hop.CountA, hop.CountB, hop.MedianA, hop.MedianB, hop.SelfA, hop.SelfB, hop.Contribution]);
  return (
    <section className="hops" aria-label={say("hops.title")} data-old={answer.isPlaceholderData || undefined}>
      <h2>
        {say("hops.title")}
        {rows.length > 0 && <Export name="structure" header={HEADER} rows={exported} />}
      </h2>
      {rows.length === 0 ? <p className="secondary">{say("hops.none")}</p> : (
        <>
          <p>{verdict()}</p>
          <p className="hops-note secondary">
            {say("hops.of", say("traces.count", data.StructureCountA), say("traces.count", data.StructureCountB))}
            <Choice label={say("compare.show")} values={SHOWS} value={show} word={(each) => say(`hops.${each}`)} onChange={setShow} />
          </p>
          <div className="table-box" role="region" aria-label={say("hops.title")} tabIndex={0}>
            <table className="list">
              <thead>
                <tr>
                  <th scope="col">{say("hops.place")}</th>
                  <th scope="col">{say("hops.own")}</th>
                  <th scope="col" className="number">{say("hops.medianA")}</th>
                  <th scope="col" className="number">{say("hops.medianB")}</th>
                  <th scope="col" className="number">{say("hops.shareA")}</th>
                  <th scope="col" className="number">{say("hops.shareB")}</th>
                </tr>
              </thead>
              <tbody>{shown.map((row) => <HopRow key={row.key} row={row} />)}</tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );

  function HopRow({ row: { hop, depth } }: { row: Hop }) {
    const size = widest > 0 ? (Math.abs(hop.Contribution) / widest) * 100 : 0;
    return (
      <tr>
        <th scope="row" style={{ paddingLeft: 8 + indentOf(depth) }}>
          {hop.Name} <span className="secondary">{hop.Type}</span>
        </th>
        <td className="hops-delta">
          {format.signed(hop.Contribution)}
          <i data-set={hop.Contribution < 0 ? "b" : "a"} style={{ width: `${size}%` }} />
        </td>
        <td className="number">{hop.CountA > 0 ? format.duration(hop.MedianA) : "–"}</td>
        <td className="number">{hop.CountB > 0 ? format.duration(hop.MedianB) : "–"}</td>
        <td className="number">{share(hop.CountA, data!.StructureCountA)}</td>
        <td className="number">{share(hop.CountB, data!.StructureCountB)}</td>
      </tr>
    );
  }

  function verdict(): string {
    const difference = data!.SetA.Mean - data!.SetB.Mean;
    if (Math.abs(difference) <= ALIKE * Math.max(data!.SetA.Mean, data!.SetB.Mean)) return say("hops.alike");
    const sentence = say(difference > 0 ? "hops.more" : "hops.less", format.duration(Math.abs(difference)));
    const most = mostTelling(rows, difference);
    return most ? say("hops.most", sentence, format.percent(Math.round(most.share * 100) / 100), most.row.hop.Path.slice(-2).join(" › ")) : say("hops.plain", sentence);
  }
}
