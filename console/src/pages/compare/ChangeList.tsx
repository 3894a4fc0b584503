import { useState } from "react";
import type { Change } from "../../compare/changes";
import type { Pair } from "../../compare/pairs";
import { useSideWords } from "../../compare/words";
import { useLanguage } from "../../i18n";
import { StatusMark } from "../../shell/StatusMark";

const FEW = 30;
const SIGNS = { added: "+", removed: "−", slower: "▲", faster: "▼", status: "≠" } as const;

interface Props {
  changes: readonly Change[];
  selected: Pair | null;
  onSelect: (pair: Pair) => void;
}

/** What differs, the most of the difference first; a click shows where. */
export function ChangeList({ changes, selected, onSelect }: Props) {
  const { say, format } = useLanguage();
  const { nameOf, time } = useSideWords();
  const [all, setAll] = useState(false);
  const widest = changes.reduce((most, { contribution }) => Math.max(most, Math.abs(contribution)), 0);
  const shown = changes.slice(0, all ? changes.length : FEW);
  return (
    <section className="changes" aria-label={say("compare.changes")}>
      <h2>
        {say("compare.changes")} <span className="secondary">{say("compare.changesNote")}</span>
      </h2>
      {changes.length === 0 && <p className="secondary">{say("compare.none")}</p>}
      <ol>
        {shown.map((change) => {
          const { pair, kind, contribution, delta } = change;
          return (
            <li key={pair.key}>
              <button type="button" className="change" data-kind={kind} aria-pressed={pair === selected} onClick={() => onSelect(pair)}>
                <span className="change-head">
                  <span aria-hidden="true">{SIGNS[kind]}</span>
                  <span className="change-kind">{say(`compare.${kind}`)}</span>
                  <b>{contribution !== 0 ? format.signed(contribution) : kind === "status" ? "" : format.signed(delta)}</b>
                </span>
                <span className="clip">
                  {pair.kind === "subsegment" && pair.service !== pair.name && <span className="secondary">{pair.service} › </span>}
                  {nameOf(pair)} <span className="secondary">{pair.detail}</span>
                </span>
                <span className="change-facts secondary">
                  {kind !== "added" && kind !== "removed" && say("compare.instead", time(pair.a), time(pair.b))}
                  {pair.a.count !== pair.b.count && <span>{say("compare.times", `${format.number(pair.a.count)} : ${format.number(pair.b.count)}`)}</span>}
                  {contribution === 0 && kind !== "status" && <span>{say("compare.beside")}</span>}
                  {pair.a.status !== pair.b.status && pair.b.status !== "unknown" && pair.a.status !== "unknown" && (
                    <span className="change-status"><StatusMark status={pair.a.status} /> : <StatusMark status={pair.b.status} /></span>
                  )}
                </span>
                {widest > 0 && <i className="change-bar" data-less={contribution < 0 || undefined} style={{ width: `${(Math.abs(contribution) / widest) * 100}%` }} />}
              </button>
            </li>
          );
        })}
      </ol>
      {!all && changes.length > FEW && (
        <button type="button" className="tool" data-outlined onClick={() => setAll(true)}>{say("compare.more", format.number(changes.length - FEW))}</button>
      )}
    </section>
  );
}
