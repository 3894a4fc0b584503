import { useSyncExternalStore } from "react";
import { linkTo, QUESTION, type Question } from "./question";
import { recall, remember } from "./storage";
import { readSearch, writeSearch } from "./url";

/** A question that was given a name, as the address has it. */
export interface Saved {
  name: string;
  search: string;
}

const KEY = "radiograph.saved";
const MOST = 50;
const listeners = new Set<() => void>();
let read: { raw: string | null; saved: readonly Saved[] } = { raw: null, saved: [] };

/** The searches saved in this browser, by name; what storage has been made to hold otherwise is left out. */
export function savedSearches(): readonly Saved[] {
  const raw = recall(KEY);
  if (raw !== read.raw) read = { raw, saved: parse(raw) };
  return read.saved;
}

function parse(raw: string | null): Saved[] {
  try {
    const stored: unknown = JSON.parse(raw ?? "[]");
    return (Array.isArray(stored) ? stored : []).flatMap((each: unknown) => {
      const { name, search } = (each ?? {}) as Partial<Record<keyof Saved, unknown>>;
      return typeof name === "string" && name !== "" && typeof search === "string" ? [{ name, search }] : [];
    });
  } catch {
    return [];
  }
}

function put(saved: readonly Saved[]): void {
  remember(KEY, saved.length > 0 ? JSON.stringify(saved.slice(0, MOST)) : null);
  for (const listener of listeners) listener();
}

/** Saves the question under a name; another of that name gives way. */
export function saveSearch(name: string, question: Question): void {
  const search = writeSearch(QUESTION, "", { ...question, live: false });
  const others = savedSearches().filter((each) => each.name !== name);
  put([...others, { name, search }].sort((one, other) => one.name.localeCompare(other.name)));
}

export function forgetSearch(name: string): void {
  put(savedSearches().filter((each) => each.name !== name));
}

/** What a saved search asks; nothing but a question is taken from it. */
export function questionIn({ search }: Saved): Question {
  return readSearch(QUESTION, search) as Question;
}

/** The address of the list of traces that asks it. */
export function savedLink(saved: Saved): string {
  return linkTo("/traces", questionIn(saved));
}

export function useSaved(): readonly Saved[] {
  return useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), savedSearches);
}
