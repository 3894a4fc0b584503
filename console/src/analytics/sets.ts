import type { ExplainRequest, TraceSet } from "../api/types.gen";
import { clausesOf, join } from "../filters/clauses";
import { type Asked, expressionOf, type Question } from "../state/question";
import type { Range, Window } from "../state/range";
import { text } from "../state/url";
import { clausesFor, type Rectangle, rectangle } from "../charts/rectangle";

/** A basket of traces: those of the question that also satisfy an expression, a rectangle, or both. */
export interface Basket {
  name: string;
  filter: string;
  rectangle: Rectangle | null;
}

/** Both baskets as the address has them. Without a second one, A is held against the rest. */
export const SETS = { a: text, ar: rectangle, an: text, b: text, br: rectangle, bn: text };

export function basketsOf(state: { a: string; ar: Rectangle | null; an: string; b: string; br: Rectangle | null; bn: string }): { a: Basket; b: Basket } {
  return {
    a: { name: state.an, filter: state.a, rectangle: state.ar },
    b: { name: state.bn, filter: state.b, rectangle: state.br },
  };
}

export function isGiven({ filter, rectangle }: Basket): boolean {
  return filter.trim() !== "" || rectangle !== null;
}

/** The window of a basket: what it shares with the question's. */
export function windowOf(window: Window, { rectangle }: Basket): Window {
  return { start: Math.max(window.start, rectangle?.start ?? -Infinity), end: Math.min(window.end, rectangle?.end ?? Infinity) };
}

/** What a basket asks for beside the question: the reader's expression and the durations of the rectangle. */
export function clausesIn({ filter, rectangle }: Basket): string[] {
  return [...clausesOf(filter), ...clausesFor(rectangle)];
}

/** One expression for the traces of a basket, group and question included. */
export function fullExpression(question: Pick<Question, "group" | "filter">, basket: Basket): string {
  return join([expressionOf(question), ...clausesIn(basket)].filter(Boolean));
}

/** The question that shows the traces of a basket on another page. */
export function questionOf({ question, window }: Pick<Asked, "question" | "window">, basket: Basket): { filter: string; timeRange: Range; live: boolean } {
  const { rectangle } = basket;
  const bounded = rectangle?.start !== undefined || rectangle?.end !== undefined;
  const own = windowOf(window, basket);
  return {
    filter: join([...clausesOf(question.filter), ...clausesIn(basket)]),
    timeRange: bounded ? { kind: "fixed", start: Math.floor(own.start), end: Math.ceil(own.end) } : question.timeRange,
    live: false,
  };
}

function setOf({ filter, rectangle }: Basket): TraceSet {
  return {
    ...(filter.trim() && { FilterExpression: filter.trim() }),
    ...(rectangle?.start !== undefined && { StartTime: rectangle.start }),
    ...(rectangle?.end !== undefined && { EndTime: rectangle.end }),
    ...(rectangle?.min !== undefined && { MinDuration: rectangle.min }),
    ...(rectangle?.max !== undefined && { MaxDuration: rectangle.max }),
  };
}

export function explainRequest({ question, window }: Pick<Asked, "question" | "window">, a: Basket, b: Basket): ExplainRequest {
  const base = expressionOf(question);
  return {
    StartTime: window.start,
    EndTime: window.end,
    ...(base && { FilterExpression: base }),
    SetA: setOf(a),
    ...(isGiven(b) && { SetB: setOf(b) }),
  };
}
