import { type ReactNode, useId, useState } from "react";
import { useLanguage } from "../../i18n";

/** A part of a page under a heading, with what can be done there at its end. */
export function Part({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="access-part" aria-labelledby={id}>
      <div className="access-part-head">
        <h2 id={id}>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}

export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="access-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Tool({ label, about, onClick, danger = false, disabled = false }: { label: string; about?: string; onClick: () => void; danger?: boolean; disabled?: boolean }) {
  return (
    <button type="button" className={danger ? "tool form-danger" : "tool"} data-outlined={danger ? undefined : ""} disabled={disabled} aria-label={about ? `${label} ${about}` : undefined} onClick={onClick}>
      {label}
    </button>
  );
}

export function Copy({ text, about }: { text: string; about: string }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState("");
  return <Tool label={say(copied === text ? "trace.copied" : "drawer.copy")} about={about} onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(text))} />;
}

/** One of several, and a button that does something with it. */
export function Choose({ label, options, act, onChoose, busy }: { label: string; options: readonly { value: string; text: string }[]; act: string; onChoose: (value: string) => void; busy: boolean }) {
  const id = useId();
  const [value, setValue] = useState("");
  return (
    <form className="access-choose" onSubmit={(event) => (event.preventDefault(), onChoose(value), setValue(""))}>
      <label className="spoken" htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => setValue(event.target.value)}>
        <option value="">{label}</option>
        {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
      </select>
      <button type="submit" className="tool" data-outlined="" disabled={busy || value === ""}>{act}</button>
    </form>
  );
}

const MOST_ROWS = 200;

interface ListProps<T> {
  label: string;
  rows: readonly T[];
  name: (row: T) => string;
  columns: readonly { head: string; cell: (row: T) => ReactNode; number?: boolean; narrow?: boolean }[];
  empty: string;
}

/** Rows that are narrowed by typing; the first of many, and the rest when asked for. */
export function List<T>({ label, rows, name, columns, empty }: ListProps<T>) {
  const { say, format } = useLanguage();
  const [typed, setTyped] = useState("");
  const [most, setMost] = useState(MOST_ROWS);
  const found = rows.filter((row) => name(row).toLowerCase().includes(typed.trim().toLowerCase()));
  if (rows.length === 0) return <p className="access-empty secondary">{empty}</p>;
  return (
    <div className="access-list">
      {rows.length > 8 && <input type="search" aria-label={say("iam.find")} placeholder={say("iam.find")} value={typed} onChange={(event) => setTyped(event.target.value)} />}
      <table className="list" aria-label={label}>
        <thead>
          <tr>{columns.map(({ head, number }) => (head ? <th key={head} scope="col" className={number ? "number" : undefined}>{head}</th> : <td key={head} />))}</tr>
        </thead>
        <tbody>
          {found.slice(0, most).map((row) => (
            <tr key={name(row)}>
              {columns.map(({ head, cell, number, narrow }, i) => (i === 0 ? <th key={head} scope="row">{cell(row)}</th> : <td key={head} className={number ? "number" : narrow ? "access-narrow" : head ? undefined : "tools"}>{cell(row)}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className="secondary">{say("iam.noneFound", typed)}</p>}
      {found.length > most && <p>{say("iam.firstOf", format.number(most), format.number(found.length))} <Tool label={say("iam.showAll")} onClick={() => setMost(found.length)} /></p>}
    </div>
  );
}
