import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/client";
import type { Trace } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { type Asked, expressionOf } from "../../state/question";
import { serviceClause } from "./links";
import { versionsOf } from "./versions";

const AT_ONCE = 5; // as many as BatchGetTraces takes
const MOST = 20;

/** The releases that answered in the newest traces of a service; not shown when none says which it is. */
export function Versions({ asked, name, type }: { asked: Asked; name: string; type: string }) {
  const { say, format } = useLanguage();
  const { window, question } = asked;
  const query = useQuery({
    queryKey: ["versions", window.start, window.end, question.group, name, type],
    queryFn: async ({ signal }) => {
      const filter = expressionOf({ group: question.group, filter: serviceClause(name, type) });
      const page = await call("GetTraceSummaries", { StartTime: window.start, EndTime: window.end, FilterExpression: filter }, signal);
      const ids = (page.TraceSummaries ?? []).flatMap((trace) => trace.Id ?? []).slice(0, MOST);
      const traces: Trace[] = [];
      for (let i = 0; i < ids.length; i += AT_ONCE) traces.push(...((await call("BatchGetTraces", { TraceIds: ids.slice(i, i + AT_ONCE) }, signal)).Traces ?? []));
      return { traces: traces.length, versions: versionsOf(traces, name) };
    },
  });
  const { versions = [], traces = 0 } = query.data ?? {};
  if (!versions.some((version) => version.name)) return null;
  return (
    <section className="service-card">
      <h2>{say("services.versions")} <span className="secondary">{say("services.versionsOf", format.number(traces))}</span></h2>
      <ul>
        {versions.map((version) => (
          <li key={version.name}>
            <code>{version.name || say("services.noVersion")}</code>
            <span>{format.number(version.requests)}</span>
            {version.faults > 0 && <span className="status-fault">{say("status.faults", version.faults)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
