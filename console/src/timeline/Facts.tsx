/** Names and values in two columns; a null value leaves its row out. Values are text, never markup and never links:
 *  they came from whoever could send a segment. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: string | null, look?: "mono"])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value, look], i) =>
        value === null ? null : (
          <div key={i}>
            <dt>{name}</dt>
            <dd className={look}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Members of an object as rows; nested objects become dotted names. */
export function flatten(value: unknown, prefix = "", depth = 0): [string, string][] {
  if (value === null || typeof value !== "object" || depth > 4) return [[prefix, text(value)]];
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== "object")) return [[prefix, value.map(text).join(", ")]];
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, prefix ? `${prefix}.${name}` : name, depth + 1));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
