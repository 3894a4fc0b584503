import { type ReactNode, useContext } from "react";
import { useLanguage } from "../i18n";
import { type Clauses, FilterWriter } from "./filtering";

export interface Fact {
  name: string;
  /** Null leaves the row out. */
  value: string | null;
  mono?: boolean;
  /** What filters by the value; without it the value can only be copied. */
  clauses?: Clauses | undefined;
}

/** Names and values in two columns, each value with what can be done with it. Values are text, never markup and never links:
 *  they came from whoever could send a segment. */
export function Facts({ rows }: { rows: readonly Fact[] }) {
  return (
    <dl className="facts">
      {rows.map(({ name, value, mono, clauses }, i) =>
        value === null ? null : (
          <div key={i}>
            <dt>{name}</dt>
            <dd className={mono ? "mono" : undefined}>
              <span>{value}</span>
              <Actions value={value} clauses={clauses} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

const COPY = (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    <path d="M4.5 4.5v-3h8v8h-3M1.5 4.5h8v8h-8Z" fill="none" stroke="currentColor" strokeWidth="1.3" />
  </svg>
);

function Actions({ value, clauses }: { value: string; clauses: Clauses | undefined }) {
  const { say } = useLanguage();
  const write = useContext(FilterWriter);
  return (
    <span className="fact-actions">
      {write && clauses && (
        <>
          <Action label={say("drawer.filterBy", clauses.filter)} act={() => write(clauses.filter)} sign="=" />
          <Action label={say("drawer.exclude", clauses.exclude)} act={() => write(clauses.exclude)} sign="≠" />
        </>
      )}
      <Action label={say("drawer.copyValue", value)} act={() => void navigator.clipboard?.writeText(value)} sign={COPY} />
    </span>
  );
}

function Action({ label, act, sign }: { label: string; act: () => void; sign: ReactNode }) {
  return <button type="button" className="fact-action" title={label} aria-label={label} onClick={act}>{sign}</button>;
}

/** Members of an object as rows; nested objects become dotted names. */
export function flatten(value: unknown, prefix = "", depth = 0): [string, string][] {
  if (value === null || typeof value !== "object" || depth > 4) return [[prefix, text(value)]];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== "object")) return [[prefix, value.map(text).join(", ")]];
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, prefix ? `${prefix}.${name}` : name, depth + 1));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
