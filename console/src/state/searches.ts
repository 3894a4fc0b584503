import { linkTo } from "./question";
import { recall, remember } from "./storage";

/** What was searched for on the list of traces: without a time, so that it can be asked again. */
export interface Search {
  filter: string;
  group: string;
}

const KEY = "radiograph.searches";
const MOST = 8;
const LONGEST = 2000;

/** The searches made last, the latest first; what storage has been made to hold otherwise is left out. */
export function recentSearches(): Search[] {
  try {
    const stored: unknown = JSON.parse(recall(KEY) ?? "[]");
    return (Array.isArray(stored) ? stored : []).flatMap((each: unknown) => {
      const { filter, group } = (each ?? {}) as Partial<Record<keyof Search, unknown>>;
      return typeof filter === "string" && typeof group === "string" && (filter || group) ? [{ filter, group }] : [];
    });
  } catch {
    return [];
  }
}

/** Remembers a search; one that asks for everything is none. */
export function keepSearch({ filter, group }: Search): void {
  if ((!filter && !group) || filter.length > LONGEST) return;
  const others = recentSearches().filter((each) => each.filter !== filter || each.group !== group);
  remember(KEY, JSON.stringify([{ filter, group }, ...others].slice(0, MOST)));
}

export function linkToSearch({ filter, group }: Search): string {
  return linkTo("/traces", { filter, group });
}
