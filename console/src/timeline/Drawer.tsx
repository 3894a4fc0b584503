import { useLanguage } from "../i18n";
import { StatusMark } from "../shell/StatusMark";
import { type Tab, Tabs } from "../shell/Tabs";
import { CopyButton } from "./Copyable";
import { lengthOf, type Stretch } from "./critical";
import "./drawer.css";
import { AnnotationsTab, JsonTab, MetadataTab, ResourcesTab, SqlTab } from "./DrawerTabs";
import { ExceptionsTab } from "./ExceptionsTab";
import { GroupTab } from "./GroupTab";
import type { Populations } from "./kinds";
import { linksOf } from "./links";
import { LinksTab } from "./LinksTab";
import { OverviewTab } from "./OverviewTab";
import { summaryOf } from "./summary";
import type { Span, TraceTree } from "./tree";

interface Props {
  span: Span;
  tree: TraceTree;
  path: ReadonlyMap<string, readonly Stretch[]>;
  populations: Populations | null;
  tab: string;
  onTab: (tab: string) => void;
  onClose: () => void;
  onSelect: (span: Span) => void;
}

/** What is known of one segment or subsegment; only the tabs that have something to say. */
export function Drawer({ span, tree, path, populations, tab, onTab, onClose, onSelect }: Props) {
  const { say, format } = useLanguage();
  const document = span.document ?? {};
  const has = (value: object | undefined) => value !== undefined && value !== null && Object.keys(value).length > 0;
  const overview = span.kind === "group"
    ? <GroupTab span={span} onSelect={onSelect} />
    : <OverviewTab span={span} tree={tree} onPath={lengthOf(path.get(span.key))} populations={populations} />;
  const tabs: Tab[] = [
    { id: "overview", label: say("drawer.overview"), content: overview, shown: true },
    { id: "resources", label: say("drawer.resources"), content: <ResourcesTab document={document} />, shown: has(document.aws) || has(document.service) || !!document.origin },
    { id: "annotations", label: say("drawer.annotations"), content: <AnnotationsTab document={document} />, shown: has(document.annotations) },
    { id: "metadata", label: say("drawer.metadata"), content: <MetadataTab document={document} />, shown: has(document.metadata) },
    { id: "exceptions", label: say("drawer.exceptions"), content: <ExceptionsTab document={document} />, shown: document.cause !== undefined && document.cause !== null },
    { id: "sql", label: say("drawer.sql"), content: <SqlTab document={document} />, shown: has(document.sql) },
    { id: "links", label: say("drawer.links"), content: <LinksTab document={document} />, shown: linksOf(document).length > 0 },
    { id: "json", label: say("drawer.json"), content: <JsonTab document={document} />, shown: span.document !== null },
  ].filter((each) => each.shown);
  return (
    <aside
      className="drawer"
      aria-label={say("drawer.label")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        onClose();
        globalThis.document.querySelector<HTMLElement>(".timeline-scroll, .flame-scroll, .spans")?.focus();
      }}
    >
      <header>
        <div className="drawer-title">
          <h2 className="clip" title={span.name}>{span.kind === "missing" ? say("timeline.missingParent") : span.name}</h2>
          <StatusMark status={span.status} http={span.httpStatus} />
        </div>
        <button type="button" className="tool" aria-label={say("drawer.close")} title={say("drawer.close")} onClick={onClose}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="m2 2 10 10M12 2 2 12" stroke="currentColor" strokeWidth="1.6" /></svg>
        </button>
      </header>
      <div className="drawer-tools" key={span.key}>
        <CopyButton text={() => location.href} label={say("drawer.copyLink")} />
        <CopyButton text={() => `${summaryOf(span, tree, say, format)} · ${location.href}`} label={say("drawer.copySummary")} />
      </div>
      <Tabs tabs={tabs} active={tab} label={say("drawer.label")} onChange={onTab} />
    </aside>
  );
}
