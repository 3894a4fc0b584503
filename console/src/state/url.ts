import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

/** How one value is written in the address. `format` returning null leaves the parameter out: the default. */
export interface Codec<T> {
  parse(raw: string | null): T;
  format(value: T): string | null;
}
export type Schema = Record<string, Codec<any>>; // eslint-free zone: the values are typed by StateOf
export type StateOf<S extends Schema> = { [K in keyof S]: S[K] extends Codec<infer T> ? T : never };
export type Patch<S extends Schema> = (change: Partial<StateOf<S>>, how?: "push" | "replace") => void;

export const text: Codec<string> = { parse: (raw) => raw ?? "", format: (value) => value || null };
export const flag: Codec<boolean> = { parse: (raw) => raw === "1", format: (value) => (value ? "1" : null) };
export function oneOf<T extends string>(...values: [T, ...T[]]): Codec<T> {
  return {
    parse: (raw) => values.find((value) => value === raw) ?? values[0],
    format: (value) => (value === values[0] ? null : value),
  };
}

export function readSearch<S extends Schema>(schema: S, search: string): StateOf<S> {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(schema).map(([name, codec]) => [name, codec.parse(params.get(name))]),
  ) as StateOf<S>;
}

/** The search string after the change; parameters that the schema does not know are kept. */
export function writeSearch<S extends Schema>(schema: S, search: string, change: Partial<StateOf<S>>): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    const raw = schema[name]!.format(value);
    if (raw === null) params.delete(name);
    else params.set(name, raw);
  }
  return params.toString();
}

/** Where the address of the page is: that of the browser, or its fragment in a file that opens without a server. */
export interface Address {
  path(): string;
  search(): string;
}
let address: Address = { path: () => window.location.pathname, search: () => window.location.search };
export function keepStateIn(other: Address): void {
  address = other;
}

/** The page's state, kept in the address: what is copied from the address bar is what a colleague sees. */
export function useUrlState<S extends Schema>(schema: S): [StateOf<S>, Patch<S>] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const state = useMemo(() => readSearch(schema, search), [schema, search]);
  const patch = useCallback<Patch<S>>(
    (change, how = "push") => {
      // Read from the address, not from the closure: two patches in one event must not undo each other.
      const next = writeSearch(schema, address.search(), change);
      navigate(address.path() + (next && `?${next}`), { replace: how === "replace" });
    },
    [schema, navigate],
  );
  return [state, patch];
}
