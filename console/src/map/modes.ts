import { total } from "../state/status";
import type { MapGraph, MapNode } from "./graph";

export const MODES = ["health", "latency", "traffic", "change"] as const;
export type Mode = (typeof MODES)[number];

/** How a node is drawn in another mode than health: how large, how thick its ring, and in which colour. */
export interface Look {
  size: number; // of the usual radius
  weight: number; // 0 … 1
  ink: "accent" | "fault" | "ok" | "line-strong";
}

/** What became of a node since the period before. */
export type Change =
  | { kind: "new" | "gone" | "same" }
  | { kind: "moved"; latency: number | null; faults: number }; // latency as a ratio minus one, faults in points of share

const NOTICEABLE = { latency: 0.2, faults: 0.01, requests: 5 };

export function changeOf(node: MapNode, before: MapNode | undefined): Change {
  if (node.requests === 0 && before && before.requests > 0) return { kind: "gone" };
  if (!before || before.requests === 0) return node.requests > 0 ? { kind: "new" } : { kind: "same" };
  const share = (each: MapNode) => (total(each.tally) > 0 ? each.tally.fault / total(each.tally) : 0);
  const faults = share(node) - share(before);
  const ratio = node.average !== null && before.average ? node.average / before.average - 1 : null;
  const enough = Math.min(node.requests, before.requests) >= NOTICEABLE.requests; // two requests prove nothing
  const latency = ratio !== null && enough && Math.abs(ratio) >= NOTICEABLE.latency ? ratio : null;
  return latency === null && Math.abs(faults) < NOTICEABLE.faults ? { kind: "same" } : { kind: "moved", latency, faults };
}

/** The look of every node by its key; none in the mode of health, whose rings tell the share of each status. */
export function looksOf(mode: Mode, graph: MapGraph, changes: ReadonlyMap<string, Change>): ReadonlyMap<string, Look> | null {
  if (mode === "health") return null;
  const most = (of: (node: MapNode) => number) => graph.nodes.reduce((largest, node) => Math.max(largest, of(node)), 0) || 1;
  const [slowest, busiest] = [most((node) => node.average ?? 0), most((node) => node.requests)];
  const look = (node: MapNode): Look => {
    if (mode === "latency") {
      // By decades: between 1 ms and 10 ms lies as much as between 1 s and 10 s.
      const weight = node.average ? Math.max(0, 1 + Math.log10(node.average / slowest) / 3) : 0;
      return { size: 1, weight, ink: "accent" };
    }
    if (mode === "traffic") return { size: 0.72 + 0.5 * Math.sqrt(node.requests / busiest), weight: 0.15, ink: "accent" };
    const change = changes.get(node.key) ?? { kind: "same" };
    if (change.kind === "new") return { size: 1, weight: 0.4, ink: "accent" };
    if (change.kind !== "moved") return { size: 1, weight: 0.05, ink: "line-strong" };
    const worse = change.faults >= NOTICEABLE.faults || (change.faults > -NOTICEABLE.faults && (change.latency ?? 0) > 0);
    return { size: 1, weight: Math.min(1, 0.3 + Math.abs(change.latency ?? 0) / 2 + Math.abs(change.faults) * 4), ink: worse ? "fault" : "ok" };
  };
  return new Map(graph.nodes.map((node) => [node.key, look(node)]));
}

/** The nodes and edges of one graph with the figures of another: what was not seen in that has none. */
export function withFigures(whole: MapGraph, part: MapGraph): MapGraph {
  const nodes = new Map(part.nodes.map((node) => [node.key, node]));
  const edges = new Map(part.edges.map((edge) => [edge.key, edge]));
  const none = { tally: { fault: 0, throttle: 0, error: 0, ok: 0 }, requests: 0, average: null, health: "unknown" as const, histogram: [] };
  return {
    nodes: whole.nodes.map((node) => nodes.get(node.key) ?? { ...node, ...none }),
    edges: whole.edges.map((edge) => edges.get(edge.key) ?? { ...edge, ...none, ages: [] }),
  };
}
