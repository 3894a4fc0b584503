import { quote } from "../filters/literals";
import type { MapNode } from "./graph";

type Named = Pick<MapNode, "name" | "type" | "client">;

/** The filter expression for a service, or for the calls between two; null where the language has no words for it. */
export function selectorOf(from: Named, to?: Named): string | null {
  if (to && !from.client) return `edge(${id(from)}, ${id(to)})`;
  const service = to ?? from; // what clients call is the entry service itself
  return service.client ? null : `service(${id(service)})`;
}

function id({ name, type }: Named): string {
  return type ? `id(name: ${quote(name)}, type: ${quote(type)})` : `id(name: ${quote(name)})`;
}
