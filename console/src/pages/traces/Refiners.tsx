import { useMemo, useState } from "react";
import type { TraceSummary } from "../../api/types.gen";
import { clausesOf, opposite, withClause, withoutClause } from "../../filters/clauses";
import { useLanguage } from "../../i18n";
import { StatusShape } from "../../shell/StatusMark";
import type { Asked } from "../../state/question";
import { type Facet, FACETS, facetsOf, type Value } from "./facets";
import "./refiners.css";

const FEW = 4;
const MANY = 100;
const TITLES = { status: "traces.status", service: "refine.service", url: "traces.url", method: "traces.method", user: "traces.user", cause: "refine.cause" } as const;

/** What the traces read so far have in common: a click asks for those with a value, or for those without it. */
export function Refiners({ traces, asked }: { traces: readonly TraceSummary[]; asked: Asked }) {
  const { say } = useLanguage();
  const facets = useMemo(() => facetsOf(traces), [traces]);
  return (
    <section className="refiners" aria-label={say("refine.title")}>
      {FACETS.filter((facet) => facets[facet].length > 0).map((facet) => (
        <FacetList key={facet} facet={facet} values={facets[facet]} of={traces.length} asked={asked} />
      ))}
    </section>
  );
}

function FacetList({ facet, values, of, asked }: { facet: Facet; values: readonly Value[]; of: number; asked: Asked }) {
  const { say, format } = useLanguage();
  const [all, setAll] = useState(false);
  const { question, ask } = asked;
  const clauses = clausesOf(question.filter);
  const toggle = (clause: string) =>
    ask({ filter: clauses.includes(clause) ? withoutClause(question.filter, clause) : withClause(question.filter, clause) });
  const named = (value: Value) => (facet === "status" ? say(`status.${value.status!}`) : value.label);
  const shown = values.slice(0, all ? MANY : FEW);
  return (
    <div className="refiner" data-facet={facet}>
      <h2>
        {say(TITLES[facet])}
        {values.length > FEW && (
          <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? say("refine.fewer") : say("refine.more", format.number(values.length - FEW))}
          </button>
        )}
      </h2>
      <ul data-all={all || undefined}>
        {shown.map((value) => (
          <li key={value.clause} style={{ "--share": `${(value.count / of) * 100}%` } as React.CSSProperties}>
            <button type="button" className="refiner-value" title={value.clause} aria-pressed={clauses.includes(value.clause)} onClick={() => toggle(value.clause)}>
              {value.status && <StatusShape status={value.status} />}
              <span className="clip">{named(value)}</span>
              <span className="secondary">{format.number(value.count)}</span>
            </button>
            <button
              type="button"
              className="refiner-without"
              title={opposite(value.clause)}
              aria-label={say("refine.without", named(value))}
              aria-pressed={clauses.includes(opposite(value.clause))}
              onClick={() => toggle(opposite(value.clause))}
            >
              ≠
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
