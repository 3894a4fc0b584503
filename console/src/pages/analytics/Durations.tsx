import { useCallback, useMemo } from "react";
import { type Distribution, distributionOf, durationAt } from "../../analytics/distribution";
import { Canvas, type Paint } from "../../charts/Canvas";
import { drawDistributions } from "../../charts/draw-distributions";
import { useLanguage } from "../../i18n";
import { Export } from "../../shell/Export";
import { Failure } from "../../shell/Failure";
import type { Answers } from "./useAnalytics";

const HEADER = ["set", "min_duration", "max_duration", "traces", "share"];

/** How long the traces of either set take, each as shares of itself; without a set B beside all traces. */
export function Durations({ answers, isRest, table }: { answers: Answers; isRest: boolean; table: boolean }) {
  const { say, format } = useLanguage();
  const { durationsA, durationsB } = answers;
  const a = useMemo(() => (durationsA.data ? distributionOf(durationsA.data) : null), [durationsA.data]);
  const b = useMemo(() => (durationsB.data ? distributionOf(durationsB.data) : null), [durationsB.data]);
  const other = isRest ? say("analytics.all") : "B";
  const paint = useCallback<Paint>((context, size, palette) => drawDistributions(context, size, palette, { a, b, isRest, duration: format.duration }), [a, b, isRest, format]);
  const sets = [{ name: "A", of: a }, { name: other, of: b }].flatMap(({ name, of }) => (of ? [{ name, of }] : []));
  const median = (of: Distribution) => durationAt(of, 0.5);
  const spoken = sets.map(({ name, of }) => `${name}: ${say("traces.count", of.count)}${of.count > 0 ? `, ${say("analytics.median", format.duration(median(of)!))}` : ""}`).join("; ");
  const bands = sets.flatMap(({ name, of }) => of.counts.flatMap((count, i) => (count > 0 ? [{ name, low: of.edges[i]!, high: of.edges[i + 1]!, count, share: count / of.count }] : [])));
  const error = durationsA.error ?? durationsB.error;
  return (
    <section className="durations" aria-label={say("analytics.distribution")} data-old={durationsA.isPlaceholderData || undefined}>
      <h2>{say("analytics.distribution")} <span className="secondary">{say("analytics.distributionNote")}</span></h2>
      {error && <Failure error={error} onRetry={() => void (durationsA.isError ? durationsA : durationsB).refetch()} />}
      {table ? (
        <div className="table-box" role="region" aria-label={say("analytics.distribution")} tabIndex={0}>
          <Export name="durations" header={HEADER} rows={() => bands.map((each) => [each.name, each.low, each.high, each.count, each.share])} />
          <table className="list">
            <thead>
              <tr>
                <th scope="col">{say("traces.duration")}</th>
                <th scope="col">{say("analytics.set")}</th>
                <th scope="col" className="number">{say("traces.title")}</th>
                <th scope="col" className="number">%</th>
              </tr>
            </thead>
            <tbody>
              {bands.map((each) => (
                <tr key={`${each.name}${each.low}`}>
                  <th scope="row">{format.duration(each.low)} – {format.duration(each.high)}</th>
                  <td>{each.name}</td>
                  <td className="number">{format.number(each.count)}</td>
                  <td className="number">{format.percent(each.share)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <>
          <div className="durations-canvas"><Canvas paint={paint} role="img" aria-label={`${say("analytics.distribution")}. ${spoken}`} /></div>
          <p className="durations-legend" aria-hidden="true">
            <span data-set="a">A</span>
            <span data-set={isRest ? "rest" : "b"}>{other}</span>
          </p>
        </>
      )}
    </section>
  );
}
