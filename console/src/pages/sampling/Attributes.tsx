import { useId } from "react";
import { useLanguage } from "../../i18n";

/** Attributes, one `key=value` a line. */
export function Attributes({ value, hint, onChange }: { value: string; hint?: string; onChange: (value: string) => void }) {
  const { say } = useLanguage();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{say("sampling.attributes")}</label>
      <textarea id={id} rows={2} spellCheck={false} value={value} aria-describedby={hint ? `${id}hint` : undefined} placeholder="key=value" onChange={(event) => onChange(event.target.value)} />
      {hint && <p id={`${id}hint`} className="secondary">{hint}</p>}
    </div>
  );
}

export function readAttributes(text: string): Record<string, string> {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.split("=")[0]!.trim(), line.slice(line.split("=")[0]!.length + 1).trim()]));
}

export function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).map(([key, value]) => `${key}=${value}`).join("\n");
}
