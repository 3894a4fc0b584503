import Button from "@cloudscape-design/components/button";
import { type FormEvent, type InputHTMLAttributes, type ReactNode, useId, useState } from "react";
import { useLanguage } from "../i18n";
import { Failure } from "./Failure";
import "./form.css";

interface FormProps {
  title: string;
  submit: string;
  busy: boolean;
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** What is to be created or changed, in a panel of the page: the list stays in sight, and nothing covers it. */
export function Form({ title, submit, busy, error, onSubmit, onCancel, children }: FormProps) {
  const { say } = useLanguage();
  const onSent = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <form className="form" aria-label={title} onSubmit={onSent}>
      <h2>{title}</h2>
      {children}
      {error && <Failure error={error} />}
      <div className="form-end">
        <Button variant="primary" loading={busy} formAction="submit">{submit}</Button>
        <Button formAction="none" onClick={onCancel}>{say("form.cancel")}</Button>
      </div>
    </form>
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string;
}

export function Field({ label, hint, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} spellCheck={false} autoComplete="off" aria-describedby={hint ? `${id}hint` : undefined} {...rest} />
      {hint && <p id={`${id}hint`} className="secondary">{hint}</p>}
    </div>
  );
}

export function Check({ label, checked, onChange, disabled = false }: { label: string; checked: boolean; onChange: (on: boolean) => void; disabled?: boolean }) {
  return (
    <label className="field-check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

/** A button that asks before it does what cannot be undone; in its place, where the hand is. */
export function Delete({ name, busy, onDelete }: { name: string; busy: boolean; onDelete: () => void }) {
  const { say } = useLanguage();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return <button type="button" className="tool" aria-label={`${say("form.delete")} ${name}`} onClick={() => setAsking(true)}>{say("form.delete")}</button>;
  }
  return (
    <span className="form-asking">
      <button type="button" autoFocus className="tool form-danger" disabled={busy} onClick={onDelete}>{say("form.deleteReally", name)}</button>
      <button type="button" className="tool" onClick={() => setAsking(false)}>{say("form.keep")}</button>
    </span>
  );
}
