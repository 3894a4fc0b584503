import { clausesOf, withoutClause } from "../../filters/clauses";
import { Coloured } from "../../filters/Paint";
import { useLanguage } from "../../i18n";
import type { Asked } from "../../state/question";

/** The clauses of the filter, each with a button that takes it away. */
export function Clauses({ asked }: { asked: Asked }) {
  const { say } = useLanguage();
  const { question, ask } = asked;
  const clauses = clausesOf(question.filter);
  if (clauses.length === 0) return null;
  return (
    <ul className="clauses" aria-label={say("refine.clauses")}>
      {clauses.map((clause, i) => (
        <li key={i}>
          <Coloured className="clip" text={clause} />
          <button type="button" aria-label={say("refine.remove", clause)} title={say("refine.remove", clause)} onClick={() => ask({ filter: withoutClause(question.filter, clause) })}>
            <svg width="10" height="10" viewBox="0 0 14 14" aria-hidden="true"><path d="m2 2 10 10M12 2 2 12" stroke="currentColor" strokeWidth="2" /></svg>
          </button>
        </li>
      ))}
    </ul>
  );
}
