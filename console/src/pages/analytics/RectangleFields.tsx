import { type FormEvent, useState } from "react";
import { type Rectangle, tidy } from "../../charts/rectangle";
import { useLanguage } from "../../i18n";
import { Field } from "../../shell/Form";

/** The rectangle without a drag: two moments and two durations, each of which may be left open. */
export function RectangleFields({ rectangle, onApply }: { rectangle: Rectangle | null; onApply: (rectangle: Rectangle | null) => void }) {
  const { say } = useLanguage();
  const [fields, setFields] = useState(() => ({
    from: local(rectangle?.start),
    to: local(rectangle?.end),
    min: rectangle?.min === undefined ? "" : String(Number((rectangle.min * 1000).toPrecision(6))),
    max: rectangle?.max === undefined ? "" : String(Number((rectangle.max * 1000).toPrecision(6))),
  }));
  const [refused, setRefused] = useState(false);
  const put = (name: keyof typeof fields) => ({
    value: fields[name],
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [name]: event.target.value }),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const [start, end] = [fields.from, fields.to].map((text) => (text ? Date.parse(text) / 1000 : undefined));
    const [min, max] = [fields.min, fields.max].map((text) => (text ? Number(text) / 1000 : undefined));
    const wanted = { ...(start !== undefined && { start }), ...(end !== undefined && { end }), ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
    const made = tidy(wanted);
    setRefused(made === null && Object.keys(wanted).length > 0);
    if (made !== null || Object.keys(wanted).length === 0) onApply(made);
  };
  return (
    <form className="rectangle-fields" onSubmit={onSubmit}>
      <Field label={say("analytics.from")} type="datetime-local" step={1} {...put("from")} />
      <Field label={say("analytics.to")} type="datetime-local" step={1} {...put("to")} />
      <Field label={say("analytics.min")} type="number" min={0} step="any" {...put("min")} />
      <Field label={say("analytics.max")} type="number" min={0} step="any" {...put("max")} />
      <button type="submit" className="tool" data-outlined>{say("analytics.apply")}</button>
      {refused && <p className="status-fault" role="alert">{say("analytics.bounds")}</p>}
    </form>
  );
}

/** A moment as the field writes it: the reader's own clock. */
function local(seconds: number | undefined): string {
  if (seconds === undefined) return "";
  const offset = new Date(seconds * 1000).getTimezoneOffset() * 60;
  return new Date((seconds - offset) * 1000).toISOString().slice(0, 19);
}
