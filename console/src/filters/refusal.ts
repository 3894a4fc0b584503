import { ApiError } from "../api/client";

/** What the server said of an expression: where it stops making sense, why, and what it would take instead. */
export interface Refusal {
  /** Characters before the place; the length of the expression when it lacks something at its end. */
  at: number;
  reason: string;
  accepted: string;
  /** The word that was most likely meant. */
  meant: string | null;
}

const SAID = /^FilterExpression, column (\d+): (.*?)(?:; accepted: (.*))?$/s;

/** The refusal in an error, or null when it is another kind of error. `ahead` characters of what was sent are not the reader's. */
export function refusalOf(error: unknown, expression: string, ahead = 0): Refusal | null {
  const said = error instanceof ApiError && error.code === "InvalidRequestException" ? SAID.exec(error.message) : null;
  if (!said) return null;
  // The server counts characters, JavaScript halves of surrogate pairs.
  const before = [...expression].slice(0, Math.max(0, Number(said[1]) - 1 - ahead)).join("");
  const meant = /\(is (.+?) meant\?\)/.exec(said[2]!)?.[1] ?? null;
  return { at: before.length, reason: said[2]!, accepted: said[3] ?? "", meant };
}

/** The expression with the word at the refused place replaced by the one that was meant. */
export function mended(expression: string, { at, meant }: Refusal): string {
  const word = /^[\p{L}\p{N}_.-]+/u.exec(expression.slice(at))?.[0] ?? "";
  return meant === null ? expression : expression.slice(0, at) + meant + expression.slice(at + word.length);
}
