import { isComparison, isJoint, operandOf } from "./words";

export type TokenKind = "keyword" | "function" | "joint" | "comparison" | "string" | "number" | "boolean" | "word" | "mark" | "space";

/** A piece of an expression; together the pieces are the whole text, whatever is wrong with it. */
export interface Token {
  kind: TokenKind;
  from: number;
  to: number;
  text: string;
  open?: boolean; // a string without its closing quote
}

// The server's own cuts (filters/tokens.py), made lenient: a text being typed is wrong most of the time.
const PIECES: readonly [RegExp, (text: string) => TokenKind][] = [
  [/\s+/y, () => "space"],
  [/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/y, () => "string"],
  [/[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w.-])/iy, () => "number"],
  [/[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*/uy, kindOfWord],
  [/->|=>|!=|<=|>=|[=<>!]/y, (text) => (isJoint(text) ? "joint" : "comparison")],
  [/[^]/uy, () => "mark"],
];

function kindOfWord(text: string): TokenKind {
  if (isJoint(text)) return "joint";
  if (isComparison(text)) return "comparison";
  if (/^(true|false)$/i.test(text)) return "boolean";
  const operand = operandOf(text);
  if (operand) return operand.type ? "keyword" : "function";
  return /^id$/i.test(text) ? "function" : "word";
}

/** The tokens of a text, spaces among them. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    for (const [pattern, kindOf] of PIECES) {
      pattern.lastIndex = at;
      const piece = pattern.exec(text)?.[0];
      if (!piece) continue;
      const kind = kindOf(piece);
      const open = kind === "string" && !/^(["'])(?:\\.|[^\\])*\1$/s.test(piece);
      tokens.push({ kind, from: at, to: at + piece.length, text: piece, ...(open && { open }) });
      at += piece.length;
      break;
    }
  }
  return tokens;
}
