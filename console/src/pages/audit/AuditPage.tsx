import { type Attribute, ATTRIBUTES } from "../../api/trail";
import { ApiError } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { csvOf, download } from "../../shell/download";
import { Waiting } from "../../shell/Waiting";
import { rangeOr } from "../../state/range";
import { type Codec, oneOf, text, useUrlState } from "../../state/url";
import { ListHead } from "../access/Named";
import { Tool } from "../access/parts";
import { Asking } from "./Asking";
import "./audit.css";
import { Chain } from "./Chain";
import { type Clause, clausesIn, SHOWN, type Shown } from "./clauses";
import { EventDrawer } from "./EventDrawer";
import { EventTable } from "./EventTable";
import { LONGEST_SECONDS, useEvents } from "./reading";
import { type Told, whoOf } from "./record";
import { When } from "./When";

const BY = Object.fromEntries(ATTRIBUTES.map((key) => [key, text])) as Record<Attribute, Codec<string>>;
const STATE = { ...BY, show: oneOf<Shown>(...SHOWN), when: rangeOr(24 * 3600), event: text };
const MANY = 2000;
const HEADER = ["time", "outcome", "service", "event", "user", "key", "address", "error", "id"];

/** Who did what, when, from where, and what became of it. What is asked for is kept in the address. */
export default function AuditPage() {
  const { say, format } = useLanguage();
  const [state, patch] = useUrlState(STATE);
  const { show, when, event: open } = state;
  const clauses = clausesIn(state);
  const events = useEvents(clauses, show, when);
  const { rows, read, error } = events;
  // Who asks for one event, or for what was only read, is not to be shown less for it.
  const add = ({ key, value }: Clause) => patch({ [key]: value, ...((key === "EventId" || key === "ReadOnly") && { show: "all" }) });
  const close = () => {
    patch({ event: "" });
    document.querySelector<HTMLElement>(`[data-event="${CSS.escape(open)}"]`)?.focus();
  };
  const widest = { when: { kind: "last", seconds: LONGEST_SECONDS } } as const;
  const isDenied = error instanceof ApiError && error.code.startsWith("AccessDenied");
  const isEmpty = rows.length === 0 && !error && !events.isPending && !events.isReading;
  const oldest = read.at(-1)?.event.EventTime;
  const counted = show === "all" && rows.length === read.length ? say("audit.count", rows.length) : say("audit.read", say("audit.count", rows.length), format.number(read.length));
  return (
    <>
      <ListHead
        title={say("iam.nav.audit")}
        about={say("audit.about")}
        more={
          <>
            <Tool label={say("audit.exportLines")} about={say("iam.nav.audit")} disabled={rows.length === 0} onClick={() => download("audit.jsonl", "application/x-ndjson", rows.map(({ event }) => `${event.CloudTrailEvent}\n`).join(""))} />
            <Tool label={say("export.csv")} about={say("iam.nav.audit")} disabled={rows.length === 0} onClick={() => download("audit.csv", "text/csv", csvOf(HEADER, rows.map(cells)))} />
            <Tool label={say("question.refresh")} onClick={events.refresh} />
          </>
        }
      />
      <div className="audit-question">
        <Asking clauses={clauses} shown={show} read={read} onAdd={add} onDrop={(key) => patch({ [key]: "" })} onShow={(shown) => patch({ show: shown }, "replace")} />
        <When value={when} onChange={(range) => patch({ when: range })} />
      </div>
      {isDenied && <div className="strip"><p><b>{say("audit.denied")}.</b> {say("audit.deniedWhy")}</p></div>}
      {error && <Failure error={error} onRetry={events.retry} />}
      {events.isPending && <Waiting label={say("audit.loading")} />}
      <div className="audit-sides" data-open={open ? "" : undefined}>
        <div className="audit-list">
          {rows.length > 0 && <EventTable rows={rows} open={open} isOld={events.isOld} onOpen={(id) => patch({ event: id }, open ? "replace" : "push")} />}
          {isEmpty && (
            <div className="blank">
              <h2>{say(read.length === 0 && clauses.length === 0 ? "audit.empty" : show === "refused" ? "audit.emptyRefused" : "audit.emptyFiltered")}</h2>
              <p className="secondary">{read.length > 0 ? say("audit.emptyRead", say("audit.count", read.length)) : clauses.length === 0 ? say("audit.first") : ""}</p>
              <div className="access-head-tools">
                {clauses.length > 0 && <Tool label={say("audit.dropAll")} onClick={() => patch(Object.fromEntries(ATTRIBUTES.map((key) => [key, ""])))} />}
                {show !== "all" && read.length > 0 && <Tool label={say("audit.showAll")} onClick={() => patch({ show: "all" })} />}
                {(when.kind === "fixed" || when.seconds < LONGEST_SECONDS) && <Tool label={say("audit.widen")} onClick={() => patch(widest)} />}
              </div>
            </div>
          )}
          {rows.length >= MANY && <p className="strip">{say("audit.many", say("audit.count", rows.length))}</p>}
          <div className="audit-end">
            {events.hasMore && !error && <Tool label={say("audit.more")} disabled={events.isReading} onClick={events.more} />}
            <span className="secondary" role="status">{read.length > 0 && [counted, events.hasMore && oldest !== undefined ? say("audit.backTo", format.moment(oldest)) : !error && !events.isReading && say("audit.whole")].filter(Boolean).join(" · ")}</span>
          </div>
        </div>
        {open && <EventDrawer id={open} known={read} onFilter={add} onClose={close} />}
      </div>
      {!events.isPending && !isDenied && <Chain />}
    </>
  );
}

function cells(one: Told): string[] {
  const { event, record, outcome } = one;
  return [new Date(event.EventTime * 1000).toISOString(), outcome, event.EventSource, event.EventName, whoOf(one) ?? "", event.AccessKeyId ?? "", record.sourceIPAddress ?? "", record.errorCode ?? "", event.EventId];
}
