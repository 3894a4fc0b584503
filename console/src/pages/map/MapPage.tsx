import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useCallback, useEffect, useMemo, useState } from "react";
import Button from "@cloudscape-design/components/button";
import { useLanguage } from "../../i18n";
import { focusOf } from "../../map/focus";
import { buildGraph } from "../../map/graph";
import { MapCanvas } from "../../map/MapCanvas";
import { type Change, changeOf, MODES, withFigures } from "../../map/modes";
import { Failure } from "../../shell/Failure";
import { QuestionBar } from "../../shell/QuestionBar";
import { useRangeWords } from "../../shell/range-words";
import { Waiting } from "../../shell/Waiting";
import { useKeys } from "../../state/keys";
import { useQuestion } from "../../state/question";
import { LONGEST_SECONDS } from "../../state/range";
import { isProblem } from "../../state/status";
import { type Codec, oneOf, text, useUrlState } from "../../state/url";
import { MapTable } from "./MapTable";
import "./page.css";
import { Panel } from "./Panel";
import { readGraph, readSeries } from "./read";
import { Scrubber } from "./Scrubber";
import { periodOf, seriesOf } from "./series";

const moment: Codec<number | null> = {
  parse: (raw) => (raw && Number.isFinite(Number(raw)) ? Number(raw) : null),
  format: (value) => (value === null ? null : String(value)),
};
const STATE = { selected: text, view: oneOf("map", "table"), mode: oneOf(...MODES), at: moment, focus: text };
const NO_CHANGES: ReadonlyMap<string, Change> = new Map();

