import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { LiveTrace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { StatusMark } from "../../shell/StatusMark";
import { linkTo } from "../../state/question";
import { statusOf } from "../../state/status";
import { pathOf } from "../../timeline/describe";

/** The rows of the tail; `onLook` is told while the pointer, the focus or a selection is among them. */
export function LiveTable({ traces, onLook }: { traces: readonly LiveTrace[]; onLook: (looking: boolean) => void }) {
  const { say, format } = useLanguage();
  const body = useRef<HTMLDivElement>(null);
  const look = useRef({ pointed: false, focused: false, selected: false });
  const told = useRef(onLook);
  told.current = onLook;
  const note = (change: Partial<typeof look.current>) => {
    Object.assign(look.current, change);
    told.current(Object.values(look.current).some(Boolean));
  };
  useEffect(() => {
    const select = () => {
      const selection = document.getSelection();
      note({ selected: selection !== null && !selection.isCollapsed && body.current?.contains(selection.anchorNode) === true });
    };
    document.addEventListener("selectionchange", select);
    return () => {
      document.removeEventListener("selectionchange", select);
      told.current(false);
    };
  }, []);
  return (
    <div
      ref={body}
      className="live-table"
      onPointerEnter={() => note({ pointed: true })}
      onPointerLeave={() => note({ pointed: false })}
      onFocus={() => note({ focused: true })}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || note({ focused: false })}
    >
      <table className="list" aria-label={say("live.title")}>
        <thead>
          <tr>
            <th scope="col">{say("live.arrived")}</th>
            <th scope="col">{say("traces.status")}</th>
            <th scope="col">{say("live.service")}</th>
            <th scope="col">{say("traces.method")}</th>
            <th scope="col">{say("traces.url")}</th>
            <th scope="col" className="number">{say("traces.duration")}</th>
            <th scope="col">{say("traces.id")}</th>
          </tr>
        </thead>
        <tbody>
          {traces.map((trace) => (
            <tr key={trace.Id}>
              <td className="live-time">{trace.StartTime === undefined ? "–" : format.clock(trace.StartTime, true)}</td>
              <td>
                <StatusMark
                  status={statusOf({ fault: trace.HasFault, throttle: trace.HasThrottle, error: trace.HasError, pending: trace.IsPartial, httpStatus: trace.Http?.HttpStatus ?? undefined })}
                  http={trace.Http?.HttpStatus}
                />
              </td>
              <td className="clip">{trace.EntryPoint?.Name ?? "–"}</td>
              <td>{trace.Http?.HttpMethod ?? "–"}</td>
              <td className="clip live-url" title={trace.Http?.HttpURL ?? undefined}>{trace.Http?.HttpURL ? pathOf(trace.Http.HttpURL) : "–"}</td>
              <td className="number">{trace.Duration === undefined || (trace.IsPartial && !trace.Duration) ? "–" : format.duration(trace.Duration)}</td>
              <th scope="row"><Link className="mono" href={linkTo(`/traces/${trace.Id}`, { filter: "" })}>{trace.Id}</Link></th>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
