const BREAKS = /\b(SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|OFFSET|(?:LEFT |RIGHT |FULL |INNER |OUTER |CROSS )*JOIN|UNION(?: ALL)?|INSERT INTO|VALUES|UPDATE|SET|DELETE FROM|RETURNING|ON CONFLICT|WITH)\b/gi;
const INDENTED = /\b(AND|OR)\b/gi;
const PIECES = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[^]*?\*\/|[^'"`\-/]+|[^]/g;

/** A query with a line for each of its clauses. Its words are never changed: only the spaces outside of quotes are. */
export function formatSql(query: string): string {
  const pieces = query.match(PIECES) ?? [];
  return pieces
    .map((piece) => {
      if (/^(['"`]|--|\/\*)/.test(piece)) return piece.startsWith("--") ? `${piece}\n` : piece;
      return piece.replace(/\s+/g, " ").replace(BREAKS, "\n$1").replace(INDENTED, "\n  $1");
    })
    .join("")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line.trim())
    .map((line) => (/^\s+(AND|OR)\b/i.test(line) ? `  ${line.trim()}` : line.trimStart()))
    .join("\n");
}