export default function MapPage() {
  const { say, format } = useLanguage();
  const words = useRangeWords();
  const asked = useQuestion();
  const { window, question, ask } = asked;
  const [{ selected, view, mode, at, focus }, patch] = useUrlState(STATE);
  const [flight, setFlight] = useState<{ key: string } | null>(null);
  const query = useQuery({
    queryKey: ["GetServiceGraph", window.start, window.end, question.group],
    queryFn: ({ signal }) => readGraph(window.start, window.end, question.group, signal),
    placeholderData: keepPreviousData,
  });
  const whole = useMemo(() => buildGraph(query.data ?? []), [query.data]);

  const period = periodOf(window);
  const series = useQuery({
    queryKey: ["GetTimeSeriesServiceStatistics", window.start, window.end, question.group, ""],
    queryFn: ({ signal }) => readSeries(window.start, window.end, period, question.group, "", signal),
    placeholderData: keepPreviousData,
  });
  const bins = useMemo(() => seriesOf(series.data ?? [], window.start, window.end, period), [series.data, window, period]);
  const here = at !== null && bins.some((bin) => bin.from === at) ? at : null;
  const minute = useQuery({
    queryKey: ["GetServiceGraph", here, here === null ? null : here + period, question.group],
    queryFn: ({ signal }) => readGraph(here!, here! + period, question.group, signal),
    enabled: here !== null,
    placeholderData: keepPreviousData,
  });
  // Until the minute is here the map is still that of the period, and so are its rates.
  const [start, end] = here === null || !minute.data ? [window.start, window.end] : [here, here + period];
  const before = useQuery({
    queryKey: ["GetServiceGraph", 2 * start - end, start, question.group],
    queryFn: ({ signal }) => readGraph(2 * start - end, start, question.group, signal),
    enabled: mode === "change",
    placeholderData: keepPreviousData,
  });

  // Every minute has the nodes of the whole period, so that nothing on the map moves while time does.
  const all = useMemo(() => (here !== null && minute.data ? withFigures(whole, buildGraph(minute.data)) : whole), [whole, here, minute.data]);
  const changes = useMemo(() => {
    if (mode !== "change" || !before.data) return NO_CHANGES;
    const old = new Map(buildGraph(before.data).nodes.map((node) => [node.key, node]));
    return new Map(all.nodes.map((node) => [node.key, changeOf(node, old.get(node.key))]));
  }, [mode, before.data, all]);
  const seen = useMemo(() => focusOf(whole, focus), [whole, focus]);
  const graph = useMemo(() => (all === whole ? seen.graph : withFigures(seen.graph, all)), [seen, all, whole]);

  const select = useCallback((key: string | null) => patch({ selected: key ?? "" }, "replace"), [patch]);
  const setFocus = useCallback((key: string) => patch({ focus: key }), [patch]);
  const setAt = useCallback((next: number | null) => patch({ at: next }, "replace"), [patch]);
  const turn = () => patch({ view: view === "map" ? "table" : "map" }, "replace");
  const fly = (key: string) => {
    patch({ selected: key, view: "map", ...(!graph.nodes.some((node) => node.key === key) && { focus: key }) }, "replace");
    setFlight({ key });
  };
  useKeys({ t: turn, Escape: () => select(null) });
  useEffect(() => {
    document.title = `${say("map.title")} · ${say("app.name")}`;
  }, [say]);

  const minutes = Math.max(1 / 60, (end - start) / 60);
  const unhealthy = all.nodes.filter((node) => isProblem(node.health)).length;
  const services = all.nodes.filter((node) => !node.client).length;
  const node = all.nodes.find((each) => each.key === selected);
  const edge = all.edges.find((each) => each.key === selected);
  const why = { one: say("map.focusOne", whole.nodes.find((each) => each.key === focus)?.name ?? ""), problems: say("map.focusAuto"), busiest: say("map.focusBusy"), all: "" }[seen.why];
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
        <div className="map-tools">
          {mode === "change" && <span className="secondary">{before.isError ? say("map.previousFailed") : say("map.changeAbout", format.duration(Math.round(end - start)))}</span>}
          {whole.nodes.length > 0 && <Find names={whole.nodes} onFind={fly} />}
          <div role="group" aria-label={say("map.mode")} className="map-modes">
            {MODES.map((each) => (
              <button key={each} type="button" className="tool" data-outlined data-mode={each} aria-pressed={each === mode} onClick={() => patch({ mode: each }, "replace")}>{say(`mapMode.${each}`)}</button>
            ))}
          </div>
          <button type="button" className="tool" data-outlined aria-pressed={view === "table"} onClick={turn}>
            {say("map.list")} <kbd>t</kbd>
          </button>
        </div>
      </div>
      {(query.error ?? minute.error) && <Failure error={(query.error ?? minute.error)!} onRetry={() => void (query.error ? query : minute).refetch()} />}
      {query.isPending && <Waiting label={say("map.loading")} />}
      {seen.why !== "all" && (
        <p className="strip" data-focus={seen.why}>
          {say("map.focused", format.number(seen.graph.nodes.length), format.number(whole.nodes.length))} {why}
          <button type="button" className="tool" data-outlined onClick={() => setFocus("all")}>{say("map.focusAll")}</button>
        </p>
      )}
      {query.isSuccess && whole.nodes.length === 0 && (
        <div className="blank">
          <h2>{say("map.empty", words(question.timeRange))}</h2>
          <Button onClick={() => ask({ timeRange: { kind: "last", seconds: LONGEST_SECONDS } })}>{say("traces.widen")}</Button>
        </div>
      )}
      {whole.nodes.length > 0 && (
        <>
          <div className="map-body" data-panel={node || edge ? "" : undefined} data-old={query.isPlaceholderData || (here !== null && (!minute.data || minute.isPlaceholderData)) || undefined}>
            {view === "map" ? (
              <MapCanvas graph={graph} minutes={minutes} selected={selected || null} onSelect={select} mode={mode} changes={changes} onFocus={setFocus} flight={flight} />
            ) : (
              <MapTable graph={all} minutes={minutes} onSelect={select} />
            )}
            {(node ?? edge) && <Panel graph={all} node={node} edge={edge} asked={asked} minutes={minutes} onSelect={select} onFocus={setFocus} />}
          </div>
          <Scrubber bins={bins} at={here} onAt={setAt} />
        </>
      )}
    </div>
  );
}

/** A service by its name: what is chosen or typed is selected and brought into the middle. */
function Find({ names, onFind }: { names: readonly { key: string; name: string; client: boolean }[]; onFind: (key: string) => void }) {
  const { say } = useLanguage();
  const [typed, setTyped] = useState("");
  const [missed, setMissed] = useState(false);
  const services = names.filter((node) => !node.client);
  const find = (event: FormEvent) => {
    event.preventDefault();
    const wanted = typed.trim().toLowerCase();
    const found = wanted && (services.find((node) => node.name.toLowerCase() === wanted) ?? services.find((node) => node.name.toLowerCase().includes(wanted)));
    setMissed(!found);
    if (found) onFind(found.key);
  };
  return (
    <form className="map-find" role="search" aria-label={say("map.find")} onSubmit={find}>
      <input type="search" list="map-names" aria-label={say("map.find")} placeholder={say("map.find")} spellCheck={false} value={typed} onChange={(event) => (setMissed(false), setTyped(event.target.value))} />
      <datalist id="map-names">{[...new Set(services.map((node) => node.name))].map((name) => <option key={name} value={name} />)}</datalist>
      <span className="secondary" role="status">{missed ? say("map.notFound") : ""}</span>
    </form>
  );
}
