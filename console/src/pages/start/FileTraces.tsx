import { useId, useMemo, useState } from "react";
import { useLanguage } from "../../i18n";
import { buildTree } from "../../timeline/tree";
import { TraceView } from "../trace/TraceView";
import type { FileTrace } from "./offline";

/** The traces of a file, as if they were stored. */
export default function FileTraces({ name, traces, onClose }: { name: string; traces: readonly FileTrace[]; onClose: () => void }) {
  const { say, format } = useLanguage();
  const id = useId();
  const [at, setAt] = useState(0);
  const trees = useMemo(() => traces.map((trace) => buildTree(trace.documents)), [traces]);
  const { id: traceId, documents } = traces[at]!;
  const tree = trees[at]!;
  const trace = useMemo(
    () => ({ Id: traceId, Duration: tree.end - tree.start, LimitExceeded: false, Segments: documents.map((Document, i) => ({ Id: String(i), Document })) }),
    [traceId, documents, tree],
  );
  return (
    <div className="file-trace">
      <div className="file-head">
        <h2>{say("start.fileHolds", name, traces.length)}</h2>
        <span className="secondary">{say("start.fileNote")}</span>
        <label htmlFor={id}>{say("start.fileTrace")}</label>
        <select id={id} value={at} onChange={(event) => setAt(Number(event.target.value))}>
          {traces.map((each, i) => (
            <option key={each.id} value={i}>{[each.id, trees[i]!.roots[0]?.name, format.duration(trees[i]!.end - trees[i]!.start)].filter(Boolean).join(" · ")}</option>
          ))}
        </select>
        <button type="button" className="tool" data-outlined onClick={onClose}>{say("start.fileClose")}</button>
      </div>
      <div className="file-body">
        <TraceView key={traceId} id={traceId} trace={trace} services={null} populations={null} searchable={false} />
      </div>
    </div>
  );
}
