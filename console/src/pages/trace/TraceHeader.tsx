import { useState } from "react";
import { Link } from "wouter";
import type { Trace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { StatusMark, StatusShape } from "../../shell/StatusMark";
import { compareLink, TYPICAL } from "../../state/compare";
import { operationOf } from "../../timeline/describe";
import { linkedTraces } from "../../timeline/links";
import { TraceAddress } from "../../timeline/LinksTab";
import { countOf, type TraceTree } from "../../timeline/tree";

const FEW_LINKS = 4;
const COUNTED = [
  ["fault", "status.faults"],
  ["error", "status.errors"],
  ["throttle", "status.throttles"],
] as const;

/** The trace in one line: what was asked, how it ended, how long it took, what is wrong inside. */
export function TraceHeader({ id, trace, tree }: { id: string; trace: Trace; tree: TraceTree }) {
  const { say, format } = useLanguage();
  const root = tree.roots.find((span) => span.kind === "segment") ?? tree.roots[0];
  const [copied, setCopied] = useState(false);
  const linked = linkedTraces(tree, id);
  const inside = tree.spans.filter((span) => span.kind === "subsegment").length;
  return (
    <div className="trace-head">
      <div className="trace-line">
        <h1 className="clip">{root ? `${root.name} ${root.document?.http || (root.document && operationOf(root.document)) ? root.detail : ""}` : id}</h1>
        {root && <StatusMark status={root.status} http={root.httpStatus} />}
        <button
          type="button"
          className="tool mono"
          title={say("trace.copyId")}
          aria-label={`${say("trace.copyId")} ${id}`}
          onClick={() => void navigator.clipboard?.writeText(id).then(() => setCopied(true))}
        >
          {copied ? say("trace.copied") : id}
        </button>
        <Link className="tool trace-compare" data-outlined href={compareLink(id, TYPICAL)}>{say("compare.withTypical")}</Link>
      </div>
      <p className="trace-line secondary">
        <b>{format.duration(trace.Duration ?? tree.end - tree.start)}</b>
        <span>{say("trace.segments", tree.segments)}</span>
        <span>{say("trace.spans", inside)}</span>
        <span>{say("trace.services", tree.services.length)}</span>
        {COUNTED.map(([status, word]) => {
          const count = countOf(tree, status);
          return count > 0 && (
            <span key={status} className={`status status-${status}`}>
              <StatusShape status={status} /> {say(word, count)}
            </span>
          );
        })}
        <span>{say("trace.started", format.moment(tree.start))}</span>
      </p>
      {linked.length > 0 && (
        <p className="trace-line secondary">
          <span>{say("trace.linked", linked.length)}</span>
          {linked.slice(0, FEW_LINKS).map((link) => <TraceAddress key={link.traceId} link={link} />)}
          {linked.length > FEW_LINKS && <span>…</span>}
        </p>
      )}
      {tree.inProgress && <p className="strip">{say("trace.inProgress")}</p>}
      {tree.missing > 0 && <p className="strip">{say("trace.partial", tree.missing)}</p>}
      {trace.LimitExceeded && <p className="strip">{say("trace.limit")}</p>}
    </div>
  );
}
