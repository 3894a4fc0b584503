import Table from "@cloudscape-design/components/table";
import { useMemo, useState } from "react";
import { useLanguage } from "../../i18n";
import type { MapGraph, MapNode } from "../../map/graph";
import { StatusMark } from "../../shell/StatusMark";
import { STATUSES } from "../../state/status";

const GRAVITY = ["fault", "throttle", "error", "ok", "pending", "unknown"];

/** The map as a table: the same services, the same figures. */
export function MapTable({ graph, minutes, onSelect }: { graph: MapGraph; minutes: number; onSelect: (key: string) => void }) {
  const { say, format } = useLanguage();
  const [sorting, setSorting] = useState({ column: "health", descending: false });
  const columns = useMemo(() => {
    const numeric = (content: React.ReactNode) => <div className="number">{content}</div>;
    const callees = (node: MapNode) => graph.edges.filter((edge) => edge.from === node.key).length;
    return [
      {
        id: "name", header: say("map.name"), isRowHeader: true,
        cell: (node: MapNode) => (
          <button type="button" className="map-name" onClick={() => onSelect(node.key)}>
            {node.client ? `${say("map.client")} (${node.name})` : node.name}
          </button>
        ),
        compare: (a: MapNode, b: MapNode) => a.name.localeCompare(b.name),
      },
      { id: "type", header: say("map.type"), cell: (node: MapNode) => node.type || "–", compare: (a: MapNode, b: MapNode) => a.type.localeCompare(b.type) },
      {
        id: "health", header: say("traces.status"), cell: (node: MapNode) => <StatusMark status={node.health} />,
        compare: (a: MapNode, b: MapNode) => GRAVITY.indexOf(a.health) - GRAVITY.indexOf(b.health) || b.requests - a.requests,
      },
      { id: "requests", header: numeric(say("map.requests")), cell: (node: MapNode) => numeric(format.number(node.requests)), compare: (a: MapNode, b: MapNode) => a.requests - b.requests },
      { id: "rate", header: numeric(say("map.rate")), cell: (node: MapNode) => numeric(say("map.perMinute", format.compact(node.requests / minutes))) },
      ...STATUSES.filter((status) => status !== "ok").map((status) => ({
        id: status, header: numeric(say(`status.${status}`)), cell: (node: MapNode) => numeric(format.number(node.tally[status])),
        compare: (a: MapNode, b: MapNode) => a.tally[status] - b.tally[status],
      })),
      { id: "average", header: numeric(say("map.average")), cell: (node: MapNode) => numeric(node.average === null ? "–" : format.duration(node.average)), compare: (a: MapNode, b: MapNode) => (a.average ?? 0) - (b.average ?? 0) },
      { id: "calls", header: numeric(say("map.calls")), cell: (node: MapNode) => numeric(format.number(callees(node))), compare: (a: MapNode, b: MapNode) => callees(a) - callees(b) },
    ].map(({ compare, ...column }: any) => ({ ...column, sortingComparator: compare }));
  }, [graph, minutes, say, format, onSelect]);
  const column = columns.find((each) => each.id === sorting.column);
  const rows = [...graph.nodes].sort(column.sortingComparator);
  if (sorting.descending) rows.reverse();
  return (
    <div className="map-table">
      <Table
        variant="container"
        contentDensity="compact"
        columnDefinitions={columns}
        items={rows}
        trackBy="key"
        sortingColumn={column}
        sortingDescending={sorting.descending}
        onSortingChange={({ detail }) => {
          const id = columns.find((each) => each.sortingComparator === detail.sortingColumn.sortingComparator)?.id;
          if (id) setSorting({ column: id, descending: detail.isDescending ?? false });
        }}
        ariaLabels={{ tableLabel: say("map.services") }}
      />
    </div>
  );
}
