import { useLanguage } from "../i18n";
import type { Status } from "../state/status";

const SHAPES: Record<Status, React.ReactNode> = {
  ok: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  error: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  throttle: <path d="M6 .8 11.4 11H.6Z" fill="currentColor" />,
  fault: <rect x="1" y="1" width="10" height="10" fill="currentColor" />,
  pending: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2 1.8" />,
  unknown: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.2" strokeDasharray="1 2" />,
};

/** The shape of a status; colour repeats what the shape says, and never stands alone. */
export function StatusShape({ status }: { status: Status }) {
  return (
    <svg className={`status-${status}`} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {SHAPES[status]}
    </svg>
  );
}

/** Shape, word and, when known, the HTTP status. */
export function StatusMark({ status, http }: { status: Status; http?: number | null | undefined }) {
  const { say } = useLanguage();
  return (
    <span className={`status status-${status}`}>
      <StatusShape status={status} />
      <span>{say(`status.${status}`)}</span>
      {http ? <span className="status-http">{http}</span> : null}
    </span>
  );
}
