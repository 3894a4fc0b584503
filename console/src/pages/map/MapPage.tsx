import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import { call } from "../../api/client";
import type { Service } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { buildGraph } from "../../map/graph";
import { MapCanvas } from "../../map/MapCanvas";
import { Failure } from "../../shell/Failure";
import { QuestionBar } from "../../shell/QuestionBar";
import { useRangeWords } from "../../shell/range-words";
import { Waiting } from "../../shell/Waiting";
import { useKeys } from "../../state/keys";
import { type Asked, useQuestion } from "../../state/question";
import { LONGEST_SECONDS } from "../../state/range";
import { isProblem } from "../../state/status";
import { oneOf, text, useUrlState } from "../../state/url";
import { MapTable } from "./MapTable";
import "./page.css";
import { Panel } from "./Panel";

const STATE = { selected: text, view: oneOf("map", "table") };

async function read({ window, question }: Asked, signal: AbortSignal): Promise<Service[]> {
  const services: Service[] = [];
  let token: string | null | undefined;
  do {
    const page = await call(
      "GetServiceGraph",
      {
        StartTime: window.start,
        EndTime: window.end,
        ...(question.group && { GroupName: question.group }),
        ...(token && { NextToken: token }),
      },
      signal,
    );
    services.push(...(page.Services ?? []));
    token = page.NextToken;
  } while (token);
  return services;
}

export default function MapPage() {
  const { say } = useLanguage();
  const words = useRangeWords();
  const asked = useQuestion();
  const { window, question, ask } = asked;
  const [{ selected, view }, patch] = useUrlState(STATE);
  const query = useQuery({
    queryKey: ["GetServiceGraph", window.start, window.end, question.group],
    queryFn: ({ signal }) => read(asked, signal),
    placeholderData: keepPreviousData,
  });
  const graph = useMemo(() => buildGraph(query.data ?? []), [query.data]);
  const select = useCallback((key: string | null) => patch({ selected: key ?? "" }, "replace"), [patch]);
  const turn = () => patch({ view: view === "map" ? "table" : "map" }, "replace");
  useKeys({ t: turn, Escape: () => select(null) });
  useEffect(() => {
    document.title = `${say("map.title")} · ${say("app.name")}`;
  }, [say]);

  const minutes = Math.max(1 / 60, (window.end - window.start) / 60);
  const unhealthy = graph.nodes.filter((node) => isProblem(node.health)).length;
  const services = graph.nodes.filter((node) => !node.client).length;
  const node = graph.nodes.find((each) => each.key === selected);
  const edge = graph.edges.find((each) => each.key === selected);
  return (
    <div className="page page-full map-page">
      <QuestionBar asked={asked} />
      <div className="map-head">
        <h1>{say("map.title")}</h1>
        {services > 0 && (
          <span className="secondary" role="status">
            {say("map.nodes", services)}
            {unhealthy > 0 && ` · ${say("map.unhealthy", unhealthy)}`}
          </span>
        )}
        {question.filter && <span className="secondary">{say("map.filterNote")}</span>}
        <button type="button" className="tool map-turn" data-outlined aria-pressed={view === "table"} onClick={turn}>
          {say("map.list")} <kbd>t</kbd>
        </button>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Waiting label={say("map.loading")} />}
      {query.isSuccess && graph.nodes.length === 0 && (
        <div className="blank">
          <h2>{say("map.empty", words(question.timeRange))}</h2>
          <Button onClick={() => ask({ timeRange: { kind: "last", seconds: LONGEST_SECONDS } })}>{say("traces.widen")}</Button>
        </div>
      )}
      {graph.nodes.length > 0 && (
        <div className="map-body" data-panel={node || edge ? "" : undefined} data-old={query.isPlaceholderData || undefined}>
          {view === "map" ? (
            <MapCanvas graph={graph} minutes={minutes} selected={selected || null} onSelect={select} />
          ) : (
            <MapTable graph={graph} minutes={minutes} onSelect={select} />
          )}
          {(node ?? edge) && <Panel graph={graph} node={node} edge={edge} asked={asked} minutes={minutes} onSelect={select} />}
        </div>
      )}
    </div>
  );
}
