import { Link } from "wouter";
import type { Pair, Side } from "../../compare/pairs";
import { useSideWords } from "../../compare/words";
import { useLanguage } from "../../i18n";
import { StatusMark } from "../../shell/StatusMark";
import { linkTo } from "../../state/question";

const FEW = 6;

/** The chosen place: its figures side by side, and its spans in each trace, one click away. */
export function PlaceDetails({ pair, ids }: { pair: Pair; ids: { a: string; b: string } }) {
  const { say, format } = useLanguage();
  const { nameOf, time } = useSideWords();
  const { population } = pair.b;
  const facts: [string, (side: Side) => string][] = [
    [say("traces.duration"), time],
    ...(population ? [] : ([[say("compare.own"), (side) => (side.count ? format.duration(side.own) : "–")]] as [string, (side: Side) => string][])),
    [say("compare.path"), (side) => (side.count && (side.spans.length > 0 || population) ? format.duration(Math.max(0, side.path)) : "–")],
  ];
  const known = pair.b.spans.length > 0 || pair.b.count === 0 || population;
  return (
    <section className="compare-place" aria-label={nameOf(pair)}>
      <h2>{nameOf(pair)}</h2>
      {pair.detail && <p className="secondary">{pair.detail}</p>}
      <table>
        <thead>
          <tr>
            <td />
            {(["a", "b"] as const).map((set) => <th key={set} scope="col" data-set={set}>{set.toUpperCase()}</th>)}
          </tr>
        </thead>
        <tbody>
          {facts.map(([name, read]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{read(pair.a)}</td>
              <td>{known ? read(pair.b) : say("compare.unknown")}</td>
            </tr>
          ))}
          {!population && known && (
            <tr>
              <th scope="row">{say("traces.status")}</th>
              <td>{pair.a.count > 0 ? <StatusMark status={pair.a.status} /> : "–"}</td>
              <td>{pair.b.count > 0 ? <StatusMark status={pair.b.status} /> : "–"}</td>
            </tr>
          )}
        </tbody>
      </table>
      {population && (
        <p className="secondary">
          {say("compare.population", format.number(population.Count))} · {say("compare.median")} {format.duration(population.Median)} · {say("compare.p95")} {format.duration(population.P95)}
        </p>
      )}
      {(["a", "b"] as const).map((set) => {
        const spans = pair[set].spans.filter((span) => span.id && span.kind !== "missing");
        return ids[set] && spans.length > 0 && (
          <div key={set}>
            <h3>{say("compare.spansOf", set.toUpperCase())}</h3>
            <ul className="compare-spans">
              {[...spans].sort((x, y) => y.end - y.start - (x.end - x.start)).slice(0, FEW).map((span) => {
                const path = linkTo(`/traces/${ids[set]}`);
                return (
                  <li key={span.key}>
                    <Link className="mono" href={`${path}${path.includes("?") ? "&" : "?"}span=${encodeURIComponent(span.id)}`}>{span.id}</Link> {format.duration(span.end - span.start)}
                  </li>
                );
              })}
              {spans.length > FEW && <li className="secondary">{say("compare.more", format.number(spans.length - FEW))}</li>}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
