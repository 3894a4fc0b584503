import { type FormEvent, useMemo, useState } from "react";
import { useLocation } from "wouter";
import type { HistogramEntry } from "../../api/types.gen";
import { Bars } from "../../charts/Bars";
import { binByValue, quantile } from "../../charts/bins";
import { valueLabels } from "../../charts/labels";
import { useLanguage } from "../../i18n";
import { linkTo } from "../../state/question";

interface Props {
  title: string;
  entries: readonly HistogramEntry[];
  /** What the values are of, in the filter language; without it they can be looked at only. */
  selector: string | null;
}

/** Values by how often they were seen; a drag, or two numbers, lead to the traces with such response times. */
export function Distribution({ title, entries, selector }: Props) {
  const { say, format } = useLanguage();
  const [, navigate] = useLocation();
  const samples = useMemo(() => entries.map((entry) => ({ value: entry.Value ?? 0, count: entry.Count ?? 0 })), [entries]);
  const bins = useMemo(() => binByValue(samples), [samples]);
  const labels = useMemo(() => valueLabels(bins, format), [bins, format]);
  if (bins.length === 0) return <p className="secondary">{say("map.noHistogram")}</p>;
  const at = (share: number) => format.duration(quantile(samples, share) ?? 0);
  const go = (from: number | null, to: number | null) => navigate(linkTo("/traces", { filter: within(selector!, from, to) }));
  return (
    <section>
      <Bars
        title={title}
        plain
        bins={bins}
        labels={labels}
        describe={(from, to) => `${format.duration(bins[from]!.from)} – ${format.duration(bins[to]!.to)}`}
        {...(selector && { onSelect: (from: number, to: number) => go(bins[from]!.from, bins[to]!.to) })}
      />
      <p className="map-quantiles secondary">
        <span>p50 <b>{at(0.5)}</b></span>
        <span>p95 <b>{at(0.95)}</b></span>
        <span>p99 <b>{at(0.99)}</b></span>
      </p>
      {selector && <Between onGo={go} />}
    </section>
  );
}

/** The twin of the drag, for hands that cannot. */
function Between({ onGo }: { onGo: (from: number | null, to: number | null) => void }) {
  const { say } = useLanguage();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const seconds = (text: string) => (text.trim() && Number.isFinite(Number(text)) ? Number(text) / 1000 : null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (seconds(from) !== null || seconds(to) !== null) onGo(seconds(from), seconds(to));
  };
  return (
    <form className="map-between" onSubmit={send}>
      <input inputMode="decimal" aria-label={say("map.from")} placeholder={say("map.from")} value={from} onChange={(event) => setFrom(event.target.value)} />
      <input inputMode="decimal" aria-label={say("map.to")} placeholder={say("map.to")} value={to} onChange={(event) => setTo(event.target.value)} />
      <button type="submit" className="tool" data-outlined>{say("map.within")}</button>
    </form>
  );
}

/** The selection, where its response times lie between two bounds (in seconds). */
export function within(selector: string, from: number | null, to: number | null): string {
  const bound = (value: number) => String(Number(value.toPrecision(3)));
  const clauses = [from !== null && `responsetime >= ${bound(from)}`, to !== null && `responsetime < ${bound(to)}`].filter(Boolean);
  return clauses.length > 0 ? `${selector} { ${clauses.join(" AND ")} }` : selector;
}
