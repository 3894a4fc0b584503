import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { Basket, SETS } from "../../analytics/sets";
import type { AttributeDifference, ExplainResult } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Export } from "../../shell/Export";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import type { Patch } from "../../state/url";
import { ValueTools } from "./ValueTools";

const FEW = 8;
const HEADER = ["attribute", "value", "filter_expression", "share_a", "share_b", "count_a", "count_b", "divergence", "is_small"];

interface Props {
  answer: UseQueryResult<ExplainResult>;
  a: Basket;
  b: Basket;
  table: boolean;
  onChange: Patch<typeof SETS>;
}

/** What the traces of A have more or less often than those of B, a sentence each, with how many say so. */
export function Differences({ answer, a, table, onChange }: Props) {
  const { say, format } = useLanguage();
  const [all, setAll] = useState(false);
  const found = answer.data?.Differences ?? [];
  const shown = all || table ? found : found.slice(0, FEW);
  const exported = () => found.map((each) => [each.Attribute, each.Value, each.FilterExpression, each.ShareA, each.ShareB, each.CountA, each.CountB, each.Divergence, each.IsSmall]);
  return (
    <section className="explain" aria-label={say("explain.title")} data-old={answer.isPlaceholderData || undefined}>
      <h2>
        {say("explain.title")} <span className="secondary">{say("explain.note")}</span>
        {found.length > 0 && <Export name="differences" header={HEADER} rows={exported} />}
      </h2>
      {answer.isError && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {!answer.data && answer.isFetching && <Waiting label={say("explain.reading")} />}
      {answer.data && found.length === 0 && <p className="secondary">{say("explain.none")}</p>}
      {table ? <DifferenceTable found={found} /> : (
        <ol>
          {shown.map((each) => (
            <li key={`${each.Attribute}\u0000${each.Value}`}>
              <Shares a={each.ShareA} b={each.ShareB} />
              <Sentence of={each} />
              <span className="explain-end">
                {each.IsSmall && <span className="small-sample" title={say("analytics.smallHint")}>{say("analytics.small")}</span>}
                <ValueTools clause={each.FilterExpression} a={a} onChange={onChange} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {shown.length < found.length && <button type="button" className="tool" data-outlined onClick={() => setAll(true)}>{say("explain.more", found.length - shown.length)}</button>}
    </section>
  );

  /** The clause stands in the sentence as code, wherever the language has put it. */
  function Sentence({ of }: { of: AttributeDifference }) {
    const clause = of.FilterExpression || `${of.Attribute} = ${of.Value}`;
    const words = say("explain.sentence", format.percent(round(of.ShareA)), clause, format.percent(round(of.ShareB)), say("traces.count", of.CountA), format.number(of.CountB));
    const at = words.indexOf(clause);
    return <span className="explain-words">{words.slice(0, at)}<code>{clause}</code>{words.slice(at + clause.length)}</span>;
  }
}

/** A share between nothing and one percent, or 99 and all, keeps its tenths; others are told in whole percents. */
function round(share: number): number {
  return share > 0.01 && share < 0.99 ? Math.round(share * 100) / 100 : share;
}

/** Two thin bars: how much of A, how much of B. */
export function Shares({ a, b }: { a: number | null; b: number | null }) {
  return (
    <span className="shares" aria-hidden="true">
      <i data-set="a" style={{ width: `${(a ?? 0) * 100}%` }} />
      <i data-set="b" style={{ width: `${(b ?? 0) * 100}%` }} />
    </span>
  );
}

function DifferenceTable({ found }: { found: readonly AttributeDifference[] }) {
  const { say, format } = useLanguage();
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">{say("explain.attribute")}</th>
          <th scope="col">{say("explain.value")}</th>
          {(["shareA", "shareB", "countA", "countB", "divergence"] as const).map((column) => <th key={column} scope="col" className="number">{say(`explain.${column}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {found.map((each) => (
          <tr key={`${each.Attribute}\u0000${each.Value}`}>
            <th scope="row">{each.Attribute}</th>
            <td className="value">{each.Value}</td>
            <td className="number">{format.percent(each.ShareA)}</td>
            <td className="number">{format.percent(each.ShareB)}</td>
            <td className="number">{format.number(each.CountA)}</td>
            <td className="number">{format.number(each.CountB)}</td>
            <td className="number">{format.percent(each.Divergence)}{each.IsSmall && " *"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
