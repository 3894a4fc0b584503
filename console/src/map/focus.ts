import { isProblem } from "../state/status";
import type { MapGraph, MapNode } from "./graph";

export const READABLE = 150; // nodes; a map of more is a poster
const BUSIEST = 25;

export interface Focus {
  graph: MapGraph;
  why: "all" | "one" | "problems" | "busiest";
}

/**
 * What of the graph is drawn: all of it, one node and those next to it, or, when it is too large to be read, the nodes with
 * problems (else the busiest) and those next to them. `asked` is the key of a node, `all`, or blank.
 */
export function focusOf(graph: MapGraph, asked: string): Focus {
  const one = graph.nodes.find((node) => node.key === asked);
  if (one) return { graph: around(graph, [one]), why: "one" };
  if (asked === "all" || graph.nodes.length <= READABLE) return { graph, why: "all" };
  const grave = graph.nodes.filter((node) => isProblem(node.health)).sort((a, b) => b.tally.fault + b.tally.error - a.tally.fault - a.tally.error);
  if (grave.length > 0) return { graph: around(graph, grave.slice(0, READABLE / 3)), why: "problems" };
  const busy = [...graph.nodes].sort((a, b) => b.requests - a.requests || (a.key < b.key ? -1 : 1));
  return { graph: around(graph, busy.slice(0, BUSIEST)), why: "busiest" };
}

/** The nodes and those next to them, with every edge between any two of all these. */
export function around({ nodes, edges }: MapGraph, centres: readonly MapNode[]): MapGraph {
  const wanted = new Set(centres.map((node) => node.key));
  const kept = new Set(wanted);
  for (const { from, to } of edges) {
    if (wanted.has(from)) kept.add(to);
    if (wanted.has(to)) kept.add(from);
  }
  return { nodes: nodes.filter((node) => kept.has(node.key)), edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)) };
}
