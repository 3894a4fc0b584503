import { useEffect, useRef, useState } from "react";
import { recall, remember } from "./storage";
import { isSummoned } from "./summon";

/** From a key, or two keys pressed one after the other ("g m"), to what it does. */
export type Keys = Record<string, () => void>;

const OFF = "radiograph.keys";
const PREFIX = "g"; // every chord begins with it
const CHORD_MS = 900;
const FIELDS = "input, textarea, select, [contenteditable], [role=dialog] *, [role=listbox] *, [role=menu] *";

export function keysAreOn(): boolean {
  return recall(OFF) !== "off";
}
/** Single-letter keys can be switched off (WCAG 2.1.4): speech input types letters by accident. */
export function useKeysSwitch(): [boolean, (on: boolean) => void] {
  const [on, set] = useState(keysAreOn);
  return [on, (next) => (remember(OFF, next ? null : "off"), set(next))];
}

export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let first = "";
    let pressed = 0;
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!keysAreOn() || isSummoned() || target?.closest(FIELDS)) return;
      // After the first key of a chord the second one is not a key of its own: "g t" must not also mean "t".
      const waiting = first === PREFIX && event.timeStamp - pressed < CHORD_MS;
      const action = current.current[waiting ? `${PREFIX} ${event.key}` : event.key];
      first = waiting ? "" : event.key;
      pressed = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** A key with Ctrl, or Command on a Mac: it works in fields too. */
export function useEverywhere(key: string, act: () => void): void {
  const current = useRef(act);
  current.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      current.current();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [key]);
}
