import { contextOf } from "./context";
import { unquote } from "./literals";
import type { Observed } from "./observed";
import { tokenise } from "./tokens";
import { COMPARISONS, JOINTS, OPERANDS, type Operand, type Scope, type Type, type WordName } from "./words";

/** One way to go on. `caret` counts from the start of `insert`; where it is inside, there is something to fill in. */
export interface Option {
  label: string;
  insert: string;
  caret: number;
  /** Whose sentence explains it; a value explains itself. */
  word: WordName | null;
}
/** What may stand at the caret, in place of the stretch from `from` to `to`. */
export interface Completion {
  from: number;
  to: number;
  typed: string;
  options: Option[];
}

const MOST = 60;
const BOOLEANS = ["true", "false"];
const METHODS = ['"GET"', '"POST"', '"PUT"', '"DELETE"', '"PATCH"'];

/** What the language accepts at the caret, and what of it was observed; words that begin as typed come first. */
export function complete(text: string, caret: number, observed: Observed): Completion {
  const { from, to } = stretchAt(text, caret);
  const typed = text.slice(from, caret);
  const options = optionsFor(text.slice(0, from), typed, observed);
  const apart = /[\s({!]$|^$/.test(text.slice(0, from)) ? (option: Option) => option : spaced;
  return { from, to, typed, options: matching(options, typed).slice(0, MOST).map(apart) };
}

/** Words that join stand apart from what is before them. */
function spaced(option: Option): Option {
  return option.insert.endsWith(" ") ? { ...option, insert: ` ${option.insert}`, caret: option.caret + 1 } : option;
}

/** The word or string the caret is in or behind. */
function stretchAt(text: string, caret: number): { from: number; to: number } {
  const token = tokenise(text).find((each) => each.from < caret && (caret < each.to || (caret === each.to && each.open)));
  if (token?.kind === "string") return { from: token.from, to: token.to };
  const behind = /annotation\[[^\]]*$|[\p{L}\p{N}_.-]+$/iu.exec(text.slice(0, caret))?.[0] ?? "";
  const ahead = /^[\p{L}\p{N}_.-]*/u.exec(text.slice(caret))?.[0] ?? "";
  return { from: caret - behind.length, to: caret + ahead.length };
}

function optionsFor(before: string, typed: string, observed: Observed): Option[] {
  const context = contextOf(before);
  switch (context.expects) {
    case "operand":
      return operands(context.scope, typed, observed);
    case "comparison":
      return [...(context.type === "boolean" ? joints(false) : []), ...comparisons(context.type), ...(context.type === "boolean" ? [] : joints(false))];
    case "joint":
      return joints(context.afterService);
    case "value":
      return literals(context.subject, context.type, observed);
    case "identity":
      return ["name", "type", "account.id"].map((part) => template(`${part}: ""`, -1, "id"));
    case "nothing":
      return [];
  }
}

function operands(scope: Scope, typed: string, observed: Observed): Option[] {
  const words = OPERANDS.filter((word) => word.scopes.includes(scope)).map(operandOption);
  const not: Option = { label: "NOT", insert: "NOT ", caret: 4, word: "NOT" };
  if (scope !== "trace") return [...words, not];
  // Keys join in once asked for: there can be more of them than words.
  const keys = typed.length < 2 ? [] : observed.annotations.map((name) => ({ label: name, insert: `${name} `, caret: name.length + 1, word: "annotation" as const }));
  return [...words, not, ...keys];
}

const TEMPLATES: Record<string, [insert: string, back: number]> = {
  service: ['service("")', -2],
  edge: ['edge("", "")', -6],
  annotation: ["annotation.", 0],
  metadata: ["metadata.", 0],
  attribute: ["attribute.", 0],
};

function operandOption(word: Operand): Option {
  const [insert, back] = TEMPLATES[word.name] ?? (word.block ? [`${word.name} {  }`, -2] : word.form?.includes("#[") ? [`${word.name} = #[{}]`, -2] : [`${word.name} `, 0]);
  return { ...template(insert, back, word.name), label: word.name };
}
function template(insert: string, back: number, word: WordName): Option {
  return { label: insert, insert, caret: insert.length + back, word };
}

function comparisons(type: Type | null): Option[] {
  return COMPARISONS.filter((each) => type === null || each.types.includes(type)).map(({ name }) => ({ label: name, insert: `${name} `, caret: name.length + 1, word: name }));
}

function joints(afterService: boolean): Option[] {
  const arrows = afterService ? JOINTS.filter(({ name }) => name === "->" || name === "=>") : [];
  const words = JOINTS.filter(({ name }) => name === "AND" || name === "OR");
  return [...words, ...arrows].map(({ name }) => ({ label: name, insert: `${name} `, caret: name.length + 1, word: name }));
}

function literals(subject: string, type: Type | null, observed: Observed): Option[] {
  const seen = observed.values.get(subject) ?? [];
  const usual = type === "boolean" ? BOOLEANS : subject === "http.method" ? METHODS : [];
  return [...new Set([...seen, ...usual])].map((literal) => ({ label: literal, insert: literal, caret: literal.length, word: null }));
}

function matching(options: readonly Option[], typed: string): Option[] {
  const wanted = unquote(typed).toLowerCase();
  if (!wanted) return [...options];
  const rank = ({ label }: Option) => {
    const at = unquote(label).toLowerCase().indexOf(wanted);
    return at < 0 ? 2 : at === 0 ? 0 : 1;
  };
  const fit = options.filter((option) => rank(option) < 2 && option.insert.trimEnd() !== typed);
  return fit.sort((a, b) => rank(a) - rank(b)); // stable: the vocabulary's own order within a rank
}
