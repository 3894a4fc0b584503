import { tokenise } from "./tokens";

/** The parts of an expression that stand side by side at its top, joined by AND; a top-level OR makes it one part. */
export function clausesOf(expression: string): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (const { kind, text, from: start, to } of tokenise(expression)) {
    if (/^[({[]$/.test(text)) depth += 1;
    else if (/^[)}\]]$/.test(text)) depth -= 1;
    else if (kind === "joint" && depth === 0) {
      if (/^or$/i.test(text)) return [expression.trim()];
      if (!/^and$/i.test(text)) continue;
      parts.push(expression.slice(from, start).trim());
      from = to;
    }
  }
  parts.push(expression.slice(from).trim());
  return parts.filter(Boolean);
}

/** One expression that asks for all of them; one that is an alternative is put in parentheses. */
export function join(clauses: readonly string[]): string {
  if (clauses.length < 2) return clauses.join("");
  return clauses.map((clause) => (isAlternative(clause) ? `(${clause})` : clause)).join(" AND ");
}

/** The expression with a further clause; a clause it has already, and the opposite of the new one, are not kept twice. */
export function withClause(expression: string, clause: string): string {
  const others = clausesOf(expression).filter((each) => each !== clause && each !== opposite(clause));
  return join([...others, clause]);
}

export function withoutClause(expression: string, clause: string): string {
  return join(clausesOf(expression).filter((each) => each !== clause));
}

/** What is true exactly when the clause is not. */
export function opposite(clause: string): string {
  if (clause.startsWith("!")) return clause.slice(1).replace(/^\((.*)\)$/s, "$1");
  return tokenise(clause).some((token) => token.kind === "comparison" && !/[{(]/.test(clause.slice(0, token.from))) ? `!(${clause})` : `!${clause}`;
}

function isAlternative(clause: string): boolean {
  let depth = 0;
  return tokenise(clause).some(({ kind, text }) => {
    if (/^[({[]$/.test(text)) depth += 1;
    else if (/^[)}\]]$/.test(text)) depth -= 1;
    return depth === 0 && kind === "joint" && /^or$/i.test(text);
  });
}
