import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Link } from "wouter";
import { call } from "../../api/client";
import type { ServiceChange } from "../../api/types.gen";
import { quantile } from "../../charts/bins";
import { useLanguage } from "../../i18n";
import type { MapNode } from "../../map/graph";
import { buildGraph } from "../../map/graph";
import { Failure } from "../../shell/Failure";
import { Check } from "../../shell/Form";
import { QuestionBar } from "../../shell/QuestionBar";
import { useRangeWords } from "../../shell/range-words";
import { type SortedColumn, SortedTable } from "../../shell/SortedTable";
import { StatusMark } from "../../shell/StatusMark";
import { Waiting } from "../../shell/Waiting";
import { useQuestion } from "../../state/question";
import { LONGEST_SECONDS } from "../../state/range";
import { isProblem, total } from "../../state/status";
import { flag, text, useUrlState } from "../../state/url";
import { Change } from "./Change";
import { linkToService } from "./links";
import { graphKey, readGraph } from "./reading";
import "./services.css";

const STATE = { sort: text, find: text, problems: flag };
const GRAVITY = ["unknown", "pending", "ok", "error", "throttle", "fault"];
const BY_GRAVITY = "health";

interface Row {
  node: MapNode;
  p50: number | null;
  p95: number | null;
  change: ServiceChange | undefined;
}

/** Every service with its rate, its problems and its response times: sorted, filtered, each a page of its own. */
export default function ServicesPage() {
  const { say, format } = useLanguage();
  const words = useRangeWords();
  const asked = useQuestion();
  const { window, question, ask } = asked;
  const [{ sort, find, problems }, patch] = useUrlState(STATE);
  const query = useQuery({ queryKey: graphKey(asked), queryFn: ({ signal }) => readGraph(asked, signal), placeholderData: keepPreviousData });
  const changes = useQuery({
    queryKey: ["Changes", window.start, window.end, "before"],
    queryFn: ({ signal }) => call("Changes", { StartTime: window.start, EndTime: window.end }, signal),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    document.title = `${say("services.title")} · ${say("app.name")}`;
  }, [say]);

  const rows = useMemo(() => rowsOf(buildGraph(query.data ?? []).nodes, changes.data?.Services ?? []), [query.data, changes.data]);
  const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter(
    ({ node }) => wanted.every((word) => `${node.name} ${node.type}`.toLowerCase().includes(word)) && (!problems || isProblem(node.health)),
  );
  const minutes = Math.max(1 / 60, (window.end - window.start) / 60);
  const share = (count: number, node: MapNode) => (total(node.tally) > 0 ? count / total(node.tally) : 0);
  const columns: SortedColumn<Row>[] = [
    { id: "name", header: say("map.name"), isRowHeader: true, by: ({ node }) => node.name, cell: ({ node }) => <Link href={linkToService(node.name, node.type)}>{node.name}</Link> },
    { id: "type", header: say("map.type"), by: ({ node }) => node.type, cell: ({ node }) => <span className="secondary">{node.type || "–"}</span> },
    { id: "health", header: say("traces.status"), by: ({ node }) => GRAVITY.indexOf(node.health) * 1e12 + node.requests, cell: ({ node }) => <StatusMark status={node.health} /> },
    { id: "rate", header: say("map.rate"), isNumber: true, by: ({ node }) => node.requests, cell: ({ node }) => say("map.perMinute", format.compact(node.requests / minutes)) },
    ...(["fault", "error", "throttle"] as const).map((status): SortedColumn<Row> => ({
      id: status, header: say(`services.${status}s` as "services.faults"), isNumber: true, by: ({ node }) => share(node.tally[status], node),
      cell: ({ node }) => (node.tally[status] > 0 ? <span className={`status-${status}`}>{format.percent(share(node.tally[status], node))}</span> : <span className="secondary">0</span>),
    })),
    { id: "p50", header: say("services.p50"), isNumber: true, by: ({ p50 }) => p50 ?? -1, cell: ({ p50 }) => (p50 === null ? "–" : format.duration(p50)) },
    { id: "p95", header: say("services.p95"), isNumber: true, by: ({ p95 }) => p95 ?? -1, cell: ({ p95 }) => (p95 === null ? "–" : format.duration(p95)) },
    ...(changes.isError ? [] : [{ id: "change", header: say("services.before"), by: ({ change }: Row) => change?.Worse ?? -Infinity, cell: ({ change }: Row) => <Change change={change} /> }]),
  ];
  return (
    <div className="page">
      <QuestionBar asked={asked} />
      <div className="services-head">
        <h1>{say("services.title")}</h1>
        {rows.length > 0 && <span className="secondary" role="status">{say("services.count", format.number(shown.length), format.number(rows.length))}</span>}
        {question.filter && <span className="secondary">{say("map.filterNote")}</span>}
        <input type="search" className="services-find" aria-label={say("services.find")} placeholder={say("services.find")} value={find} onChange={(event) => patch({ find: event.target.value }, "replace")} />
        <Check label={say("services.problems")} checked={problems} onChange={(on) => patch({ problems: on }, "replace")} />
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Waiting label={say("services.loading")} />}
      {query.isSuccess && rows.length === 0 && (
        <div className="blank">
          <h2>{say("map.empty", words(question.timeRange))}</h2>
          <button type="button" className="tool" data-outlined onClick={() => ask({ timeRange: { kind: "last", seconds: LONGEST_SECONDS } })}>{say("traces.widen")}</button>
        </div>
      )}
      {rows.length > 0 && shown.length === 0 && (
        <div className="blank">
          <h2>{say("services.none")}</h2>
          <button type="button" className="tool" data-outlined onClick={() => patch({ find: "", problems: false })}>{say("services.all")}</button>
        </div>
      )}
      {shown.length > 0 && (
        <SortedTable
          label={say("services.title")}
          columns={columns}
          rows={shown}
          keyOf={({ node }) => node.key}
          sort={sort || BY_GRAVITY}
          onSort={(next) => patch({ sort: next }, "replace")}
          old={query.isPlaceholderData}
        />
      )}
    </div>
  );
}

function rowsOf(nodes: readonly MapNode[], changes: readonly ServiceChange[]): Row[] {
  const byKey = new Map(changes.map((change) => [`${change.Name}|${change.Type}`, change]));
  return nodes.filter((node) => !node.client).map((node) => {
    const samples = node.histogram.map((entry) => ({ value: entry.Value ?? 0, count: entry.Count ?? 0 }));
    return { node, p50: quantile(samples, 0.5), p95: quantile(samples, 0.95), change: byKey.get(`${node.name}|${node.type}`) };
  });
}
