import { type FormEvent, useRef, useState } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { useRangeWords } from "../../shell/range-words";
import type { Asked } from "../../state/question";
import { forgetSearch, questionIn, savedLink, saveSearch, useSaved } from "../../state/saved";

/** Questions of this browser's reader, by name; and a field to name the one that is asked now. */
export function SavedSearches({ asked }: { asked: Asked }) {
  const { say } = useLanguage();
  const words = useRangeWords();
  const saved = useSaved();
  const box = useRef<HTMLDetailsElement>(null);
  const [name, setName] = useState("");
  const close = () => {
    if (box.current) box.current.open = false;
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) saveSearch(name.trim(), asked.question);
    setName("");
  };
  return (
    <details
      ref={box}
      className="saved"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !box.current?.open) return;
        close();
        box.current.querySelector("summary")?.focus();
      }}
    >
      <summary className="tool" data-outlined>{say("saved.title")}</summary>
      <div>
        {saved.length === 0 ? <p className="secondary">{say("saved.none")}</p> : (
          <ul>
            {saved.map((each) => {
              const { filter, group, timeRange } = questionIn(each);
              return (
                <li key={each.name}>
                  <Link href={savedLink(each)} onClick={close}>
                    <b className="clip">{each.name}</b>
                    <span className="secondary clip">{[group, filter, words(timeRange)].filter(Boolean).join(" · ")}</span>
                  </Link>
                  <button type="button" className="tool" aria-label={say("saved.forget", each.name)} title={say("saved.forget", each.name)} onClick={() => forgetSearch(each.name)}>×</button>
                </li>
              );
            })}
          </ul>
        )}
        <form onSubmit={onSubmit}>
          <input aria-label={say("saved.name")} placeholder={say("saved.name")} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          <button type="submit" className="tool" data-outlined disabled={!name.trim()}>{say("saved.save")}</button>
        </form>
      </div>
    </details>
  );
}
