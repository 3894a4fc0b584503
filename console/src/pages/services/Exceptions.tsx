import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { call } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { type Asked, expressionOf, linkTo } from "../../state/question";

const COLUMNS = 24;

/** What a service threw, by type and message, when, and in which traces. */
export function Exceptions({ asked, name }: { asked: Asked; name: string }) {
  const { say, format } = useLanguage();
  const { window, question } = asked;
  const filter = expressionOf({ ...question, filter: "" });
  const query = useQuery({
    queryKey: ["Exceptions", window.start, window.end, name, filter],
    queryFn: ({ signal }) =>
      call("Exceptions", { StartTime: window.start, EndTime: window.end, ServiceName: name, Columns: COLUMNS, ...(filter && { FilterExpression: filter }) }, signal),
    placeholderData: keepPreviousData,
  });
  const groups = query.data?.Groups ?? [];
  const most = Math.max(1, ...groups.flatMap((group) => group.Columns));
  return (
    <section>
      <h2 className="service-title">
        {say("services.exceptions")}
        {query.data && query.data.SampledShare < 1 && groups.length > 0 && <span className="secondary">{say("services.sampled", format.percent(query.data.SampledShare))}</span>}
      </h2>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && groups.length === 0 && <p className="secondary">{say("services.noExceptions")}</p>}
      {groups.length > 0 && (
        <table className="list" aria-label={say("services.exceptions")} data-old={query.isPlaceholderData || undefined}>
          <thead>
            <tr>
              <th scope="col">{say("services.exception")}</th>
              <th scope="col" className="number">{say("map.requests")}</th>
              <th scope="col">{say("services.trend")}</th>
              <th scope="col">{say("services.seen")}</th>
              <th scope="col">{say("services.examples")}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={`${group.Type}|${group.Message}`}>
                <th scope="row" className="service-exception">
                  <code>{group.Type}</code>
                  <p>{group.Message}</p>
                </th>
                <td className="number">{format.number(group.Count)}</td>
                <td>
                  <svg className="service-trend" viewBox={`0 0 ${group.Columns.length} 18`} preserveAspectRatio="none" aria-hidden="true">
                    {group.Columns.map((count, i) => count > 0 && <rect key={i} x={i} y={18 - Math.max(1.5, (count / most) * 18)} width="0.8" height={Math.max(1.5, (count / most) * 18)} />)}
                  </svg>
                </td>
                <td className="secondary service-seen">
                  {say("services.firstSeen", format.age(window.end - group.FirstSeen))}<br />
                  {say("services.lastSeen", format.age(window.end - group.LastSeen))}
                </td>
                <td className="service-examples">
                  {group.TraceIds.map((id, i) => (
                    <Link key={id} href={linkTo(`/traces/${id}`, { filter: "" })} aria-label={`${say("services.example", i + 1)}: ${id}`}>{say("services.example", i + 1)}</Link>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
