import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { quote } from "../filters/literals";
import { type Refusal, refusalOf } from "../filters/refusal";
import { type Range, range, resolve, type Window } from "./range";
import { flag, type Patch, text, useUrlState } from "./url";

/** What every observation page asks: which traces, and when. Going from page to page keeps it. */
export const QUESTION = { group: text, filter: text, timeRange: range, live: flag };

export interface Question {
  group: string;
  filter: string;
  timeRange: Range;
  live: boolean;
}

const LIVE_EVERY_MS = 10_000;

export interface Asked {
  question: Question;
  window: Window;
  ask: Patch<typeof QUESTION>;
  /** Asks again with the clock of now. */
  refresh(): void;
}

/** The question in the address, and the window it stands for until the next refresh or live tick. */
export function useQuestion(): Asked {
  const [question, ask] = useUrlState(QUESTION);
  const [now, setNow] = useState(() => Date.now() / 1000);
  const refresh = useCallback(() => setNow(Date.now() / 1000), []);
  const key = JSON.stringify(question.timeRange);
  const window = useMemo(() => resolve(question.timeRange, now), [key, now]);

  // A newly chosen relative range means "until now", not "until the page was opened".
  const meant = useRef(key);
  useEffect(() => {
    if (meant.current !== key) refresh();
    meant.current = key;
  }, [key, refresh]);
  useEffect(() => {
    if (!question.live) return;
    const timer = setInterval(() => document.hidden || refresh(), LIVE_EVERY_MS);
    return () => clearInterval(timer);
  }, [question.live, refresh]);
  return { question, window, ask, refresh };
}

/** The address of a page that asks the same question, with changes. */
export function linkTo(path: string, change: Partial<Question> = {}): string {
  const params = new URLSearchParams();
  const here = new URLSearchParams(globalThis.location?.search ?? "");
  for (const [name, codec] of Object.entries(QUESTION)) {
    const raw = name in change ? codec.format(change[name as keyof Question] as never) : here.get(name);
    if (raw) params.set(name, raw);
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

/** What the group adds in front of the filter when the expression is sent: it is a clause like any other. */
function clauseOf(group: string): string {
  return group && `group.name = ${quote(group)}`;
}

export function expressionOf({ group, filter }: Pick<Question, "group" | "filter">): string {
  const [clause, own] = [clauseOf(group), filter.trim()];
  return clause && own ? `${clause} AND (${own})` : clause || own;
}

/** The refusal of the reader's own part of the expression; null for one of the group's, and for any other error. */
export function refusedFilter(error: unknown, { group, filter }: Pick<Question, "group" | "filter">): Refusal | null {
  const ahead = group ? `${clauseOf(group)} AND (`.length : 0;
  const refusal = filter.trim() ? refusalOf(error, expressionOf({ group, filter })) : null;
  return refusal && refusal.at >= ahead ? refusalOf(error, filter.trim(), ahead) : null;
}
