import { useMemo } from "react";
import { Link } from "wouter";
import type { InsightImpactGraphService, ServiceId } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { layOut } from "../../map/layout";
import { StatusShape } from "../../shell/StatusMark";
import { linkToService } from "../services/links";

const MARGIN_X = 90;
const MARGIN_Y = 40;
const RADIUS = 16;
const LONGEST = 24;

interface Props {
  services: readonly InsightImpactGraphService[];
  cause: ServiceId;
  anomalous: readonly ServiceId[];
}

/** Which services an insight reaches: drawn, and said again as a list. */
export function Impact({ services, cause, anomalous }: Props) {
  const { say } = useLanguage();
  const graph = useMemo(() => {
    const nodes = services.map((service) => ({ key: String(service.ReferenceId), service }));
    const edges = services.flatMap((service) => (service.Edges ?? []).map((edge) => ({ from: String(service.ReferenceId), to: String(edge.ReferenceId) })));
    return { nodes, edges: edges.filter((edge) => nodes.some((node) => node.key === edge.to)), layout: layOut({ nodes, edges }, 2.2) };
  }, [services]);
  const same = (service: InsightImpactGraphService, id: ServiceId) => service.Name === id.Name && (!id.Type || !service.Type || service.Type === id.Type);
  const statusOf = (service: InsightImpactGraphService) =>
    same(service, cause) ? "fault" : anomalous.some((each) => same(service, each)) ? "error" : "unknown";
  if (services.length === 0) return <p className="secondary">{say("insights.graphNone")}</p>;
  const { layout, nodes, edges } = graph;
  const at = (key: string) => layout.places.get(key)!;
  const named = (name: string) => (name.length > LONGEST ? `${name.slice(0, 11)}…${name.slice(-12)}` : name);
  return (
    <>
      <svg
        className="insight-graph"
        viewBox={`${-MARGIN_X} ${-MARGIN_Y} ${layout.width + MARGIN_X * 2} ${layout.height + MARGIN_Y * 2 + 20}`}
        role="img"
        aria-label={say("insights.graph")}
      >
        {edges.map(({ from, to }) => {
          const [a, b] = [at(from), at(to)];
          const away = Math.hypot(b.x - a.x, b.y - a.y) || 1;
          const [dx, dy] = [((b.x - a.x) / away) * (RADIUS + 3), ((b.y - a.y) / away) * (RADIUS + 3)];
          return <line key={`${from} ${to}`} x1={a.x + dx} y1={a.y + dy} x2={b.x - dx} y2={b.y - dy} />;
        })}
        {nodes.map(({ key, service }) => (
          <g key={key} transform={`translate(${at(key).x} ${at(key).y})`} data-status={statusOf(service)}>
            {statusOf(service) === "fault" ? <rect x={-RADIUS} y={-RADIUS} width={RADIUS * 2} height={RADIUS * 2} rx="3" /> : <circle r={RADIUS} />}
            <text y={RADIUS + 16}>{named(service.Name)}</text>
          </g>
        ))}
      </svg>
      <ul className="insight-list">
        {nodes.map(({ key, service }) => {
          const callees = edges.filter((edge) => edge.from === key).map((edge) => nodes.find((node) => node.key === edge.to)!.service.Name);
          return (
            <li key={key}>
              <StatusShape status={statusOf(service)} />
              {service.Type === "client" ? service.Name : <Link href={linkToService(service.Name, service.Type)}>{service.Name}</Link>}
              <span className="secondary">{service.Type}</span>
              {statusOf(service) === "fault" && <b>{say("insights.cause")}</b>}
              {callees.length > 0 && <span className="secondary">{say("insights.calls")} {callees.join(", ")}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
