import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n";
import type { Option } from "./complete";

interface Props {
  id: string;
  options: readonly Option[];
  active: number;
  /** The character under which the list begins, and how far the field is scrolled. */
  column: number;
  scrolled: number;
  onAccept: (option: Option) => void;
}

/** What may follow, each with one line of what it means. */
export function Suggestions({ id, options, active, column, scrolled, onAccept }: Props) {
  const { say, explain } = useLanguage();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[Math.max(0, active)]?.scrollIntoView({ block: "nearest" });
  }, [active, options]);
  return (
    <ul
      ref={list}
      id={`${id}list`}
      role="listbox"
      aria-label={say("filter.list")}
      className="suggestions"
      style={{ left: `clamp(0px, calc(${column}ch - ${scrolled}px), calc(100% - 460px))` }}
    >
      {options.map((option, i) => (
        // Pressing must not take the focus from the field, whose loss closes the list.
        <li key={option.label} id={`${id}option${i}`} role="option" aria-selected={i === active} onMouseDown={(event) => event.preventDefault()} onClick={() => onAccept(option)}>
          <span className="mono clip">{option.label}</span>
          <span className="secondary clip">{option.word ? explain(option.word) : say("filter.observed")}</span>
        </li>
      ))}
    </ul>
  );
}
