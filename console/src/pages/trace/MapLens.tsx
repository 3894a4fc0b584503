import { useMemo } from "react";
import type { Service } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { buildGraph, type MapGraph, type MapNode } from "../../map/graph";
import { MapCanvas } from "../../map/MapCanvas";
import { Waiting } from "../../shell/Waiting";
import type { Span, TraceTree } from "../../timeline/tree";

interface Props {
  services: readonly Service[] | null;
  tree: TraceTree;
  selected: Span | null;
  onSelect: (span: Span) => void;
}

/** The services of this trace alone; a click on one selects the longest span of it. */
export function MapLens({ services, tree, selected, onSelect }: Props) {
  const { say } = useLanguage();
  const graph = useMemo(() => buildGraph(services ?? []), [services]);
  if (!services) return <Waiting label={say("tracemap.loading")} />;
  if (graph.nodes.length === 0) return <p className="blank">{say("tracemap.none")}</p>;
  return (
    <MapCanvas
      graph={graph}
      minutes={null}
      selected={selected ? nodeOf(selected, graph) : null}
      onSelect={(key) => {
        const span = key === null ? null : longestOf(graph, key, tree);
        if (span) onSelect(span);
      }}
    />
  );
}

/** The node of the service a span belongs to, or of what it calls when that has a node of its own. */
export function nodeOf(span: Span, graph: MapGraph): string | null {
  const named = (name: string) => graph.nodes.find((node) => !node.client && node.name === name)?.key;
  return named(span.name) ?? named(span.service) ?? null;
}

function longestOf(graph: MapGraph, key: string, tree: TraceTree): Span | null {
  const edge = graph.edges.find((each) => each.key === key);
  const node: MapNode | undefined = graph.nodes.find((each) => each.key === (edge ? edge.to : key));
  if (!node) return null;
  const caller = edge && graph.nodes.find((each) => each.key === edge.from);
  const own = tree.spans.filter((span) => (node.client ? span.parent === null : span.name === node.name) && (!caller || caller.client || span.parent?.service === caller.name || span.parent?.parent?.service === caller.name));
  return own.reduce<Span | null>((most, span) => (most && most.end - most.start >= span.end - span.start ? most : span), null);
}
