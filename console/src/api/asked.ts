import { useSyncExternalStore } from "react";

export type Service = "xray" | "iam" | "sts" | "oam" | "cloudtrail";

/** One question as it was put to the server. */
export interface Question {
  service?: Service; // X-Ray, when it is not said
  operation: string;
  request: Readonly<Record<string, unknown>>;
}

const MOST_PAGES = 30;
const MOST_QUESTIONS = 12;
const byPage = new Map<string, Question[]>();
const listeners = new Set<() => void>();
const NONE: readonly Question[] = [];

/** Remembers what a page asked; further pages of an answer and repeated questions are one. */
export function note(operation: string, request: object, service: Service = "xray"): void {
  const { NextToken: _, Marker: __, ...members } = request as Record<string, unknown>;
  const page = location.pathname;
  const others = (byPage.get(page) ?? []).filter((each) => each.operation !== operation);
  byPage.delete(page); // the page that asked last is forgotten last
  byPage.set(page, [...others, { service, operation, request: members }].slice(-MOST_QUESTIONS));
  for (const oldest of byPage.keys()) if (byPage.size > MOST_PAGES) byPage.delete(oldest);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What this page has asked, the latest of each operation. */
export function useAsked(): readonly Question[] {
  return useSyncExternalStore(subscribe, () => byPage.get(location.pathname) ?? NONE);
}
