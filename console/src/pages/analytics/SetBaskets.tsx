import { useEffect, useState } from "react";
import { Link } from "wouter";
import { type Basket, isGiven, questionOf, type SETS } from "../../analytics/sets";
import type { ExplainResult, TraceSetStatistics } from "../../api/types.gen";
import { useObserved } from "../../filters/at-hand";
import { Expression } from "../../filters/Expression";
import type { Refusal } from "../../filters/refusal";
import { useLanguage } from "../../i18n";
import { type Asked, linkTo } from "../../state/question";
import type { Patch } from "../../state/url";

type Change = Patch<typeof SETS>;

interface Props {
  asked: Asked;
  a: Basket;
  b: Basket;
  refusals: { a: Refusal | null; b: Refusal | null };
  explained: ExplainResult | undefined;
  onChange: Change;
}

/** The two sets, each with its letter, its colour, its name, and what it is made of in words. */
export function SetBaskets({ asked, a, b, refusals, explained, onChange }: Props) {
  const { say } = useLanguage();
  const [hasA, hasB] = [isGiven(a), isGiven(b)];
  const [own, setOwn] = useState(hasB); // B has a field of its own, though there may be nothing in it yet
  const swap = () => onChange({ a: b.filter, ar: b.rectangle, an: b.name, b: a.filter, br: a.rectangle, bn: a.name });
  return (
    <div className="baskets">
      <SetBasket set="a" basket={a} asked={asked} refusal={refusals.a} statistics={explained?.SetA} sampled={explained?.SampledShare ?? 1} onChange={onChange} />
      <button type="button" className="tool" data-outlined aria-label={say("analytics.swap")} title={say("analytics.swap")} disabled={!hasA || !hasB} onClick={swap}>⇄</button>
      {own || hasB ? (
        <SetBasket
          set="b"
          basket={b}
          asked={asked}
          refusal={refusals.b}
          statistics={explained?.SetB}
          sampled={explained?.SampledShare ?? 1}
          onChange={onChange}
          onRest={() => {
            setOwn(false);
            onChange({ b: "", br: null, bn: "" });
          }}
        />
      ) : (
        <section className="basket" data-set="b" aria-label={say("analytics.b")}>
          <b className="basket-letter">B</b>
          <div>
            <h2>{say(hasA ? "analytics.rest" : "analytics.all")} <span className="secondary">{say(hasA ? "analytics.restOf" : "analytics.allOf")}</span></h2>
            <Statistics of={explained?.SetB} sampled={explained?.SampledShare ?? 1} />
          </div>
          {hasA && (
            <div className="basket-tools">
              <button type="button" className="tool" data-outlined onClick={() => setOwn(true)}>{say("analytics.own")}</button>
              <button type="button" className="tool" data-outlined onClick={() => (setOwn(true), onChange({ b: a.filter, br: a.rectangle }))}>{say("analytics.copyA")}</button>
            </div>
          )}
        </section>
      )}
    </div>
  );
}

interface BasketProps {
  set: "a" | "b";
  basket: Basket;
  asked: Asked;
  refusal: Refusal | null;
  statistics: TraceSetStatistics | undefined;
  sampled: number;
  onChange: Change;
  onRest?: () => void;
}

function SetBasket({ set, basket, asked, refusal, statistics, sampled, onChange, onRest }: BasketProps) {
  const { say } = useLanguage();
  const letter = set.toUpperCase();
  const [typed, setTyped] = useState(basket.filter);
  useEffect(() => setTyped(basket.filter), [basket.filter]);
  const observed = useObserved();
  const put = (change: { filter?: string; rectangle?: null; name?: string }, how?: "replace") =>
    onChange(
      {
        ...("filter" in change && { [set]: change.filter }),
        ...("rectangle" in change && { [`${set}r`]: null }),
        ...("name" in change && { [`${set}n`]: change.name }),
      },
      how,
    );
  return (
    <section className="basket" data-set={set} aria-label={say(`analytics.${set}`)}>
      <b className="basket-letter">{letter}</b>
      <div className="basket-body">
        <div className="basket-row">
          <input className="basket-name" aria-label={say("analytics.name", letter)} placeholder={say(`analytics.${set}`)} value={basket.name} maxLength={60} onChange={(event) => put({ name: event.target.value }, "replace")} />
          {basket.rectangle && <RectangleChip basket={basket} onDrop={() => put({ rectangle: null })} />}
          {isGiven(basket) && (
            <span className="basket-tools">
              <Link className="tool" data-outlined href={linkTo("/traces", questionOf(asked, basket))} aria-label={say("analytics.show", letter)}>{say("analytics.showShort")}</Link>
              <button type="button" className="tool" data-outlined aria-label={say("analytics.clear", letter)} title={say("analytics.clear", letter)} onClick={() => put({ filter: "", rectangle: null })}>×</button>
            </span>
          )}
          {onRest && <button type="button" className="tool" data-outlined onClick={onRest}>{say("analytics.asRest")}</button>}
        </div>
        <Expression value={typed} onChange={setTyped} onRun={() => put({ filter: typed.trim() })} label={say("analytics.filter", letter)} placeholder={say("analytics.filter", letter)} refusal={typed === basket.filter ? refusal : null} observed={observed} />
        <Statistics of={isGiven(basket) ? statistics : undefined} sampled={sampled} />
        {isGiven(basket) && statistics?.Count === 0 && <p className="strip" role="status">{say(set === "a" ? "analytics.emptyA" : "analytics.emptyB")}</p>}
      </div>
    </section>
  );
}

function RectangleChip({ basket, onDrop }: { basket: Basket; onDrop: () => void }) {
  const { say, format } = useLanguage();
  const { start, end, min, max } = basket.rectangle!;
  const moments = start !== undefined || end !== undefined ? `${start === undefined ? "…" : format.clock(start, true)} – ${end === undefined ? "…" : format.clock(end, true)}` : "";
  const durations = min !== undefined || max !== undefined ? `${min === undefined ? "0" : format.duration(min)} – ${max === undefined ? "…" : format.duration(max)}` : "";
  return (
    <span className="basket-chip">
      ▭ {[moments, durations].filter(Boolean).join(" · ")}
      <button type="button" aria-label={say("analytics.drop")} title={say("analytics.drop")} onClick={onDrop}>×</button>
    </span>
  );
}

/** How many, how long, how bad; and whether that is enough to tell anything. */
function Statistics({ of, sampled }: { of: TraceSetStatistics | undefined; sampled: number }) {
  const { say, format } = useLanguage();
  if (!of) return null;
  return (
    <p className="basket-facts">
      <b>{sampled < 1 && "~"}{say("traces.count", of.Count)}</b>
      {of.Count > 0 && (
        <>
          <span className="secondary">{say("analytics.median", format.duration(of.Median))}</span>
          <span className="secondary">{say("analytics.p95", format.duration(of.P95))}</span>
          {of.FaultCount > 0 && <span className="status-fault">{say("status.faults", of.FaultCount)} ({format.percent(of.FaultCount / of.Count)})</span>}
          {of.IsSmall && <span className="small-sample" title={say("analytics.smallHint")}>{say("analytics.small")}</span>}
        </>
      )}
    </p>
  );
}
