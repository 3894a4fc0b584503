import { useId, useState } from "react";
import { type Attribute, ATTRIBUTES } from "../../api/trail";
import { useLanguage } from "../../i18n";
import { type Clause, type Shown, SHOWN } from "./clauses";
import type { Told } from "./record";

interface Props {
  clauses: readonly Clause[];
  shown: Shown;
  read: readonly Told[];
  onAdd: (clause: Clause) => void;
  onDrop: (key: Attribute) => void;
  onShow: (shown: Shown) => void;
}

/** Which events: all or those that matter, and what they have to have. */
export function Asking({ clauses, shown, read, onAdd, onDrop, onShow }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const [key, setKey] = useState<Attribute>("EventName");
  const [value, setValue] = useState("");
  const onSubmit = (event: React.FormEvent) => {
    event.preventDefault();
    onAdd({ key, value: value.trim() });
    setValue("");
  };
  return (
    <div className="audit-asking">
      <div role="group" aria-label={say("audit.show")} className="lenses">
        {SHOWN.map((each) => (
          <button key={each} type="button" className="tool" data-outlined="" title={each === "notable" ? say("audit.notableAbout") : undefined} aria-pressed={each === shown} onClick={() => onShow(each)}>{say(`audit.show.${each}`)}</button>
        ))}
      </div>
      <form className="access-choose" role="search" aria-label={say("audit.by")} onSubmit={onSubmit}>
        <label className="spoken" htmlFor={`${id}key`}>{say("audit.by")}</label>
        <select id={`${id}key`} value={key} onChange={(event) => setKey(event.target.value as Attribute)}>
          {ATTRIBUTES.map((each) => <option key={each} value={each}>{say(`audit.by.${each}`)}</option>)}
        </select>
        <input aria-label={say("audit.value")} placeholder={say("audit.value")} list={`${id}seen`} required maxLength={2000} spellCheck={false} autoComplete="off" value={value} onChange={(event) => setValue(event.target.value)} />
        <datalist id={`${id}seen`}>{seen(read, key).map((each) => <option key={each} value={each} />)}</datalist>
        <button type="submit" className="tool" data-outlined="" disabled={!value.trim()}>{say("audit.add")}</button>
      </form>
      {clauses.length > 0 && (
        <ul className="audit-clauses">
          {clauses.map(({ key: by, value: is }) => (
            <li key={by}>
              {say(`audit.by.${by}`).replace(/ \(.*\)$/, "")} = <code>{is}</code>
              <button type="button" className="audit-by" aria-label={say("audit.drop", `${by} ${is}`)} onClick={() => onDrop(by)}>×</button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The values of an attribute in what was read, to choose from. */
function seen(read: readonly Told[], key: Attribute): string[] {
  if (key === "ReadOnly") return ["true", "false"];
  if (key === "EventId") return [];
  const values = read.flatMap(({ event }) => (key === "ResourceName" || key === "ResourceType" ? event.Resources.map((each) => each[key]) : (event[key] ?? [])));
  return [...new Set(values)].sort().slice(0, 200);
}
