import { createContext } from "react";
import { annotation, quote } from "../filters/literals";

/** Puts a clause into the filter that the reader sees; null where there is no filter to write into. */
export const FilterWriter = createContext<((clause: string) => void) | null>(null);

/** What asks for a value, and what leaves it out: by the keyword that names it, or else as a text that is looked for. */
export interface Clauses {
  filter: string;
  exclude: string;
}

export function clausesFor(keyword: string | null, value: string | number | boolean): Clauses {
  if (!keyword) return { filter: quote(String(value)), exclude: `NOT ${quote(String(value))}` };
  const literal = typeof value === "string" ? quote(value) : String(value);
  return { filter: `${keyword} = ${literal}`, exclude: `${keyword} != ${literal}` };
}

export function annotationClauses(key: string, value: string | number | boolean): Clauses {
  const { filter } = clausesFor(annotation(key), value);
  // A span without the annotation is kept: it does not have the value either.
  return { filter, exclude: `NOT (${filter})` };
}
