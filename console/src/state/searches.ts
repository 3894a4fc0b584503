import { linkTo } from "./question";
import { recall, remember } from "./storage";

/** What was searched for on the list of traces: without a time, so that it can be asked again. */
export interface Search {
  filter: string;
  group: string;
}
type Shelf = "recent" | "saved";

const KEYS: Record<Shelf, string> = { recent: "radiograph.searches", saved: "radiograph.searches.saved" };
const MOST: Record<Shelf, number> = { recent: 8, saved: 50 };
const LONGEST = 2000;

/** The searches on a shelf, the latest first; what storage has been made to hold otherwise is left out. */
export function searches(shelf: Shelf): Search[] {
  try {
    const stored: unknown = JSON.parse(recall(KEYS[shelf]) ?? "[]");
    return (Array.isArray(stored) ? stored : []).flatMap((each: unknown) => {
      const { filter, group } = (each ?? {}) as Partial<Record<keyof Search, unknown>>;
      return typeof filter === "string" && typeof group === "string" && (filter || group) ? [{ filter, group }] : [];
    });
  } catch {
    return [];
  }
}

/** Puts a search on top of a shelf; one that asks for everything is none. */
export function keepSearch(shelf: Shelf, { filter, group }: Search): void {
  if ((!filter && !group) || filter.length > LONGEST) return;
  const kept = [{ filter, group }, ...others(shelf, { filter, group })].slice(0, MOST[shelf]);
  remember(KEYS[shelf], JSON.stringify(kept));
}

export function dropSearch(shelf: Shelf, search: Search): void {
  remember(KEYS[shelf], JSON.stringify(others(shelf, search)));
}

export function linkToSearch({ filter, group }: Search): string {
  return linkTo("/traces", { filter, group });
}

function others(shelf: Shelf, { filter, group }: Search): Search[] {
  return searches(shelf).filter((each) => each.filter !== filter || each.group !== group);
}
