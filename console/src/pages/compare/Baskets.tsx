import { type FormEvent, useId, useMemo, useState } from "react";
import { Link } from "wouter";
import { rootOf } from "../../compare/pairs";
import { useLanguage } from "../../i18n";
import { StatusMark } from "../../shell/StatusMark";
import { TYPICAL } from "../../state/compare";
import { linkTo } from "../../state/question";
import { recentTraces } from "../../state/recent";
import { traceIdIn } from "../../state/trace-id";
import type { Compared, Loaded } from "./useCompared";

interface Props {
  compared: Compared;
  typical: boolean;
  onChoose: (change: { a?: string; b?: string }) => void;
}

/** The two that are compared: each by its colour, its letter and what it is; either can be changed for another. */
export function Baskets({ compared, typical, onChoose }: Props) {
  const { say } = useLanguage();
  const { a, b } = compared;
  return (
    <div className="baskets">
      <Basket set="a" side={a} onChoose={(id) => onChoose({ a: id })} />
      <button
        type="button"
        className="tool"
        data-outlined
        aria-label={say("compare.swap")}
        title={say("compare.swap")}
        disabled={typical || (!a.id && !b?.id)}
        onClick={() => onChoose({ a: b?.id ?? "", b: a.id })}
      >
        ⇄
      </button>
      {b ? (
        <Basket set="b" side={b} onChoose={(id) => onChoose({ b: id })} onTypical={a.id ? () => onChoose({ b: TYPICAL }) : undefined} />
      ) : (
        <section className="basket" data-set="b" aria-label={say("compare.b")}>
          <b className="basket-letter">B</b>
          <div>
            <h2>{say("compare.typical")}</h2>
            <p className="secondary">{say("compare.typicalOf", say("compare.kinds", compared.kinds || 0))}</p>
          </div>
          <button type="button" className="tool" data-outlined onClick={() => onChoose({ b: "" })}>{say("compare.another")}</button>
        </section>
      )}
    </div>
  );
}

interface BasketProps {
  set: "a" | "b";
  side: Loaded;
  onChoose: (id: string) => void;
  onTypical?: (() => void) | undefined;
}

function Basket({ set, side, onChoose, onTypical }: BasketProps) {
  const { say, format } = useLanguage();
  const root = rootOf(side.tree);
  return (
    <section className="basket" data-set={set} aria-label={say(`compare.${set}`)}>
      <b className="basket-letter">{set.toUpperCase()}</b>
      {side.id ? (
        <>
          <div>
            <h2 className="clip">{root ? `${root.name} ${root.detail}` : side.id}</h2>
            <p className="basket-facts">
              <Link className="mono" href={linkTo(`/traces/${side.id}`)} title={say("compare.open")}>{side.id}</Link>
              {root && (
                <>
                  <StatusMark status={root.status} http={root.httpStatus} />
                  <b>{format.duration(root.end - root.start)}</b>
                  <span className="secondary">{format.moment(side.tree.start)}</span>
                </>
              )}
            </p>
          </div>
          <button type="button" className="tool" data-outlined onClick={() => onChoose("")}>{say("compare.another")}</button>
        </>
      ) : (
        <Picker label={say(`compare.${set}`)} onChoose={onChoose} onTypical={onTypical} />
      )}
    </section>
  );
}

/** Takes an id in any spelling, or one of the traces opened last. */
function Picker({ label, onChoose, onTypical }: { label: string; onChoose: (id: string) => void; onTypical: (() => void) | undefined }) {
  const { say } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  const recent = useMemo(recentTraces, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = traceIdIn(typed);
    if (found) onChoose(found);
    setRefused(!found);
  };
  return (
    <form className="basket-picker" onSubmit={onSubmit}>
      <input
        aria-label={`${label}: ${say("compare.paste")}`}
        aria-invalid={refused || undefined}
        aria-describedby={refused ? `${id}no` : undefined}
        placeholder={say("compare.paste")}
        list={`${id}recent`}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => (setTyped(event.target.value), setRefused(false))}
      />
      <datalist id={`${id}recent`}>{recent.map((trace) => <option key={trace.id} value={trace.id}>{trace.name}</option>)}</datalist>
      <button type="submit" className="tool" data-outlined>{say("compare.use")}</button>
      {onTypical && <button type="button" className="tool" data-outlined onClick={onTypical}>{say("compare.withTypical")}</button>}
      {refused && <p id={`${id}no`} className="status-fault" role="alert">{say("compare.notAnId")}</p>}
    </form>
  );
}
