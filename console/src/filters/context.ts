import { type Token, tokenise } from "./tokens";
import { operandOf, type Scope, type Type } from "./words";

/** What the language expects after a text, and inside which braces. */
export type Context =
  | { expects: "operand"; scope: Scope }
  | { expects: "comparison"; type: Type | null }
  | { expects: "value"; subject: string; type: Type | null }
  | { expects: "joint"; afterService: boolean }
  | { expects: "identity" }
  | { expects: "nothing" };

/** Reads the tokens before the caret; a text that makes no sense so far expects an operand, which is where sense begins. */
export function contextOf(before: string): Context {
  const tokens = tokenise(before).filter((token) => token.kind !== "space");
  const { scope, call } = bracketsOf(tokens);
  const last = tokens.at(-1);
  if (call) return insideCall(call, last!);
  if (!last || last.kind === "joint" || last.text === "(" || last.text === "{") return { expects: "operand", scope };
  if (last.kind === "comparison") return valueOf(tokens.slice(0, -1));
  if (last.kind === "string" || last.kind === "number" || last.kind === "boolean") return { expects: "joint", afterService: false };
  if (last.text === ")" || last.text === "}") return { expects: "joint", afterService: true };
  const subject = subjectOf(tokens);
  if (subject) return subject.isGroup ? { expects: "comparison", type: "boolean" } : { expects: "comparison", type: subject.type };
  return tokens.at(-2)?.kind === "comparison" ? { expects: "joint", afterService: false } : { expects: "nothing" };
}

/** Whether a text that goes on being typed lacks something, or ends in a word that may become one the language knows. */
export function isUnfinished(text: string): boolean {
  const tokens = tokenise(text).filter((token) => token.kind !== "space");
  const last = tokens.at(-1);
  const depth = tokens.reduce((sum, token) => sum + (/^[({[]$/.test(token.text) ? 1 : /^[)}\]]$/.test(token.text) ? -1 : 0), 0);
  if (depth > 0 || last?.open || last?.kind === "joint" || last?.kind === "comparison" || last?.text === ".") return true;
  return text === text.trimEnd() && (last?.kind === "word" || operandOf(last?.text ?? "")?.type === undefined && last?.kind === "function");
}

interface Subject {
  name: string;
  type: Type | null; // an annotation can be of any
  isGroup: boolean;
}

/** What the last tokens name: a keyword, or an annotation with its key. */
function subjectOf(tokens: readonly Token[]): Subject | null {
  const last = tokens.at(-1);
  if (!last) return null;
  if (last.text === "]") {
    const open = tokens.findLastIndex((token) => token.text === "[");
    const name = tokens.slice(Math.max(0, open - 1)).map((token) => token.text).join("");
    return { name, type: null, isGroup: false };
  }
  const word = operandOf(last.text);
  if (!word) return null;
  return { name: last.text.toLowerCase().startsWith("annotation") ? last.text : word.name, type: word.type ?? null, isGroup: word.name.startsWith("group.") };
}

function valueOf(tokens: readonly Token[]): Context {
  const subject = subjectOf(tokens);
  return subject ? { expects: "value", subject: subject.name, type: subject.type } : { expects: "nothing" };
}

/** The scope of the braces the text ends in, and the call whose parentheses are still open. */
function bracketsOf(tokens: readonly Token[]): { scope: Scope; call: string | null } {
  const open: { mark: string; scope: Scope; call: string | null }[] = [];
  let closed: string | null = null; // the call that ended just now, or the root cause: a brace after it is its own
  for (const [i, token] of tokens.entries()) {
    const scope = open.at(-1)?.scope ?? "trace";
    if (token.text === "(") open.push({ mark: "(", scope, call: tokens[i - 1]?.kind === "function" ? tokens[i - 1]!.text.toLowerCase() : null });
    else if (token.text === "{") open.push({ mark: "{", scope: operandOf(closed ?? "")?.block ?? scope, call: null });
    else if (token.text === ")" || token.text === "}") closed = open.pop()?.call ?? null;
    else if (token.kind === "function") closed = token.text;
  }
  const inner = open.at(-1);
  return { scope: inner?.scope ?? "trace", call: inner?.mark === "(" ? inner.call : null };
}

function insideCall(call: string, last: Token): Context {
  if (call === "id") {
    if (last.text === "(" || last.text === ",") return { expects: "identity" };
    return last.text === ":" ? { expects: "value", subject: "name", type: "string" } : { expects: "nothing" };
  }
  return last.text === "(" || last.text === "," ? { expects: "value", subject: "name", type: "string" } : { expects: "nothing" };
}
