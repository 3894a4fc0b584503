import { quote } from "../filters/literals";
import type { MapNode } from "./graph";

type Named = Pick<MapNode, "name" | "type" | "client"> & { account?: string };

/** The filter expression for a service, or for the calls between two; null where the language has no words for it. */
export function selectorOf(from: Named, to?: Named): string | null {
  if (to && !from.client) return `edge(${id(from)}, ${id(to)})`;
  const service = to ?? from; // what clients call is the entry service itself
  return service.client ? null : `service(${id(service)})`;
}

function id({ name, type, account }: Named): string {
  const parts = [`name: ${quote(name)}`, ...(type ? [`type: ${quote(type)}`] : []), ...(account ? [`account.id: ${quote(account)}`] : [])];
  return `id(${parts.join(", ")})`;
}
