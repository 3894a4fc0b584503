/** A text as the language quotes it. */
export function quote(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&")}"`;
}

/** The text that a string, quoted or still being typed, stands for. */
export function unquote(literal: string): string {
  return literal.replace(/^["']/, "").replace(/["']$/, "").replace(/\\(.)/gs, "$1");
}

/** An annotation as the language names it: with a dot when its key is a plain word, else in brackets. */
export function annotation(key: string): string {
  return /^[\p{L}\p{N}_]+$/u.test(key) ? `annotation.${key}` : `annotation[${quote(key)}]`;
}
