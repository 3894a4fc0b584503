/** A piece of a policy's text. */
export interface Token {
  kind: "key" | "string" | "value" | "mark";
  from: number;
  to: number;
  /** Where it is, as the server names places: `Statement[0].Action[2]`; of a key, where its object is. */
  at: string;
  /** A string that the text ends in. */
  open: boolean;
}

export interface Scanned {
  tokens: Token[];
  /** From a place to the range of its value, and of the key before it. */
  places: Map<string, { value: [number, number]; key: [number, number] | null }>;
}

interface Level {
  kind: "{" | "[";
  at: string;
  index: number;
  key: string | null;
  keyRange: [number, number] | null;
}

const PIECES = /"(?:[^"\\\n]|\\.)*("?)|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** The pieces of a text that is JSON or is about to be, each with its place; it stops at nothing. */
export function scan(text: string): Scanned {
  const tokens: Token[] = [];
  const places: Scanned["places"] = new Map();
  const levels: Level[] = [];
  const here = (): string => {
    const level = levels.at(-1);
    if (!level) return "";
    if (level.kind === "[") return `${level.at}[${level.index}]`;
    return level.at ? `${level.at}.${level.key ?? ""}` : (level.key ?? "");
  };
  const place = (from: number, to: number) => {
    if (!places.has(here())) places.set(here(), { value: [from, to], key: levels.at(-1)?.keyRange ?? null });
  };
  for (const match of text.matchAll(PIECES)) {
    const [piece, closed] = match;
    const [from, to] = [match.index, match.index + piece.length];
    const level = levels.at(-1);
    const open = piece.startsWith('"') && (closed === "" || piece.length === 1);
    if (piece === "{" || piece === "[") {
      place(from, to);
      tokens.push({ kind: "mark", from, to, at: here(), open: false });
      levels.push({ kind: piece, at: here(), index: 0, key: null, keyRange: null });
    } else if (piece === "}" || piece === "]") {
      levels.pop();
      tokens.push({ kind: "mark", from, to, at: here(), open: false });
    } else if (piece === ",") {
      if (level?.kind === "[") level.index += 1;
      if (level) [level.key, level.keyRange] = [null, null];
      tokens.push({ kind: "mark", from, to, at: here(), open: false });
    } else if (piece === ":") {
      tokens.push({ kind: "mark", from, to, at: here(), open: false });
    } else if (piece.startsWith('"') && level?.kind === "{" && level.key === null) {
      tokens.push({ kind: "key", from, to, at: level.at, open });
      [level.key, level.keyRange] = [unquoted(piece), [from, to]];
    } else {
      place(from, to);
      tokens.push({ kind: piece.startsWith('"') ? "string" : "value", from, to, at: here(), open });
    }
  }
  return { tokens, places };
}

function unquoted(piece: string): string {
  try {
    return String(JSON.parse(piece));
  } catch {
    return piece.replaceAll('"', "");
  }
}
