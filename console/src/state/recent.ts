import { recall, remember } from "./storage";
import { traceIdIn } from "./trace-id";

/** A trace that was opened, and what it was called. */
export interface Recent {
  id: string;
  name: string;
}

const KEY = "radiograph.recent";
const MOST = 12;

/** The traces opened last, the latest first; what storage has been made to hold otherwise is left out. */
export function recentTraces(): Recent[] {
  try {
    const stored: unknown = JSON.parse(recall(KEY) ?? "[]");
    return (Array.isArray(stored) ? stored : []).flatMap((each: unknown) => {
      const { id, name } = (each ?? {}) as Partial<Record<keyof Recent, unknown>>;
      return typeof id === "string" && traceIdIn(id) === id && typeof name === "string" ? [{ id, name }] : [];
    });
  } catch {
    return [];
  }
}

export function rememberTrace(trace: Recent): void {
  const others = recentTraces().filter((each) => each.id !== trace.id);
  remember(KEY, JSON.stringify([trace, ...others].slice(0, MOST)));
}
