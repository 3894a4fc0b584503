import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/**
 * A sheet in which properties that are always there are not followed by what to take when they are not.
 *
 * The kit's sheets carry the value of every token beside its name, for pages without its theme: a tenth of their size.
 */
export function withoutFallbacks(sheet: string, isDefined: (property: string) => boolean): string {
  let made = "";
  let from = 0;
  for (const match of sheet.matchAll(/var\((--[\w-]+),/g)) {
    if (match.index < from || !isDefined(match[1]!)) continue;
    let at = match.index + match[0].length;
    for (let depth = 1; depth > 0 && at < sheet.length; at++) depth += sheet[at] === "(" ? 1 : sheet[at] === ")" ? -1 : 0;
    made += `${sheet.slice(from, match.index)}var(${match[1]})`;
    from = at;
  }
  return made + sheet.slice(from);
}

/**
 * Lets our sheets write `--kit-color-text-body-default` for Cloudscape's `--color-text-body-default-3gyh7w`.
 *
 * The kit hashes the names of its custom properties, and the hashes change between releases. They are read here from the
 * stylesheet of the very version that is bundled, so an upgrade that drops a token fails the build instead of the looks.
 */
export function kitTokens(): Plugin {
  const require = createRequire(import.meta.url);
  // The package exports its components, not this sheet, which lies at a fixed place beside them.
  const path = join(dirname(require.resolve("@cloudscape-design/components/button")), "../internal/base-theme/styles.scoped.css");
  const hashed = new Map<string, string>();
  const defined = new Set<string>();
  for (const match of readFileSync(path, "utf8").matchAll(/--([a-z0-9-]+)-([a-z0-9]{6})\s*:/g)) {
    hashed.set(match[1]!, `--${match[1]}-${match[2]}`);
    defined.add(`--${match[1]}-${match[2]}`);
  }
  return {
    name: "radiograph-kit-tokens",
    enforce: "pre",
    transform(code, id) {
      if (id.endsWith(".css") && id.includes("@cloudscape-design")) return withoutFallbacks(code, (property) => defined.has(property));
      if (!id.endsWith("/kit.css")) return null;
      return code.replace(/--kit-([a-z0-9-]+)/g, (_, name: string) => {
        const property = hashed.get(name);
        if (!property) throw new Error(`kit.css names the token ${name}, which this version of Cloudscape does not have`);
        return property;
      });
    },
  };
}
