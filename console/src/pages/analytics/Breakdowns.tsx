import { useMemo, useState } from "react";
import { type ComparedAttribute, compareBreakdowns } from "../../analytics/breakdown";
import type { Basket, SETS } from "../../analytics/sets";
import { useLanguage } from "../../i18n";
import { Export } from "../../shell/Export";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import type { Patch } from "../../state/url";
import { Shares } from "./Differences";
import type { Answers } from "./useAnalytics";
import { ValueTools } from "./ValueTools";

const FEW = 6;
const HEADER = ["attribute", "value", "filter_expression", "count_a", "count_b", "share_a", "share_b", "faults_a", "median_a", "median_b"];

interface Props {
  answers: Answers;
  a: Basket;
  hasA: boolean;
  isRest: boolean;
  onChange: Patch<typeof SETS>;
}

/** The traces by each of their attributes, both sets side by side. */
export function Breakdowns({ answers, a, hasA, isRest, onChange }: Props) {
  const { say } = useLanguage();
  const { valuesA, valuesB } = answers;
  const attributes = useMemo(
    () => (valuesA.data ? compareBreakdowns({ a: valuesA.data, b: hasA ? (valuesB.data ?? null) : null, isRest }) : []),
    [valuesA.data, valuesB.data, hasA, isRest],
  );
  const error = valuesA.error ?? (hasA ? valuesB.error : null);
  const exported = () =>
    attributes.flatMap(({ name, values }) => values.map((each) => [name, each.value, each.clause, each.countA, each.countB, each.shareA, each.shareB, each.faultsA, each.medianA, each.medianB]));
  return (
    <section className="breakdowns" aria-label={say("breakdown.title")} data-old={valuesA.isPlaceholderData || undefined}>
      <h2>
        {say("breakdown.title")} <span className="secondary">{say(hasA ? "breakdown.note" : "breakdown.noteAll")}</span>
        {attributes.length > 0 && <Export name="attributes" header={HEADER} rows={exported} />}
      </h2>
      {error && <Failure error={error} onRetry={() => void (valuesA.isError ? valuesA : valuesB).refetch()} />}
      {!valuesA.data && valuesA.isFetching && <Waiting label={say("analytics.loading")} />}
      {valuesA.data && attributes.length === 0 && <p className="secondary">{say("breakdown.none")}</p>}
      <div className="breakdowns-grid">
        {attributes.map((attribute) => <AttributeTable key={attribute.name} attribute={attribute} a={a} hasA={hasA} onChange={onChange} />)}
      </div>
    </section>
  );
}

function AttributeTable({ attribute, a, hasA, onChange }: { attribute: ComparedAttribute; a: Basket; hasA: boolean; onChange: Patch<typeof SETS> }) {
  const { say, format } = useLanguage();
  const [all, setAll] = useState(false);
  const { name, values, distinct } = attribute;
  const shown = all ? values : values.slice(0, FEW);
  const points = (delta: number) => say("breakdown.points", `${delta > 0 ? "+" : delta < 0 ? "−" : ""}${format.number(Math.abs(delta) * 100)}`);
  return (
    <div className="breakdown">
      <table className="list">
        <caption>
          <b>{name}</b> <span className="secondary">{say("breakdown.values", distinct)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{say("breakdown.value")}</th>
            <th scope="col" className="number">{hasA ? "A" : say("traces.title")}</th>
            {hasA && <th scope="col" className="number">B</th>}
            {hasA && <th scope="col" className="number">{say("breakdown.delta")}</th>}
            <th scope="col" className="number">{say(hasA ? "breakdown.faults" : "heatmap.faults")}</th>
            <th scope="col" className="number">{say(hasA ? "breakdown.median" : "compare.median")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <tr key={each.value}>
              <th scope="row">
                <span className="breakdown-value" title={each.value}>{each.value}</span>
                <Shares a={each.shareA} b={hasA ? each.shareB : null} />
              </th>
              <td className="number" title={each.countA === null ? undefined : say("traces.count", each.countA)}>{each.shareA === null ? "–" : format.percent(each.shareA)}</td>
              {hasA && <td className="number" title={each.countB === null ? undefined : say("traces.count", each.countB)}>{each.shareB === null ? "–" : format.percent(each.shareB)}</td>}
              {hasA && <td className="number">{each.delta === null ? "–" : points(each.delta)}</td>}
              <td className="number">{each.faultsA === null ? "–" : format.number(each.faultsA)}</td>
              <td className="number">{each.medianA === null ? "–" : format.duration(each.medianA)}</td>
              <td className="tools"><ValueTools clause={each.clause} a={a} onChange={onChange} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.length > FEW && (
        <button type="button" className="tool" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? say("refine.fewer") : say("refine.more", format.number(values.length - FEW))}
        </button>
      )}
    </div>
  );
}
