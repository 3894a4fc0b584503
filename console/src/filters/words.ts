import { CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS } from "./vocabulary.gen";

export type Scope = (typeof KEYWORDS)[number]["scopes"][number];
export type Type = (typeof KEYWORDS)[number]["type"];
/** Every word the server knows: a translation of their sentences has to name each of them. */
export type WordName = (typeof KEYWORDS | typeof OPERATORS | typeof CONNECTIVES | typeof FUNCTIONS)[number]["name"];
/** What each word means, in a language other than the server's. */
export type Sentences = Record<WordName, string>;

/** A word that can begin a clause; keywords have a type, functions may have braces. */
export interface Operand {
  name: WordName;
  sentence: string;
  scopes: readonly Scope[];
  type?: Type;
  form?: string;
  block?: Scope | null;
}

export const OPERANDS: readonly Operand[] = [...KEYWORDS, ...FUNCTIONS];
export const COMPARISONS: readonly { name: WordName; sentence: string; types: readonly Type[] }[] = OPERATORS;
export const JOINTS: readonly { name: WordName; sentence: string }[] = CONNECTIVES;

const byName = new Map<string, Operand>(OPERANDS.map((word) => [word.name, word]));
const joints = new Set<string>(CONNECTIVES.map((word) => word.name));
const comparisons = new Set<string>(OPERATORS.map((word) => word.name));

/** The keyword or function of this name, in whatever case; what leads along a path is its first part. */
export function operandOf(text: string): Operand | undefined {
  const name = text.toLowerCase();
  return byName.get(name) ?? byName.get(/^(annotation|metadata|attribute)\b/.exec(name)?.[0] ?? "");
}
export function isJoint(text: string): boolean {
  return joints.has(text.toUpperCase());
}
export function isComparison(text: string): boolean {
  return comparisons.has(text.toUpperCase());
}

const english = new Map<WordName, string>([...OPERATORS, ...CONNECTIVES, ...KEYWORDS, ...FUNCTIONS].map(({ name, sentence }) => [name, sentence]));

/** What a word means, as the server says it. */
export function sentenceOf(name: WordName): string {
  return english.get(name)!;
}
