import { type ReactNode, useMemo, useState } from "react";
import { Link } from "wouter";
import type { Trace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { StatusMark, StatusShape } from "../../shell/StatusMark";
import { compareLink, TYPICAL } from "../../state/compare";
import { CopyButton } from "../../timeline/Copyable";
import type { Stretch } from "../../timeline/critical";
import { operationOf } from "../../timeline/describe";
import { linkedTraces } from "../../timeline/links";
import { TraceAddress } from "../../timeline/LinksTab";
import { type Groups, looksLikeLoop } from "../../timeline/siblings";
import { sentenceOf } from "../../timeline/summary";
import { countOf, type TraceTree } from "../../timeline/tree";
import { verdictOf } from "../../timeline/verdict";

const FEW_LINKS = 4;
const COUNTED = [
  ["fault", "status.faults"],
  ["error", "status.errors"],
  ["throttle", "status.throttles"],
] as const;

interface Props {
  id: string;
  trace: Trace;
  tree: TraceTree;
  groups: Groups;
  path: ReadonlyMap<string, readonly Stretch[]>;
  /** What else can be done with the trace. */
  tools?: ReactNode;
  /** What is to be known before its times are believed. */
  notes?: ReactNode;
}

/** The trace in a few lines: what was asked, how it ended, where its time went, what is wrong inside. */
export function TraceHeader({ id, trace, tree, groups, path, tools, notes }: Props) {
  const { say, format } = useLanguage();
  const root = tree.roots.find((span) => span.kind === "segment") ?? tree.roots[0];
  const [copied, setCopied] = useState(false);
  const linked = linkedTraces(tree, id);
  const inside = tree.spans.filter((span) => span.kind === "subsegment").length;
  const verdict = useMemo(() => verdictOf(tree, path), [tree, path]);
  const loop = useMemo(() => groups.all.filter((group) => looksLikeLoop(group.members!)).sort((a, b) => b.members!.length - a.members!.length)[0], [groups]);
  const title = root ? `${root.name} ${root.document?.http || (root.document && operationOf(root.document)) ? root.detail : ""}`.trim() : id;
  const sentence = [sentenceOf(verdict, say, format), loop && say("verdict.loop", loop.members!.length, loop.name)].filter(Boolean).join(say("verdict.join"));
  return (
    <div className="trace-head">
      <div className="trace-line">
        <h1 className="clip">{title}</h1>
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
        <span className="trace-tools">
          <Link className="tool trace-compare" data-outlined href={compareLink(id, TYPICAL)}>{say("compare.withTypical")}</Link>
          <CopyButton label={say("trace.copySummary")} text={() => `${title} · ${root ? say(`status.${root.status}`) : ""}${root?.httpStatus ? ` ${root.httpStatus}` : ""} · ${sentence} · ${location.href}`} />
          {tools}
        </span>
      </div>
      <p className="trace-verdict">{sentence}</p>
      <p className="trace-line secondary">
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
      {notes}
    </div>
  );
}
