import { useEffect, useId, useMemo, useState } from "react";
import { useLanguage } from "../../i18n";
import { criticalPath } from "../../timeline/critical";
import { Drawer } from "../../timeline/Drawer";
import { Timeline } from "../../timeline/Timeline";
import { buildTree, type Span } from "../../timeline/tree";
import type { FileTrace } from "./offline";

/** The traces of a file on a timeline, as if they were stored. */
export default function FileTraces({ name, traces, onClose }: { name: string; traces: readonly FileTrace[]; onClose: () => void }) {
  const { say, format } = useLanguage();
  const id = useId();
  const [at, setAt] = useState(0);
  const trees = useMemo(() => traces.map((trace) => buildTree(trace.documents)), [traces]);
  const tree = trees[at]!;
  const [selected, setSelected] = useState<Span | null>(null);
  const [critical, setCritical] = useState(true);
  const [zoom, setZoom] = useState("");
  const [tab, setTab] = useState("overview");
  const path = useMemo(() => criticalPath(tree.roots.find((root) => root.kind === "segment") ?? tree.roots[0]), [tree]);
  useEffect(() => {
    setSelected(null);
    setZoom("");
  }, [tree]);
  return (
    <div className="file-trace">
      <div className="file-head">
        <h1>{say("start.fileHolds", name, traces.length)}</h1>
        <span className="secondary">{say("start.fileNote")}</span>
        <label htmlFor={id}>{say("start.fileTrace")}</label>
        <select id={id} value={at} onChange={(event) => setAt(Number(event.target.value))}>
          {traces.map((trace, i) => (
            <option key={trace.id} value={i}>{[trace.id, trees[i]!.roots[0]?.name, format.duration(trees[i]!.end - trees[i]!.start)].filter(Boolean).join(" · ")}</option>
          ))}
        </select>
        <button type="button" className="tool" data-outlined onClick={onClose}>{say("start.fileClose")}</button>
      </div>
      {tree.missing > 0 && <p className="strip">{say("trace.partial", tree.missing)}</p>}
      <div className="file-body" data-drawer={selected ? "" : undefined}>
        <Timeline key={traces[at]!.id} tree={tree} selected={selected} matched={null} onSelect={setSelected} critical={critical} onCritical={setCritical} zoomed={zoom} onZoomed={setZoom} />
        {selected && <Drawer span={selected} tree={tree} path={path} tab={tab} onTab={setTab} onClose={() => setSelected(null)} />}
      </div>
    </div>
  );
}
