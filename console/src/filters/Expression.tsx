import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useLanguage } from "../i18n";
import { complete, type Option } from "./complete";
import "./expression.css";
import { NOTHING, type Observed } from "./observed";
import { Paint } from "./Paint";
import { mended, type Refusal } from "./refusal";
import { Suggestions } from "./Suggestions";

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** Enter, when it does not take a suggestion. */
  onRun: () => void;
  label: string;
  refusal: Refusal | null;
  observed: () => Observed;
  placeholder?: string;
  ref?: Ref<{ focus(): void }>;
}

/**
 * A field for a filter expression: an input whose own text is invisible over a painted copy, and a list of what may follow.
 *
 * Nothing is chosen until an arrow key or Tab chooses it, so Enter runs what was typed, and only that.
 */
export function Expression({ value, onChange, onRun, label, refusal, observed, placeholder, ref }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const paint = useRef<HTMLDivElement>(null);
  const nextCaret = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [seen, setSeen] = useState<Observed>(NOTHING);
  const [typing, setTyping] = useState(false);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), []);

  const completion = useMemo(() => (open ? complete(value, caret, seen) : null), [open, value, caret, seen]);
  const options = completion?.options ?? [];
  const shown = options.length > 0;
  const follow = () => paint.current && input.current && (paint.current.scrollLeft = input.current.scrollLeft);
  useLayoutEffect(() => {
    if (nextCaret.current !== null) input.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
    follow();
  }, [value]);

  const show = () => {
    setSeen(observed());
    setOpen(true);
    setActive(-1);
  };
  const close = () => setOpen(false);
  const accept = (option: Option) => {
    const { from, to } = completion!;
    const at = from + option.caret;
    nextCaret.current = at;
    onChange(value.slice(0, from) + option.insert + value.slice(to));
    setCaret(at);
    setActive(-1);
    input.current?.focus();
  };
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => (shown ? setActive((active + 1) % options.length) : show(), true),
    ArrowUp: () => shown && (setActive((active <= 0 ? options.length : active) - 1), true),
    Escape: () => {
      if (shown) close();
      else if (!typing) input.current?.blur(); // what was asked is asked: single letters are keys again
      return shown;
    },
    Tab: () => shown && (active >= 0 || completion!.typed !== "") && (accept(options[Math.max(0, active)]!), true),
    Enter: () => {
      if (shown && active >= 0) accept(options[active]!);
      else {
        close();
        setTyping(false);
        onRun();
      }
      return true;
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey && event.key === " ") show();
    else if (event.nativeEvent.isComposing || ctrlKey || metaKey || altKey || (shiftKey && event.key === "Tab") || !keys[event.key]?.()) return;
    event.preventDefault();
  };
  // While the reader is still typing, an unfinished end is no mistake.
  const told = refusal && !(typing && refusal.at >= value.trimEnd().length) ? refusal : null;
  return (
    <div className="expression">
      <div className="expression-field" data-refused={told ? "" : undefined}>
        <Paint ref={paint} text={value} refusal={told} />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={shown ? `${id}list` : undefined}
          aria-activedescendant={shown && active >= 0 ? `${id}option${active}` : undefined}
          aria-invalid={told ? true : undefined}
          aria-describedby={told ? `${id}refusal` : undefined}
          value={value}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => {
            onChange(event.target.value);
            setTyping(true);
            setCaret(event.target.selectionStart ?? event.target.value.length);
            if (event.target.value === "") close();
            else if (!open) show();
            else setActive(-1);
          }}
          onSelect={(event) => (setCaret(event.currentTarget.selectionStart ?? 0), follow())}
          onScroll={follow}
          onBlur={() => (setTyping(false), close())}
          onKeyDown={onKeyDown}
        />
        {value && (
          <button type="button" className="expression-clear" aria-label={say("filter.clear")} title={say("filter.clear")} onClick={() => (onChange(""), close(), input.current?.focus())}>
            <svg width="12" height="12" viewBox="0 0 14 14" aria-hidden="true"><path d="m2 2 10 10M12 2 2 12" stroke="currentColor" strokeWidth="1.8" /></svg>
          </button>
        )}
      </div>
      <div className="expression-below">
        {told && (
          <p className="expression-refusal" id={`${id}refusal`}>
            <b>{say("filter.column", [...value.slice(0, told.at)].length + 1)}</b> <span lang="en">{told.reason}</span>
            {told.meant && (
              <button type="button" onClick={() => onChange(mended(value, told))}>{say("filter.mend", told.meant)}</button>
            )}
            {told.accepted && !shown && <span className="expression-accepted">{say("filter.accepted")} <span lang="en" className="mono">{told.accepted}</span></span>}
          </p>
        )}
        {shown && <Suggestions id={id} options={options} active={active} column={completion!.from} scrolled={input.current?.scrollLeft ?? 0} onAccept={accept} />}
      </div>
      <span className="spoken" role="status">{shown ? say("filter.suggestions", options.length) : ""}</span>
    </div>
  );
}
