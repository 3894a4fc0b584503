import type { SamplingRule } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { shadowOf } from "../../sampling/match";
import { COLUMN_S, COLUMNS, type RuleStatistics } from "../../sampling/statistics";
import { Delete } from "../../shell/Form";

interface Props {
  rules: readonly SamplingRule[];
  statistics: ReadonlyMap<string, RuleStatistics>;
  chosen: string;
  busy: boolean;
  onEdit: (name: string) => void;
  onDelete: (name: string) => void;
}

const FIELDS = ["ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath", "ResourceARN"] as const;

/** The rules in the order clients look at them. */
export function RuleTable({ rules, statistics, chosen, busy, onEdit, onDelete }: Props) {
  const { say, format } = useLanguage();
  const count = (value: number | undefined) => (value === undefined ? "–" : format.number(value));
  return (
    <table className="list" aria-label={say("sampling.title")}>
      <thead>
        <tr>
          <th scope="col" className="number">{say("sampling.priority")}</th>
          <th scope="col">{say("sampling.rule")}</th>
          <th scope="col">{say("sampling.matches")}</th>
          <th scope="col" className="number">{say("sampling.limit")}</th>
          <th scope="col" className="sampling-more">{say("sampling.trend", format.period(COLUMN_S * COLUMNS))}</th>
          <th scope="col" className="number">{say("sampling.matched")}</th>
          <th scope="col" className="number sampling-more">{say("sampling.sampled")}</th>
          <th scope="col" className="number sampling-more">{say("sampling.borrowed")}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => {
          const name = rule.RuleName ?? "";
          const counted = statistics.get(name);
          const shadow = shadowOf(rule, rules);
          return (
            <tr key={name} data-chosen={name === chosen ? "" : undefined}>
              <td className="number">{format.number(rule.Priority)}</td>
              <th scope="row">
                {name}
                {shadow && <p className="sampling-shadow">{say("sampling.shadowed", shadow.RuleName ?? "")}</p>}
              </th>
              <td>{patternsOf(rule).map(([field, pattern]) => <span key={field} className="sampling-pattern">{field} <code>{pattern}</code></span>)}{patternsOf(rule).length === 0 && <span className="secondary">{say("sampling.everything")}</span>}</td>
              <td className="number sampling-limit">
                {say("sampling.perSecond", format.number(rule.ReservoirSize))} + {format.percent(rule.FixedRate)}
                {rule.SamplingRateBoost && <p className="secondary">{say("sampling.boosted", format.percent(rule.SamplingRateBoost.MaxRate))}</p>}
              </td>
              <td className="sampling-more"><Trend values={counted?.trend ?? []} /></td>
              <td className="number">{count(counted?.matched)}</td>
              <td className="number sampling-more">{count(counted?.sampled)}</td>
              <td className="number sampling-more">{count(counted?.borrowed)}</td>
              <td className="tools">
                <button type="button" className="tool" aria-label={`${say("form.edit")} ${name}`} onClick={() => onEdit(name)}>{say("form.edit")}</button>
                {name !== "Default" && <Delete name={name} busy={busy} onDelete={() => onDelete(name)} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function patternsOf(rule: SamplingRule): [string, string][] {
  const fields = FIELDS.filter((field) => rule[field] !== "*").map((field): [string, string] => [field, rule[field]]);
  return [...fields, ...Object.entries(rule.Attributes ?? {})];
}

/** Matched requests in columns of ten seconds; the figures beside it say as much to whoever does not see it. */
function Trend({ values }: { values: readonly number[] }) {
  const most = Math.max(1, ...values);
  return (
    <svg className="sampling-trend" viewBox={`0 0 ${COLUMNS} 18`} preserveAspectRatio="none" aria-hidden="true">
      {values.map((value, i) => value > 0 && <rect key={i} x={i} y={18 - Math.max(1, (value / most) * 18)} width="0.8" height={Math.max(1, (value / most) * 18)} />)}
    </svg>
  );
}
