import { useLanguage } from "../i18n";
import { Facts } from "./Facts";
import { ENOUGH, isSlowForItsKind, type Populations } from "./kinds";
import type { Span } from "./tree";

/** The span beside how long its kind usually takes. */
export function TypicalSection({ span, populations }: { span: Span; populations: Populations }) {
  const { say, format } = useLanguage();
  const kind = populations.get(span.id);
  const seconds = span.end - span.start;
  if (!kind || kind.Count === 0 || span.inProgress) return null;
  if (kind.Count < ENOUGH) {
    return (
      <section className="typical">
        <h3>{say("typical.title")}</h3>
        <p className="secondary">{say("typical.few", kind.Count)}</p>
      </section>
    );
  }
  const slow = isSlowForItsKind(span, populations);
  // By ratio, as latencies spread: the band from the median to 99 %, and the span as a mark on the same scale.
  const [low, high] = [Math.min(kind.Median, seconds) / 2 || 1e-6, Math.max(kind.P99, seconds) * 1.3 || 1];
  const at = (value: number) => 100 * Math.min(1, Math.max(0, Math.log(Math.max(value, low) / low) / Math.log(high / low)));
  return (
    <section className="typical" data-slow={slow || undefined}>
      <h3>{say("typical.title")}</h3>
      <p>
        <b>{say(slow ? "typical.slow" : "typical.usual")}</b>
        {kind.Median > 0 && <span className="secondary"> · {say("typical.times", format.compact(seconds / kind.Median))}</span>}
      </p>
      <svg className="typical-scale" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
        <rect className="typical-most" x={at(kind.Median)} y="4" width={Math.max(0.5, at(kind.P95) - at(kind.Median))} height="6" />
        <rect className="typical-rest" x={at(kind.P95)} y="5.5" width={Math.max(0.3, at(kind.P99) - at(kind.P95))} height="3" />
        <rect className="typical-here" x={at(seconds) - 0.4} y="0" width="0.8" height="14" />
      </svg>
      <Facts
        rows={[
          { name: say("typical.median"), value: format.duration(kind.Median) },
          { name: say("typical.p95"), value: format.duration(kind.P95) },
          { name: say("typical.p99"), value: format.duration(kind.P99) },
          { name: say("typical.faults"), value: format.percent(kind.FaultShare) },
        ]}
      />
      <p className="secondary">{say("typical.of", format.number(kind.Count), [kind.Subsegment || kind.Name, kind.Operation].filter(Boolean).join(" "))}</p>
    </section>
  );
}
