import type { Span } from "./tree";

/** A row of siblings is meant when one of them is. */
export function isDimmed(span: Span, matched: ReadonlySet<string> | null): boolean {
  return matched !== null && !(span.members ?? [span]).some((each) => matched.has(each.key));
}
