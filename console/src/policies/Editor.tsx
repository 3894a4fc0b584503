import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLanguage } from "../i18n";
import { complete, type Kind } from "./complete";
import "./editor.css";
import type { Refused } from "./refused";
import { scan } from "./scan";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  kind: Kind;
  account: string;
  refused: Refused | null;
}

/**
 * A field for a policy: a text whose own letters are invisible over a painted copy, and a list of what may stand at the caret.
 *
 * Tab takes a suggestion only while the list is open, and leaves the field otherwise.
 */
export function Editor({ label, value, onChange, kind, account, refused }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const mark = useRef<HTMLSpanElement>(null);
  const nextCaret = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [at, setAt] = useState({ left: 0, top: 0 });
  const completion = useMemo(() => (open ? complete(value, caret, kind, account) : null), [open, value, caret, kind, account]);
  const options = completion?.options ?? [];
  const shown = options.length > 0;
  useLayoutEffect(() => {
    if (nextCaret.current !== null) field.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  }, [value]);
  useLayoutEffect(() => {
    if (shown && mark.current) setAt({ left: mark.current.offsetLeft, top: mark.current.offsetTop + 20 });
  }, [shown, caret, value]);

  const accept = (option: string) => {
    const { from, to } = completion!;
    nextCaret.current = from + option.length;
    onChange(value.slice(0, from) + option + value.slice(to));
    setCaret(from + option.length);
    setActive(-1);
    setOpen(false);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey } = event;
    if (ctrlKey && key === " ") (setOpen(true), setActive(-1));
    else if (!shown) return;
    else if (key === "ArrowDown") setActive((active + 1) % options.length);
    else if (key === "ArrowUp" && active >= 0) setActive((active + options.length - 1) % options.length);
    else if (key === "Escape") setOpen(false);
    else if ((key === "Enter" && active >= 0) || (key === "Tab" && !event.shiftKey)) accept(options[Math.max(0, active)]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="policy-field">
      <label htmlFor={id}>{label}</label>
      <div className="policy-editor" data-refused={refused ? "" : undefined}>
        <Painted text={value} refused={refused} />
        {shown && <pre className="policy-mirror" aria-hidden="true">{value.slice(0, caret)}<span ref={mark} /></pre>}
        <textarea
          ref={field}
          id={id}
          value={value}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-autocomplete="list"
          aria-controls={shown ? `${id}list` : undefined}
          aria-activedescendant={shown && active >= 0 ? `${id}option${active}` : undefined}
          aria-invalid={refused ? true : undefined}
          aria-describedby={`${id}below`}
          onChange={(event) => {
            onChange(event.target.value);
            setCaret(event.target.selectionStart);
            setOpen(true);
            setActive(-1);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {shown && (
          <ul id={`${id}list`} role="listbox" aria-label={say("policy.list")} className="policy-options" style={at}>
            {options.map((option, i) => (
              <li key={option} id={`${id}option${i}`} role="option" aria-selected={i === active} onMouseDown={(event) => (event.preventDefault(), accept(option))}>
                {option}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div id={`${id}below`} className="policy-below">
        {refused ? (
          <p className="policy-refused" role="alert">
            {refused.line > 0 && <b>{say("policy.line", refused.line)} </b>}
            <span lang="en">{refused.reason}</span>
            {refused.accepted && <> · {say("filter.accepted")} <span lang="en" className="mono">{refused.accepted}</span></>}
          </p>
        ) : (
          <p className="secondary">{say("policy.keys")}</p>
        )}
      </div>
      <span className="spoken" role="status">{shown ? say("filter.suggestions", options.length) : ""}</span>
    </div>
  );
}

/** The text in colours; what was refused is underlined. */
function Painted({ text, refused }: { text: string; refused: Refused | null }) {
  const pieces: React.ReactNode[] = [];
  let done = 0;
  for (const { kind, from, to } of scan(text).tokens) {
    if (from > done) pieces.push(text.slice(done, from));
    const isRefused = refused !== null && refused.from < to && from < refused.to;
    pieces.push(<span key={from} data-kind={kind} data-refused={isRefused ? "" : undefined}>{text.slice(from, to)}</span>);
    done = to;
  }
  return <pre className="policy-paint" aria-hidden="true">{pieces}{text.slice(done)}{"\n "}</pre>;
}

/** A policy's text to be read, in the colours of the editor. */
export function PolicyText({ text }: { text: string }) {
  return <div className="policy-text"><Painted text={text} refused={null} /><pre className="spoken">{text}</pre></div>;
}
