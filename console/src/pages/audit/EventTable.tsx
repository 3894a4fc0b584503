import { useLanguage } from "../../i18n";
import { OutcomeMark } from "./Outcome";
import { aboutOf, serviceOf, type Told, whoOf } from "./record";

const MOST_NAMES = 2;

/** The events, the newest first; each opens beside the table. */
export function EventTable({ rows, open, isOld, onOpen }: { rows: readonly Told[]; open: string; isOld: boolean; onOpen: (id: string) => void }) {
  const { say, format } = useLanguage();
  return (
    <table className="list audit-table" aria-label={say("iam.nav.audit")} data-old={isOld || undefined}>
      <thead>
        <tr>{(["outcome", "time", "what", "who", "onWhat", "where"] as const).map((each) => <th key={each} scope="col">{say(`audit.${each}`)}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((one) => {
          const { event, record, outcome } = one;
          const about = aboutOf(event);
          const isOpen = event.EventId === open;
          return (
            <tr key={event.EventId} data-outcome={outcome} data-chosen={isOpen ? "" : undefined}>
              <td><OutcomeMark outcome={outcome} /></td>
              <td className="audit-time">{format.moment(event.EventTime)}</td>
              <th scope="row">
                <button type="button" className="access-link" data-event={event.EventId} aria-expanded={isOpen} onClick={() => onOpen(isOpen ? "" : event.EventId)}>{event.EventName}</button>{" "}
                <span className="secondary">{serviceOf(event.EventSource)}</span>
                {record.errorCode && <code className="audit-code">{record.errorCode}</code>}
              </th>
              <td><bdi>{whoOf(one) ?? say("audit.unknown")}</bdi></td>
              <td title={about.join("\n")}>{about.slice(0, MOST_NAMES).map((name) => <bdi key={name} className="audit-about">{name}</bdi>)}{about.length > MOST_NAMES && <span className="secondary">+{format.number(about.length - MOST_NAMES)}</span>}</td>
              <td><bdi>{record.sourceIPAddress ?? ""}</bdi></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
