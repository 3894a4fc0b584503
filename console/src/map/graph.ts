import type { Edge, HistogramEntry, Service } from "../api/types.gen";
import { healthOf, type Status, type Tally, tallyOf, total } from "../state/status";

export interface MapNode {
  key: string; // the same service has the same key in every answer; ReferenceIds do not last
  name: string;
  type: string;
  account: string; // only where another account has a service of this name and type
  client: boolean;
  root: boolean;
  tally: Tally;
  requests: number;
  average: number | null; // seconds
  health: Status;
  histogram: readonly HistogramEntry[];
}
export interface MapEdge {
  key: string;
  from: string;
  to: string;
  link: boolean; // asynchronous: joined by a message, not by a call
  tally: Tally;
  requests: number;
  average: number | null;
  health: Status;
  histogram: readonly HistogramEntry[];
  ages: readonly HistogramEntry[];
}
export interface MapGraph {
  nodes: MapNode[];
  edges: MapEdge[];
}

export function buildGraph(services: readonly Service[]): MapGraph {
  const keys = new Map<number, string>();
  const nodes: MapNode[] = [];
  const edges: MapEdge[] = [];
  for (const service of services) {
    const type = service.Type ?? "";
    const key = [service.Name ?? "", type, service.AccountId ?? ""].join("|");
    if (service.ReferenceId != null) keys.set(service.ReferenceId, key);
    const client = type.toLowerCase() === "client";
    nodes.push({
      key, name: service.Name ?? "", type, account: service.AccountId ?? "", client, root: service.Root === true,
      histogram: service.ResponseTimeHistogram ?? [],
      ...figures(service.SummaryStatistics),
    });
  }
  services.forEach((service, i) => {
    for (const edge of service.Edges ?? []) {
      const to = edge.ReferenceId == null ? undefined : keys.get(edge.ReferenceId);
      if (to !== undefined) edges.push(edgeBetween(nodes[i]!.key, to, edge));
    }
  });
  lendToClients(nodes, edges);
  forgetAccounts(nodes);
  return { nodes, edges };
}

function edgeBetween(from: string, to: string, edge: Edge): MapEdge {
  return {
    key: edge.EdgeType === "link" ? `${from}⇢${to}` : `${from}→${to}`, from, to, link: edge.EdgeType === "link",
    histogram: edge.ResponseTimeHistogram ?? [],
    ages: edge.ReceivedEventAgeHistogram ?? [],
    ...figures(edge.SummaryStatistics),
  };
}

function figures(statistics: Parameters<typeof tallyOf>[0] & { TotalCount?: number; TotalResponseTime?: number } | undefined) {
  const tally = tallyOf(statistics);
  const requests = statistics?.TotalCount ?? total(tally);
  const average = requests > 0 && statistics?.TotalResponseTime != null ? statistics.TotalResponseTime / requests : null;
  return { tally, requests, average, health: healthOf(tally) };
}

/** A node's name, with its account where that is what tells it from another. */
export const nameOf = (node: Pick<MapNode, "name" | "account">): string => (node.account ? `${node.name} · ${node.account}` : node.name);

/** A name and a type tell most nodes apart: only of the others it matters whose they are. */
function forgetAccounts(nodes: MapNode[]): void {
  const owners = new Map<string, number>();
  const named = (node: MapNode) => `${node.name}|${node.type}`;
  for (const node of nodes) owners.set(named(node), (owners.get(named(node)) ?? 0) + 1);
  for (const node of nodes) if (owners.get(named(node)) === 1) node.account = "";
}

/** A client has no statistics of its own: what its calls saw is what it has to tell. */
function lendToClients(nodes: MapNode[], edges: readonly MapEdge[]): void {
  for (const node of nodes) {
    if (!node.client || node.requests > 0) continue;
    const calls = edges.filter((edge) => edge.from === node.key);
    node.requests = calls.reduce((sum, edge) => sum + edge.requests, 0);
    const seconds = calls.reduce((sum, edge) => sum + (edge.average ?? 0) * edge.requests, 0);
    node.average = node.requests > 0 ? seconds / node.requests : null;
    node.health = "unknown";
  }
}
