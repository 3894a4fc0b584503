import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useLanguage } from "../i18n";
import { recentTraces } from "../state/recent";
import { type Command, commandsFor } from "./commands";
import "./palette.css";

interface Props {
  commands: readonly Command[];
  go: (path: string, filter?: string) => void;
  onClose: () => void;
}

/** Everything there is to go to or to do, by a few letters of its name; a trace id opens its trace. */
export default function Palette({ commands, go, onClose }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const recent = useMemo(recentTraces, []);
  const found = commandsFor(typed, { go, recent, fixed: commands });
  const chosen = Math.min(active, found.length - 1);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((chosen + step + found.length) % found.length);
    else if (event.key === "Enter") run(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={say("palette.title")}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <input
        role="combobox"
        aria-label={say("palette.hint")}
        aria-expanded={found.length > 0}
        aria-controls={`${id}list`}
        aria-activedescendant={found.length > 0 ? `${id}${chosen}` : undefined}
        aria-autocomplete="list"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder={say("palette.hint")}
        value={typed}
        onChange={(event) => (setTyped(event.target.value), setActive(0))}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}list`} role="listbox" aria-label={say("palette.title")}>
        {found.map((command, i) => (
          <li key={command.id} id={`${id}${i}`} role="option" aria-selected={i === chosen} onClick={() => run(command)} onMouseMove={() => setActive(i)}>
            <span className="secondary">{say(command.kind as "palette.page")}</span>
            <span className="clip">{command.label}</span>
            <span className="secondary mono clip">{command.detail}</span>
          </li>
        ))}
      </ul>
    </dialog>
  );
}
