import { type ReactNode, useEffect, useRef } from "react";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { CopyButton } from "../../timeline/Copyable";
import { type Clause, formatted, linesOf } from "./clauses";
import { OutcomeMark } from "./Outcome";
import { useEvent } from "./reading";
import { type Told, whoOf } from "./record";

interface Props {
  id: string;
  known: readonly Told[];
  onFilter: (clause: Clause) => void;
  onClose: () => void;
}

/** All that is told of one event; what events can be looked up by is a button. */
export function EventDrawer({ id, known, onFilter, onClose }: Props) {
  const { say } = useLanguage();
  const { one, error, isPending } = useEvent(id, known);
  const drawer = useRef<HTMLElement>(null);
  useEffect(() => drawer.current?.focus(), [id]);
  return (
    <aside ref={drawer} className="audit-drawer" tabIndex={-1} aria-label={say("audit.one")} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <header>
        <h2>{one?.event.EventName ?? say("audit.one")}</h2>
        <button type="button" className="tool" aria-label={say("audit.close")} title={say("audit.close")} onClick={onClose}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="m2 2 10 10M12 2 2 12" stroke="currentColor" strokeWidth="1.6" /></svg>
        </button>
      </header>
      {one ? <Event one={one} onFilter={onFilter} /> : error ? <Failure error={error} /> : isPending ? <Waiting label={say("audit.loading")} /> : <p className="secondary">{say("audit.gone")}</p>}
    </aside>
  );
}

function Event({ one, onFilter }: { one: Told; onFilter: (clause: Clause) => void }) {
  const { say, format } = useLanguage();
  const { event, record, outcome } = one;
  const by = (clause: Clause | null, shown: ReactNode = <code>{clause?.value}</code>) => clause && <Filterable clause={clause} onFilter={onFilter}>{shown}</Filterable>;
  const facts: [string, ReactNode][] = [
    [say("audit.time"), <>{format.moment(event.EventTime)} <code className="secondary">{record.eventTime}</code></>],
    [say("audit.error"), record.errorCode && <><code>{record.errorCode}</code><p>{record.errorMessage}</p></>],
    [say("audit.who"), event.Username && by({ key: "Username", value: event.Username }, <bdi>{event.Username}</bdi>)],
    [say("audit.identity"), <>{record.userIdentity?.type} <code>{record.userIdentity?.arn}</code></>],
    [say("audit.key"), event.AccessKeyId && by({ key: "AccessKeyId", value: event.AccessKeyId })],
    [say("audit.what"), by({ key: "EventName", value: event.EventName })],
    [say("audit.source"), by({ key: "EventSource", value: event.EventSource })],
    ...event.Resources.map(({ ResourceType: type, ResourceName: name }): [string, ReactNode] => [
      say("audit.resource"),
      <>{by({ key: "ResourceName", value: name })}{by({ key: "ResourceType", value: type }, <span className="secondary">{type}</span>)}</>,
    ]),
    [say("audit.where"), record.sourceIPAddress && <code>{record.sourceIPAddress}</code>],
    [say("audit.agent"), record.userAgent && <bdi className="audit-agent">{record.userAgent}</bdi>],
    [say("audit.region"), record.awsRegion && <code>{record.awsRegion}</code>],
    [say("audit.request"), record.requestID && <code>{record.requestID}</code>],
    [say("audit.id"), by({ key: "EventId", value: event.EventId })],
  ];
  return (
    <>
      <p className="audit-sentence"><OutcomeMark outcome={outcome} /> <bdi>{say(`audit.did.${outcome}`, whoOf(one) ?? say("audit.unknown"), event.EventName)}</bdi></p>
      <dl className="audit-facts">
        {facts.filter(([, value]) => value).map(([name, value], i) => (
          <div key={name + i}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="audit-record-head">
        <h3>{say("audit.record")}</h3>
        <CopyButton key={event.EventId} label={say("audit.copyRecord")} text={() => formatted(event.CloudTrailEvent)} />
        <CopyButton key={`${event.EventId} link`} label={say("audit.copyLink")} text={() => location.href} />
      </div>
      <pre className="audit-record" tabIndex={0}>
        {linesOf(event).map(({ before, value, after, clause }, i) => (
          <span key={i}>
            {before}
            {clause ? <button type="button" className="access-link" title={say("audit.filterBy", clause.value)} onClick={() => onFilter(clause)}>{value}</button> : value}
            {after}{"\n"}
          </span>
        ))}
      </pre>
    </>
  );
}

function Filterable({ clause, onFilter, children }: { clause: Clause; onFilter: (clause: Clause) => void; children: ReactNode }) {
  const { say } = useLanguage();
  const words = say("audit.filterBy", clause.value);
  return <span className="audit-fact">{children} <button type="button" className="audit-by" aria-label={words} title={words} onClick={() => onFilter(clause)}>=</button></span>;
}
