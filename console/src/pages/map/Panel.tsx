import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { type MapEdge, type MapGraph, type MapNode, nameOf } from "../../map/graph";
import { StatusMark, StatusShape } from "../../shell/StatusMark";
import { type Asked, linkTo } from "../../state/question";
import { selectorOf } from "../../map/selector";
import { STATUSES, total } from "../../state/status";
import { Distribution } from "./Distribution";
import { Traffic } from "./Traffic";

interface Props {
  graph: MapGraph;
  node: MapNode | undefined;
  edge: MapEdge | undefined;
  asked: Asked;
  minutes: number;
  onSelect: (key: string | null) => void;
  onFocus: (key: string) => void;
}

/** What is known of the selected service, or of the calls from one service to another. */
export function Panel({ graph, node, edge, asked, minutes, onSelect, onFocus }: Props) {
  const { say, format } = useLanguage();
  const chosen = (node ?? edge)!;
  const named = (key: string) => graph.nodes.find((each) => each.key === key)!;
  const spoken = (each: MapNode) => (each.client ? say("map.client") : nameOf(each));
  const title = node ? spoken(node) : say("map.edge", spoken(named(edge!.from)), spoken(named(edge!.to)));
  const selector = node ? selectorOf(node) : selectorOf(named(edge!.from), named(edge!.to));
  const all = total(chosen.tally);
  const list = (word: "map.calls" | "map.calledBy", keys: string[]) =>
    keys.length > 0 && (
      <section>
        <h3>{say(word)}</h3>
        <ul className="map-links">
          {keys.map((key) => (
            <li key={key}>
              <button type="button" className="map-name" onClick={() => onSelect(key)}>{spoken(named(key))}</button>
              <StatusShape status={named(key).health} />
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <aside className="map-panel" aria-label={title}>
      <header>
        <div>
          <h2>{title}</h2>
          <p className="secondary">{node ? node.type || "–" : edge!.link ? say("map.link") : null}</p>
        </div>
        <button type="button" className="tool" aria-label={say("map.close")} title={say("map.close")} onClick={() => onSelect(null)}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="m2 2 10 10M12 2 2 12" stroke="currentColor" strokeWidth="1.6" /></svg>
        </button>
      </header>
      <dl className="map-figures">
        <div><dt>{say("map.requests")}</dt><dd>{format.number(chosen.requests)}</dd></div>
        <div><dt>{say("map.rate")}</dt><dd>{say("map.perMinute", format.compact(chosen.requests / minutes))}</dd></div>
        <div><dt>{say("map.average")}</dt><dd>{chosen.average === null ? "–" : format.duration(chosen.average)}</dd></div>
      </dl>
      {all > 0 && (
        <table className="map-statuses">
          <tbody>
            {STATUSES.map((status) => (
              <tr key={status}>
                <th scope="row"><StatusMark status={status} /></th>
                <td>{format.number(chosen.tally[status])}</td>
                <td>{format.percent(chosen.tally[status] / all)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {node && <p><button type="button" className="tool" data-outlined onClick={() => onFocus(node.key)}>{say("map.focus")}</button></p>}
      {selector && (
        <p className="map-go">
          <Link href={linkTo("/traces", { filter: selector })}>{say("map.traces")}</Link>
          {chosen.tally.fault > 0 && <Link href={linkTo("/traces", { filter: `${selector} { fault }` })}>{say("map.faultTraces")}</Link>}
        </p>
      )}
      {edge?.link && edge.ages.length > 0 ? (
        <Distribution title={say("map.eventAge")} entries={edge.ages} selector={null} />
      ) : (
        !(node?.client) && <Distribution title={say(node ? "map.asService" : "map.asCaller")} entries={chosen.histogram} selector={selector} />
      )}
      {selector && <Traffic asked={asked} selector={selector} />}
      {node && list("map.calledBy", graph.edges.filter((each) => each.to === node.key).map((each) => each.from))}
      {node && list("map.calls", graph.edges.filter((each) => each.from === node.key).map((each) => each.to))}
    </aside>
  );
}
