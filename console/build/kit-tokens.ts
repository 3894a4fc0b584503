import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

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
  for (const match of readFileSync(path, "utf8").matchAll(/--([a-z0-9-]+)-([a-z0-9]{6})\s*:/g)) {
    hashed.set(match[1]!, `--${match[1]}-${match[2]}`);
  }
  return {
    name: "radiograph-kit-tokens",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/kit.css")) return null;
      return code.replace(/--kit-([a-z0-9-]+)/g, (_, name: string) => {
        const property = hashed.get(name);
        if (!property) throw new Error(`kit.css names the token ${name}, which this version of Cloudscape does not have`);
        return property;
      });
    },
  };
}
