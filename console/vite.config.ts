import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fileViewer } from "./build/file-viewer.ts";
import { kitTokens } from "./build/kit-tokens.ts";
import { precompress } from "./build/precompress.ts";

const server = process.env.RADIOGRAPH_URL ?? "http://127.0.0.1:2100";

export default defineConfig({
  plugins: [react(), kitTokens(), fileViewer(), precompress()],
  build: {
    target: "es2022",
    // The policy has no data: for fonts or scripts, and a file of its own caches better than an inlined one.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700, // the kit is one large chunk; .ci holds the real budget, compressed
    modulePreload: { polyfill: false },
  },
  // In development the pages come from Vite and every POST from a running server.
  server: { proxy: { "^/[A-Z][A-Za-z]+$": server } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
