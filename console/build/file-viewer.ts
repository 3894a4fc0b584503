import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { build, type Plugin } from "vite";

/** Stands in the page where the data of a file goes; src/file/compose.ts and cli/one_file.py put it there. */
const PLACE = "@@RADIOGRAPH-DATA@@";

/**
 * Makes `viewer.html`: the page of exported files, with its script and its style inside and no address of anything.
 *
 * Its own policy lets nothing but that script and that style run, and nothing be fetched, wherever the file is opened.
 */
export function fileViewer(): Plugin {
  let root = "";
  return {
    name: "radiograph-file-viewer",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async generateBundle() {
      const made = await build({
        configFile: false,
        root,
        logLevel: "warn",
        publicDir: false,
        plugins: [react()],
        build: {
          write: false,
          target: "es2022",
          cssCodeSplit: false,
          modulePreload: false,
          reportCompressedSize: false,
          rollupOptions: { input: `${root}/src/file/main.tsx`, output: { codeSplitting: false } },
        },
      });
      const { output } = (Array.isArray(made) ? made[0] : made) as { output: ({ type: "chunk"; code: string } | { type: "asset"; fileName: string; source: string | Uint8Array })[] };
      const chunks = output.filter((each) => each.type === "chunk");
      if (chunks.length !== 1) throw new Error(`viewer.html is made of one script; the build gave ${chunks.length}`);
      const style = output.flatMap((each) => (each.type === "asset" && each.fileName.endsWith(".css") ? [String(each.source)] : [])).join("\n");
      this.emitFile({ type: "asset", fileName: "viewer.html", source: pageOf(inert(chunks[0]!.code), style.replaceAll("</", "<\\/")) });
    },
  };
}

/** A script that cannot end its own element. */
function inert(script: string): string {
  return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

function pageOf(script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
    '<meta name="robots" content="noindex"><title>Radiograph</title>',
    '<link rel="icon" href="data:,">',
    `<style>${style}</style></head><body><div id="root"></div>`,
    `<script type="application/json" id="data">${PLACE}</script>`,
    `<script type="module">${script}</script></body></html>\n`,
  ].join("\n");
}
