import { useMemo, useState } from "react";
import type { SamplingRule } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { consider, type Considered, type Mismatch, READINGS } from "../../sampling/match";
import { Field } from "../../shell/Form";
import { text, oneOf, useUrlState } from "../../state/url";
import { Attributes, readAttributes } from "./Attributes";

const READERS = ["xray", "otel"] as const;
const STATE = { reader: oneOf(...READERS), service: text, type: text, method: text, host: text, path: text, arn: text, attributes: text };
const FIELDS = ["service", "type", "method", "host", "path", "arn"] as const;

/** A request that does not exist: which rule would decide on it, and why those before it would not. It is kept in the address. */
export function Bench({ rules }: { rules: readonly SamplingRule[] }) {
  const { say, format } = useLanguage();
  const [asked, patch] = useUrlState(STATE);
  // What is typed shows at once; the address follows.
  const [typed, setTyped] = useState(asked);
  const change = (members: Partial<typeof typed>) => (setTyped({ ...typed, ...members }), patch(members, "replace"));
  const seen = useMemo(() => consider(rules, { ...typed, attributes: readAttributes(typed.attributes) }, READINGS[typed.reader]), [rules, typed]);
  const last = seen.at(-1);
  const winner = last?.mismatches.length === 0 ? last.rule : null;
  return (
    <section className="bench" aria-label={say("bench.title")}>
      <h2>{say("bench.title")}</h2>
      <p className="secondary">{say("bench.about")}</p>
      <div className="bench-body">
        <div className="bench-request">
          <div className="field bench-reader" role="radiogroup" aria-label={say("bench.reader")}>
            {READERS.map((reader) => (
              <label key={reader} className="field-check">
                <input type="radio" name="reader" checked={typed.reader === reader} onChange={() => change({ reader })} />
                {say(`bench.${reader}`)}
              </label>
            ))}
          </div>
          {FIELDS.map((field) => <Field key={field} label={say(`sampling.${field}`)} value={typed[field]} onChange={(event) => change({ [field]: event.target.value })} />)}
          <Attributes value={typed.attributes} onChange={(attributes) => change({ attributes })} />
        </div>
        <div>
          <p className="bench-verdict" role="status">
            {winner ? say("bench.wins", winner.RuleName ?? "", format.number(winner.ReservoirSize), format.percent(winner.FixedRate)) : say("bench.none")}
          </p>
          <ol>{seen.map((each) => <Row key={each.rule.RuleName} considered={each} />)}</ol>
        </div>
      </div>
    </section>
  );
}

function Row({ considered: { rule, mismatches } }: { considered: Considered }) {
  const { say, format } = useLanguage();
  const wins = mismatches.length === 0;
  return (
    <li data-wins={wins ? "" : undefined}>
      <span aria-hidden="true">{wins ? "✓" : "✗"}</span>
      <div>
        <b>{rule.RuleName}</b> <span className="secondary">{say("bench.priority", format.number(rule.Priority))}</span>
        {wins ? <p>{say("bench.decides")}</p> : <ul>{mismatches.map((mismatch) => <Why key={mismatch.field} mismatch={mismatch} />)}</ul>}
      </div>
    </li>
  );
}

function Why({ mismatch: { field, pattern, value, reason } }: { mismatch: Mismatch }) {
  const { say } = useLanguage();
  return (
    <li>
      <code>{field}</code> {pattern && <code>{pattern}</code>}{value !== null && <> ≠ <code>{value || "\"\""}</code></>} <span className="secondary">{say(`bench.${reason}`)}</span>
    </li>
  );
}
