import { useState } from "react";
import { type Basket, type SETS } from "../../analytics/sets";
import { clausesOf, opposite, withClause, withoutClause } from "../../filters/clauses";
import { useLanguage } from "../../i18n";
import type { Patch } from "../../state/url";

/** A value's three actions: A only with it, A without it, and its clause to take along. They write A's expression. */
export function ValueTools({ clause, a, onChange }: { clause: string; a: Basket; onChange: Patch<typeof SETS> }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState(false);
  if (!clause) return null;
  const clauses = clausesOf(a.filter);
  const toggle = (wanted: string) => onChange({ a: clauses.includes(wanted) ? withoutClause(a.filter, wanted) : withClause(a.filter, wanted) });
  const not = opposite(clause);
  return (
    <span className="value-tools">
      <button type="button" aria-label={say("explain.include", clause)} title={say("explain.include", clause)} aria-pressed={clauses.includes(clause)} onClick={() => toggle(clause)}>=</button>
      <button type="button" aria-label={say("explain.exclude", clause)} title={say("explain.exclude", clause)} aria-pressed={clauses.includes(not)} onClick={() => toggle(not)}>≠</button>
      <button type="button" aria-label={say("explain.copy", clause)} title={copied ? say("trace.copied") : say("explain.copy", clause)} onClick={() => void navigator.clipboard?.writeText(clause).then(() => setCopied(true))}>
        {copied ? "✓" : <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M4 4h7v7H4zM8 4V1H1v7h3" fill="none" stroke="currentColor" strokeWidth="1.3" /></svg>}
      </button>
    </span>
  );
}
