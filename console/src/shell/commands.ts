import type { Catalogue } from "../i18n/catalogue";
import { type Recent } from "../state/recent";
import { traceIdIn } from "../state/trace-id";

/** Something the palette can do. */
export interface Command {
  id: string;
  kind: keyof Catalogue & `palette.${string}`;
  label: string;
  detail: string;
  act: () => void;
}

interface Does {
  go: (path: string, filter?: string) => void;
  recent: readonly Recent[];
  fixed: readonly Command[];
}

const MOST = 14;
const MOST_OPENED = 5;

/** The commands that what was typed may mean; an id that was pasted is opened before anything else. */
export function commandsFor(typed: string, { go, recent, fixed }: Does): Command[] {
  const text = typed.trim();
  const id = traceIdIn(text);
  const opened = recent.map((trace): Command => ({ id: trace.id, kind: "palette.recent", label: trace.name || trace.id, detail: trace.id, act: () => go(`/traces/${trace.id}`) }));
  if (id) return [{ id: "open", kind: "palette.open", label: id, detail: "", act: () => go(`/traces/${id}`) }];
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, detail }: Command) => words.every((word) => `${label} ${detail}`.toLowerCase().includes(word));
  if (!text) return [...opened.slice(0, MOST_OPENED), ...fixed]; // what is most likely to be gone back to
  const found = [...fixed, ...opened].filter(fits).slice(0, MOST);
  return [...found, { id: "search", kind: "palette.search", label: text, detail: "", act: () => go("/traces", text) }];
}
