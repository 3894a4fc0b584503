import { Link } from "wouter";
import type { ServiceChange } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { StatusShape } from "../../shell/StatusMark";
import { linkTo } from "../../state/question";
import { linkToService, serviceClause } from "../services/links";

/** Services and what became of them: requests, faults and response times, each beside what it was. */
export function Changes({ services, label }: { services: readonly ServiceChange[]; label: string }) {
  const { say, format } = useLanguage();
  const beside = (now: string, before: string, had: boolean) => (
    <>
      {now}
      <span className="secondary home-was">{had ? say("home.was", before) : say("home.new")}</span>
    </>
  );
  return (
    <table className="home-changes" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{say("refine.service")}</th>
          <th scope="col" className="number">{say("home.requests")}</th>
          <th scope="col" className="number">{say("home.faults")}</th>
          <th scope="col" className="number">{say("home.p95")}</th>
        </tr>
      </thead>
      <tbody>
        {services.map((service) => {
          const had = service.CountBefore > 0;
          return (
            <tr key={`${service.Name}|${service.Type}`}>
              <th scope="row">
                <StatusShape status={service.IsUnhealthy ? (service.FaultShare > service.FaultShareBefore ? "fault" : "error") : "unknown"} />
                <Link href={linkToService(service.Name, service.Type)}>{service.Name}</Link>
                <span className="secondary clip">{service.Type}</span>
                {service.IsUnhealthy && service.FirstBad && <span className="secondary">{say("home.since", format.clock(service.FirstBad))}</span>}
              </th>
              <td className="number">{beside(format.compact(service.Count), format.compact(service.CountBefore), had)}</td>
              <td className="number">
                <Link href={linkTo("/traces", { group: "", filter: serviceClause(service.Name, service.Type, "fault") })}>{format.percent(service.FaultShare)}</Link>
                <span className="secondary home-was">{had ? say("home.was", format.percent(service.FaultShareBefore)) : say("home.new")}</span>
              </td>
              <td className="number">{beside(format.duration(service.P95), format.duration(service.P95Before), had)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
