import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { buildGraph, type MapGraph, type MapNode } from "../../map/graph";
import { selectorOf } from "../../map/selector";
import { Failure } from "../../shell/Failure";
import { QuestionBar } from "../../shell/QuestionBar";
import { useRangeWords } from "../../shell/range-words";
import { StatusMark, StatusShape } from "../../shell/StatusMark";
import { Waiting } from "../../shell/Waiting";
import { linkTo, useQuestion } from "../../state/question";
import { LONGEST_SECONDS } from "../../state/range";
import { text, useUrlState } from "../../state/url";
import { Exceptions } from "./Exceptions";
import { linkToService, serviceClause } from "./links";
import { OperationTable } from "./Operations";
import { graphKey, readGraph } from "./reading";
import { Red } from "./Red";
import "./services.css";
import { Versions } from "./Versions";

const STATE = { type: text };

/** One service: rate, errors and duration over time, what it does, whom it calls and who calls it, what it throws. */
export default function ServicePage({ name }: { name: string }) {
  const { say } = useLanguage();
  const words = useRangeWords();
  const asked = useQuestion();
  const { question, ask } = asked;
  const [{ type }, patch] = useUrlState(STATE);
  const query = useQuery({ queryKey: graphKey(asked), queryFn: ({ signal }) => readGraph(asked, signal), placeholderData: keepPreviousData });
  const graph = useMemo(() => buildGraph(query.data ?? []), [query.data]);
  useEffect(() => {
    document.title = `${name} · ${say("services.title")} · ${say("app.name")}`;
  }, [say, name]);

  const namesakes = graph.nodes.filter((node) => node.name === name && !node.client);
  const node = namesakes.find((each) => each.type === type) ?? namesakes[0];
  return (
    <div className="page">
      <QuestionBar asked={asked} />
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Waiting label={say("services.loading")} />}
      {query.isSuccess && !node && (
        <div className="blank">
          <h2>{say("services.missing", name, words(question.timeRange))}</h2>
          <button type="button" className="tool" data-outlined onClick={() => ask({ timeRange: { kind: "last", seconds: LONGEST_SECONDS } })}>{say("traces.widen")}</button>
          <p><Link href={linkTo("/services", { filter: "" })}>{say("home.all")}</Link></p>
        </div>
      )}
      {node && (
        <div className="service" data-old={query.isPlaceholderData || undefined}>
          <div className="service-head">
            <h1>{name}</h1>
            <StatusMark status={node.health} />
            {namesakes.length > 1 ? (
              <div className="service-types" role="group" aria-label={say("services.types")}>
                {namesakes.map((each) => (
                  <button key={each.key} type="button" className="tool" data-outlined aria-pressed={each === node} onClick={() => patch({ type: each.type }, "replace")}>{each.type || "–"}</button>
                ))}
              </div>
            ) : <span className="secondary">{node.type}</span>}
            <span className="service-go">
              <Link href={linkTo("/traces", { filter: serviceClause(name, node.type) })}>{say("map.traces")}</Link>
              {node.tally.fault > 0 && <Link href={linkTo("/traces", { filter: serviceClause(name, node.type, "fault") })}>{say("map.faultTraces")}</Link>}
              <Link href={mapOf(node)}>{say("services.showMap")}</Link>
            </span>
          </div>
          <Red asked={asked} node={node} selector={selectorOf(node) ?? ""} />
          <div className="service-pair">
            <Neighbours word="services.calledBy" graph={graph} keys={graph.edges.filter((edge) => edge.to === node.key).map((edge) => edge.from)} />
            <Neighbours word="services.calls" graph={graph} keys={graph.edges.filter((edge) => edge.from === node.key).map((edge) => edge.to)} />
            <Versions asked={asked} name={name} type={node.type} />
          </div>
          <OperationTable asked={asked} name={name} type={node.type} />
          <Exceptions asked={asked} name={name} />
        </div>
      )}
    </div>
  );
}

function mapOf(node: MapNode): string {
  const page = linkTo("/map", { filter: "" });
  return `${page}${page.includes("?") ? "&" : "?"}selected=${encodeURIComponent(node.key)}`;
}

function Neighbours({ word, graph, keys }: { word: "services.calledBy" | "services.calls"; graph: MapGraph; keys: readonly string[] }) {
  const { say } = useLanguage();
  const nodes = [...new Set(keys)].map((key) => graph.nodes.find((each) => each.key === key)!);
  return (
    <section className="service-card">
      <h2>{say(word)}</h2>
      {nodes.length === 0 && <p className="secondary">{say("services.nobody")}</p>}
      <ul>
        {nodes.map((node) => (
          <li key={node.key}>
            <StatusShape status={node.health} />
            {node.client ? <span>{say("map.client")}</span> : <Link href={linkToService(node.name, node.type)}>{node.name}</Link>}
            <span className="secondary">{node.client ? "" : node.type}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
