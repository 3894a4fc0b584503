import { useMemo } from "react";
import { Link, Route, Router, Switch } from "wouter";
import { useLanguage } from "../i18n";
import { buildGraph } from "../map/graph";
import { MapCanvas } from "../map/MapCanvas";
import { TraceView } from "../pages/trace/TraceView";
import { Mark } from "../shell/Mark";
import { StatusMark } from "../shell/StatusMark";
import { chooseTheme, currentTheme } from "../state/theme";
import { text, useUrlState } from "../state/url";
import { criticalPath } from "../timeline/critical";
import { sentenceOf } from "../timeline/summary";
import { buildTree } from "../timeline/tree";
import { verdictOf } from "../timeline/verdict";
import { useFragmentPath, useFragmentSearch } from "./address";
import type { FileData } from "./compose";
import "./viewer.css";

/** The page of an exported file: its traces, their map, and each trace as the console shows it. */
export function Viewer({ data }: { data: FileData | null }) {
  const { say, format, language, choose } = useLanguage();
  const only = data?.Traces.length === 1 ? data.Traces[0] : undefined;
  return (
    <Router hook={useFragmentPath} searchHook={useFragmentSearch} hrefs={(path) => `#${path}`}>
      <div className="shell">
        <header className="bar">
          <span className="bar-brand"><Mark />{say("app.name")}</span>
          {data && !only && (
            <nav aria-label={say("app.navigation")}>
              <ul>
                <li><Link href="/">{say("viewer.traces")}</Link></li>
                <li><Link href="/map">{say("viewer.map")}</Link></li>
              </ul>
            </nav>
          )}
          <span className="viewer-about secondary clip">
            {data && say("viewer.about", data.Traces.length, format.moment(data.Written))} {data?.Question && <code>{data.Question}</code>}
          </span>
          <button type="button" className="tool" lang={language === "en" ? "fr" : "en"} onClick={() => choose(language === "en" ? "fr" : "en")}>{say("viewer.language")}</button>
          <button type="button" className="tool" onClick={() => chooseTheme(currentTheme() === "dark" ? "light" : "dark")}>{say("viewer.theme")}</button>
        </header>
        <main id="content" className="content" tabIndex={-1}>
          {!data ? (
            <p className="blank">{say("viewer.broken")}</p>
          ) : data.Traces.length === 0 ? (
            <p className="blank">{say("viewer.empty")}</p>
          ) : (
            <Switch>
              <Route path="/traces/:id">{({ id }) => <OneTrace key={id} data={data} id={id} />}</Route>
              <Route path="/map"><AllMap data={data} /></Route>
              <Route>{only ? <OneTrace data={data} id={only.Id ?? ""} /> : <AllTraces data={data} />}</Route>
            </Switch>
          )}
        </main>
      </div>
    </Router>
  );
}

function OneTrace({ data, id }: { data: FileData; id: string }) {
  const { say } = useLanguage();
  const trace = data.Traces.find((each) => each.Id === id);
  if (!trace) return <p className="blank">{say("trace.missing", id)}</p>;
  return <TraceView id={id} trace={trace} services={trace.Services} populations={null} searchable={false} />;
}

function AllTraces({ data }: { data: FileData }) {
  const { say, format } = useLanguage();
  const [{ service }] = useUrlState(SERVICE);
  const rows = useMemo(() => data.Traces.map((trace) => {
    const tree = buildTree((trace.Segments ?? []).map((segment) => segment.Document));
    const root = tree.roots.find((span) => span.kind === "segment") ?? tree.roots[0];
    return { id: trace.Id ?? "", tree, root, verdict: verdictOf(tree, criticalPath(root)) };
  }), [data]);
  const shown = service ? rows.filter(({ tree }) => tree.spans.some((span) => span.name === service)) : rows;
  return (
    <div className="page">
      <h1>{say("viewer.traces")}{service && ` · ${service}`}</h1>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{say("table.start")}</th>
            <th scope="col">{say("table.name")}</th>
            <th scope="col">{say("table.status")}</th>
            <th scope="col" className="number">{say("table.duration")}</th>
            <th scope="col">{say("trace.title")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, tree, root, verdict }) => (
            <tr key={id}>
              <td>{format.moment(tree.start)}</td>
              <th scope="row">{root?.name} <span className="secondary">{root?.detail}</span><br /><Link className="mono" href={`/traces/${id}`}>{id}</Link></th>
              <td><StatusMark status={root?.status ?? "unknown"} http={root?.httpStatus} /></td>
              <td className="number">{format.duration(tree.end - tree.start)}</td>
              <td>{sentenceOf(verdict, say, format)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SERVICE = { service: text };

function AllMap({ data }: { data: FileData }) {
  const { say } = useLanguage();
  const [{ service }, patch] = useUrlState(SERVICE);
  const graph = useMemo(() => buildGraph(data.Services), [data]);
  const chosen = graph.nodes.find((node) => !node.client && node.name === service);
  return (
    <div className="viewer-map">
      <div className="page viewer-head">
        <h1>{say("viewer.map")}</h1>
        {chosen && <Link href={`/?service=${encodeURIComponent(chosen.name)}`}>{say("viewer.traces")} · {chosen.name}</Link>}
      </div>
      <MapCanvas graph={graph} minutes={null} selected={chosen?.key ?? null} onSelect={(key) => patch({ service: graph.nodes.find((node) => node.key === key)?.name ?? "" }, "replace")} />
    </div>
  );
}
