import { unquote } from "../filters/literals";
import { type Token, tokenise } from "../filters/tokens";
import type { Span, TraceTree } from "./tree";

/** Whether a span is meant. */
type Test = (span: Span) => boolean;

/**
 * The keys of the spans a filter means; null when it is blank.
 *
 * It is the language of the server, asked of one span at a time: keywords, annotations, comparisons, AND, OR, NOT, parentheses.
 * What is no expression of it, and a text in quotes by itself, is looked for in everything a span says of itself.
 */
export function matching(tree: TraceTree, filter: string): ReadonlySet<string> | null {
  if (!filter.trim()) return null;
  const test = read(filter) ?? containing(filter);
  return new Set(tree.spans.filter(test).map((span) => span.key));
}

function containing(text: string): Test {
  const wanted = unquote(text.trim()).toLowerCase();
  return (span) => wordsOf(span).includes(wanted);
}

const spoken = new WeakMap<Span, string>();

/** Everything a span says of itself, one thing a line; its subsegments speak for themselves. */
function wordsOf(span: Span): string {
  let words = spoken.get(span);
  if (words === undefined) {
    const { subsegments: _, annotations = {}, ...rest } = span.document ?? {};
    const labels = Object.entries(annotations).map(([key, value]) => `${key}=${value}`);
    words = [span.name, span.detail, span.id, ...labels, ...textsIn(rest)].join("\n").toLowerCase();
    spoken.set(span, words);
  }
  return words;
}

function textsIn(value: unknown, depth = 0): string[] {
  if (value === null || value === undefined || depth > 8) return [];
  if (typeof value !== "object") return [String(value)];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth + 1));
}

type Value = string | number | boolean;
const KEYWORDS: Record<string, (span: Span) => Value | null | undefined> = {
  ok: (span) => span.status === "ok",
  error: (span) => span.status === "error" || span.status === "throttle", // 429 is an error too
  throttle: (span) => span.status === "throttle",
  fault: (span) => span.status === "fault",
  partial: (span) => span.inProgress,
  inferred: (span) => span.inferred,
  root: (span) => span.parent === null,
  responsetime: (span) => span.end - span.start,
  duration: (span) => span.end - span.start,
  "http.status": (span) => span.httpStatus,
  "http.url": (span) => span.document?.http?.request?.url,
  "http.method": (span) => span.document?.http?.request?.method,
  "http.useragent": (span) => span.document?.http?.request?.user_agent,
  "http.clientip": (span) => span.document?.http?.request?.client_ip,
  user: (span) => span.document?.user,
  name: (span) => span.name,
  type: (span) => span.document?.origin,
  "resource.arn": (span) => span.document?.resource_arn,
};

/** The expression as a test, or null when it is none. */
function read(text: string): Test | null {
  const tokens = tokenise(text).filter((token) => token.kind !== "space");
  let at = 0;
  const take = (test: (token: Token) => boolean) => (tokens[at] && test(tokens[at]!) ? tokens[at++]! : null);
  const word = (name: string) => take((token) => token.kind === "joint" && token.text.toUpperCase() === name);
  const mark = (text: string) => take((token) => token.text === text);

  const either = (): Test | null => {
    let left = both();
    while (left && word("OR")) {
      const [a, b] = [left, both()];
      left = b && ((span) => a(span) || b(span));
    }
    return left;
  };
  const both = (): Test | null => {
    let left = not();
    while (left && at < tokens.length && tokens[at]!.text !== ")" && !/^or$/i.test(tokens[at]!.text)) {
      word("AND");
      const [a, b] = [left, not()];
      left = b && ((span) => a(span) && b(span));
    }
    return left;
  };
  const not = (): Test | null => {
    if (!word("!") && !word("NOT")) return one();
    const inner = not();
    return inner && ((span) => !inner(span));
  };
  const one = (): Test | null => {
    if (mark("(")) {
      const inner = either();
      return mark(")") ? inner : null;
    }
    const text = take((token) => token.kind === "string" && !token.open);
    if (text) return containing(text.text);
    const value = subject();
    if (!value) return null;
    const operator = take((token) => token.kind === "comparison")?.text.toUpperCase();
    if (!operator) return (span) => present(value(span));
    const operand = take((token) => ["string", "number", "boolean", "word", "keyword"].includes(token.kind) && !token.open);
    return operand && ((span) => compare(value(span), operator, operand));
  };
  const subject = () => {
    const token = take(({ kind, text }) => kind === "keyword" || /^annotation(\.|$)/i.test(text));
    if (!token) return null;
    if (token.kind === "keyword") return KEYWORDS[token.text.toLowerCase()] ?? null;
    let key = token.text.slice("annotation.".length);
    if (!key) {
      const [open, name, close] = [mark("["), take(({ kind }) => kind !== "mark"), mark("]")];
      if (!open || !name || !close) return null;
      key = unquote(name.text);
    }
    return (span: Span) => span.document?.annotations?.[key];
  };
  const test = either();
  return test && at === tokens.length ? test : null;
}

function present(value: Value | null | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== "";
}

function compare(value: Value | null | undefined, operator: string, operand: Token): boolean {
  if (value === undefined || value === null) return false;
  const wanted: Value = operand.kind === "number" ? Number(operand.text) : operand.kind === "boolean" ? operand.text.toLowerCase() === "true" : unquote(operand.text);
  if (operator === "=") return value === wanted;
  if (operator === "!=") return value !== wanted;
  if (typeof value === "number" && typeof wanted === "number") {
    return operator === "<" ? value < wanted : operator === "<=" ? value <= wanted : operator === ">" ? value > wanted : operator === ">=" && value >= wanted;
  }
  if (typeof value !== "string" || typeof wanted !== "string") return false;
  if (operator === "CONTAINS") return value.includes(wanted);
  return operator === "BEGINSWITH" ? value.startsWith(wanted) : operator === "ENDSWITH" && value.endsWith(wanted);
}
