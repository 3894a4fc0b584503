import { useEffect, useMemo, useRef } from "react";
import type { Trace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Copyable, CopyButton } from "../../timeline/Copyable";
import type { Span, TraceTree } from "../../timeline/tree";

/** The documents as they were sent, one a segment; that of the selected span is open. */
export function JsonLens({ trace, tree, selected }: { trace: Trace; tree: TraceTree; selected: Span | null }) {
  const { say, format } = useLanguage();
  const segments = useMemo(() => tree.spans.filter((span) => span.document && (span.kind === "segment" || !span.parent?.document?.subsegments?.includes(span.document))), [tree]);
  const chosen = segmentOf(selected, segments) ?? segments[0];
  const place = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    void place.current?.scrollIntoView({ block: "nearest" }); // a promise in some browsers
  }, [chosen]);
  return (
    <section className="jsons" aria-label={say("json.segment")}>
      <div className="spans-tools">
        <b>{say("json.segment")}</b>
        <CopyButton label={say("json.copy")} text={() => JSON.stringify({ ...trace, Segments: segments.map((span) => span.document) }, null, 2)} />
      </div>
      {segments.map((span) => (
        <details key={`${span.key}${span === chosen}`} ref={span === chosen ? place : undefined} open={span === chosen} onToggle={fill}>
          <summary>
            <b>{span.name}</b> <span className="mono secondary">{span.id}</span> <span className="secondary">{format.duration(span.end - span.start)}</span>
          </summary>
          <div className="jsons-text">{span === chosen ? <Copyable text={JSON.stringify(span.document, null, 2)} /> : <pre data-key={span.key} tabIndex={0} />}</div>
        </details>
      ))}
    </section>
  );

  /** Written when it is opened: ten thousand documents at once would be ten thousand times as long to lay out. */
  function fill(event: React.SyntheticEvent<HTMLDetailsElement>): void {
    const pre = event.currentTarget.querySelector<HTMLElement>("pre[data-key]");
    if (pre && !pre.textContent) pre.textContent = JSON.stringify(segments.find((span) => span.key === pre.dataset.key)?.document, null, 2);
  }
}

/** The document that a span is part of. */
function segmentOf(span: Span | null, segments: readonly Span[]): Span | undefined {
  const known = new Set(segments);
  for (let at = span; at; at = at.parent) if (known.has(at)) return at;
  return undefined;
}
