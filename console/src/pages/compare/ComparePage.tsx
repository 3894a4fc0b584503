import { useCallback, useEffect, useMemo } from "react";
import { Link } from "wouter";
import { onlyChanged } from "../../compare/changes";
import { type Pair, rootOf } from "../../compare/pairs";
import { PairTimeline } from "../../compare/PairTimeline";
import { useLanguage } from "../../i18n";
import "../../shell/baskets.css";
import { Choice } from "../../shell/Choice";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { TYPICAL } from "../../state/compare";
import { useKeys } from "../../state/keys";
import { linkTo } from "../../state/question";
import { oneOf, text, useUrlState } from "../../state/url";
import { Baskets } from "./Baskets";
import { ChangeList } from "./ChangeList";
import "./compare.css";
import { PairTable } from "./PairTable";
import { PlaceDetails } from "./PlaceDetails";
import { type Compared, type Loaded, useCompared } from "./useCompared";
import { Verdict } from "./Verdict";

const STATE = { a: text, b: text, view: oneOf("timeline", "table"), show: oneOf("all", "changed"), at: text, zoom: text };
const VIEWS = ["timeline", "table"] as const;
const SHOWS = ["all", "changed"] as const;

export default function ComparePage() {
  const { say } = useLanguage();
  const [{ a, b, view, show, at, zoom }, patch] = useUrlState(STATE);
  const compared = useCompared(a, b);
  const { rows, changes } = compared;
  const choose = useCallback((change: { a?: string; b?: string }) => patch({ ...change, at: "", zoom: "" }), [patch]);
  useEffect(() => {
    document.title = `${say("compare.title")} · ${say("app.name")}`;
  }, [say]);

  const shown = useMemo(() => (show === "changed" ? onlyChanged(rows, changes) : rows), [rows, changes, show]);
  const selected = useMemo(() => rows.find((pair) => pair.key === at) ?? null, [rows, at]);
  const select = useCallback((pair: Pair) => patch({ at: pair.key }, "replace"), [patch]);
  const setZoom = useCallback((next: string) => patch({ zoom: next }, "replace"), [patch]);
  const next = (step: 1 | -1) => {
    const found = changes.findIndex(({ pair }) => pair === selected);
    const change = changes[(found + step + changes.length) % changes.length] ?? changes[0];
    if (change) select(change.pair);
  };
  useKeys({ t: () => patch({ view: view === "table" ? "timeline" : "table" }, "replace"), n: () => next(1), N: () => next(-1) });
  const treeA = compared.a.tree;
  const treeB = compared.b?.tree ?? treeA;
  const starts = useMemo(() => ({ a: treeA.start, b: treeB.start }), [treeA, treeB]);
  return (
    <div className="page page-full compare">
      <h1>{say("compare.title")}</h1>
      <Baskets compared={compared} typical={b === TYPICAL} onChoose={choose} />
      <State compared={compared} chosen={a !== "" && b !== ""} same={a !== "" && a === b} />
      {rows.length > 0 && (
        <>
          <Verdict rows={rows} changes={changes} a={rootOf(treeA)} />
          <div className="compare-tools">
            <Choice label={say("compare.title")} values={VIEWS} value={view} word={(each) => say(`compare.${each}`)} keyOf={(each) => (each === "table" ? "t" : "")} onChange={(each) => patch({ view: each }, "replace")} />
            <Choice label={say("compare.show")} values={SHOWS} value={show} word={(each) => say(`compare.${each}`)} onChange={(each) => patch({ show: each }, "replace")} />
          </div>
          <div className="compare-body">
            {view === "table" ? (
              <PairTable rows={shown} changes={changes} names={[a, b]} selected={selected} onSelect={select} />
            ) : (
              <PairTimeline
                rows={shown}
                starts={starts}
                length={Math.max(treeA.end - treeA.start, treeB.end - treeB.start)}
                selected={selected}
                onSelect={select}
                onNext={next}
                zoomed={zoom}
                onZoomed={setZoom}
              />
            )}
            <aside className="compare-aside" tabIndex={0} aria-label={say("compare.changes")}>
              {selected && <PlaceDetails pair={selected} ids={{ a, b: b === TYPICAL ? "" : b }} />}
              <ChangeList changes={changes} selected={selected} onSelect={select} />
            </aside>
          </div>
        </>
      )}
    </div>
  );
}

/** What keeps the comparison from being whole, each with what can be done about it. */
function State({ compared, chosen, same }: { compared: Compared; chosen: boolean; same: boolean }) {
  const { say } = useLanguage();
  const sides = [{ set: "A", side: compared.a }, ...(compared.b ? [{ set: "B", side: compared.b }] : [])];
  const isPartial = ({ tree, trace }: Loaded) => Boolean(trace && (tree.inProgress || tree.missing > 0 || trace.LimitExceeded));
  return (
    <>
      {sides.map(({ set, side }) => (
        <Fragmented key={set} set={set} side={side} partial={isPartial(side)} />
      ))}
      {compared.error && <Failure error={compared.error} onRetry={compared.retry} />}
      {same && <p className="strip">{say("compare.same")}</p>}
      {compared.alone && <p className="strip">{say("compare.noKind")}</p>}
      {compared.waiting && compared.rows.length === 0 && <Waiting label={say(compared.b ? "compare.reading" : "compare.readingTypical")} />}
      {!chosen && (
        <div className="blank">
          <h2>{say(compared.a.id ? "compare.chooseB" : "compare.choose")}</h2>
          <p className="secondary">{say("compare.about")}</p>
          <Link href={linkTo("/traces")}>{say("compare.toTraces")}</Link>
        </div>
      )}
    </>
  );
}

function Fragmented({ set, side, partial }: { set: string; side: Loaded; partial: boolean }) {
  const { say } = useLanguage();
  return (
    <>
      {side.error && <Failure error={side.error} onRetry={side.retry} />}
      {side.trace === null && (
        <p className="strip" role="alert">
          <b>{set}</b> {say("trace.missing", side.id)} {say("trace.missingHint")}
        </p>
      )}
      {partial && <p className="strip">{say("compare.partial", set)}</p>}
    </>
  );
}
