import { fetched } from "./client";
import type { DemoRequest, DemoStatus, ServerFacts } from "./types.gen";

const DEMO = "/console/api/demo";

/** How the server runs: its region, its ports, its limits. */
export function readServer(signal?: AbortSignal): Promise<ServerFacts> {
  return fetched("server", "/console/api/server", { signal: signal ?? null });
}

export function readDemo(signal?: AbortSignal): Promise<DemoStatus> {
  return fetched("demo", DEMO, { signal: signal ?? null });
}

export function controlDemo(request: DemoRequest): Promise<DemoStatus> {
  return fetched("demo", DEMO, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) });
}
