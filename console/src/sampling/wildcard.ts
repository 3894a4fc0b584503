/** Whether a text matches a pattern of a rule: `*` is any characters, `?` exactly one; the whole text must match. */
export function matches(pattern: string, text: string, caseSensitive = false): boolean {
  const fold = caseSensitive ? (value: string) => [...value] : folded;
  const [wanted, given] = [fold(pattern), fold(text)];
  // Goes back to the last star only: what an earlier star could still take, the last one can take as well.
  let [p, t, star, after] = [0, 0, -1, 0];
  while (t < given.length) {
    if (wanted[p] === "*") [star, after, p] = [p, t, p + 1];
    else if (p < wanted.length && (wanted[p] === "?" || wanted[p] === given[t])) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, after, t] = [star + 1, after + 1, after + 1];
    else return false;
  }
  while (wanted[p] === "*") p += 1;
  return p === wanted.length;
}

/** Character by character: `?` is one, whatever becomes of it in lower case. */
function folded(text: string): string[] {
  return [...text].map((character) => {
    const low = character.toLowerCase();
    return [...low].length === 1 ? low : character;
  });
}
