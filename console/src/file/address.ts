import { useSyncExternalStore } from "react";
import type { Address } from "../state/url";

// A file has one address; what is looked at in it is the fragment: #/traces/1-…?span=…
const fragment = () => location.hash.replace(/^#/, "") || "/";
const listeners = new Set<() => void>();
addEventListener("hashchange", () => listeners.forEach((listener) => listener()));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const inFragment: Address = {
  path: () => fragment().split("?")[0]!,
  search: () => fragment().split("?")[1] ?? "",
};

export function useFragmentSearch(): string {
  return useSyncExternalStore(subscribe, inFragment.search);
}

export function useFragmentPath(): [string, (to: string, options?: { replace?: boolean }) => void] {
  return [useSyncExternalStore(subscribe, inFragment.path), navigate];
}

function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, "", `#${to}`);
  else history.pushState(null, "", `#${to}`);
  for (const listener of listeners) listener();
}
