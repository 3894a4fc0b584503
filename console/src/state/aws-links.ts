import { traceIdIn } from "./trace-id";

const PAGES: Record<string, string> = { insights: "/insights", "getting-started": "/start", "service-map": "/map", map: "/map", traces: "/traces", groups: "/groups", "config/groups": "/groups", "config/sampling": "/sampling", sampling: "/sampling" };
const KEPT = ["filter", "timeRange"];

/** The page that an address of AWS's X-Ray or CloudWatch console leads to here, or null for an address of our own. */
export function fromAws(pathname: string, hash: string): string | null {
  if (!/^\/(xray|cloudwatch)\/home\/?$/.test(pathname)) return null;
  const [where = "", search = ""] = hash.replace(/^#(xray:|\/)?/, "").split("?");
  const trace = traceIdIn(/^traces\/([^/]+)/.exec(where)?.[1] ?? "");
  const page = trace ? `/traces/${trace}` : (PAGES[where.replace(/\/(query|map)?$/, "")] ?? "/");
  const asked = new URLSearchParams(search);
  const kept = new URLSearchParams(KEPT.flatMap((name) => (asked.get(name) ? [[name, asked.get(name)!]] : [])));
  return kept.size > 0 && !trace ? `${page}?${kept}` : page;
}
