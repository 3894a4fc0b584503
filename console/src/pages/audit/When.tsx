import { useState } from "react";
import { useLanguage } from "../../i18n";
import { type Range, resolve } from "../../state/range";
import { LONGEST_SECONDS } from "./reading";

const HOUR = 3600;
const DAY = 24 * HOUR;
const PRESETS = [HOUR, DAY, 7 * DAY, 30 * DAY, LONGEST_SECONDS];
const FIXED = "fixed";

/** The period: the last so long, or between two moments of the reader's own clock. */
export function When({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const { say, format } = useLanguage();
  const [isFixed, setFixed] = useState(value.kind === "fixed");
  const words = (seconds: number) => (seconds >= 2 * DAY && seconds % DAY === 0 ? say("audit.days", seconds / DAY) : say("range.last", format.period(seconds)));
  const presets = value.kind === "last" && !PRESETS.includes(value.seconds) ? [value.seconds, ...PRESETS] : PRESETS;
  const choose = (chosen: string) => {
    setFixed(chosen === FIXED);
    if (chosen !== FIXED) onChange({ kind: "last", seconds: Number(chosen) });
  };
  return (
    <div className="access-choose">
      <select aria-label={say("audit.when")} value={isFixed || value.kind === "fixed" ? FIXED : value.seconds} onChange={(event) => choose(event.target.value)}>
        {presets.map((seconds) => <option key={seconds} value={seconds}>{words(seconds)}</option>)}
        <option value={FIXED}>{say("audit.between")}</option>
      </select>
      {(isFixed || value.kind === "fixed") && <Between key={JSON.stringify(value)} value={value} onChange={onChange} />}
    </div>
  );
}

function Between({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const { say } = useLanguage();
  const window = resolve(value, Date.now() / 1000);
  const [from, setFrom] = useState(local(window.start));
  const [to, setTo] = useState(local(window.end));
  const [start, end] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  return (
    <form className="access-choose" onSubmit={(event) => (event.preventDefault(), onChange({ kind: "fixed", start, end }))}>
      <label>{say("audit.from")} <input type="datetime-local" step="1" required value={from} onChange={(event) => setFrom(event.target.value)} /></label>
      <label>{say("audit.to")} <input type="datetime-local" step="1" required value={to} onChange={(event) => setTo(event.target.value)} /></label>
      <button type="submit" className="tool" data-outlined="" disabled={!(start < end)}>{say("audit.apply")}</button>
    </form>
  );
}

/** A moment as the field writes it, in the reader's own time. */
function local(seconds: number): string {
  const at = new Date(Math.floor(seconds) * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
