import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Link } from "wouter";
import { call } from "../../api/client";
import type { InsightEvent } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { StatusShape } from "../../shell/StatusMark";
import { Waiting } from "../../shell/Waiting";
import { useKeys } from "../../state/keys";
import { linkTo } from "../../state/question";
import type { Range } from "../../state/range";
import { text, useUrlState } from "../../state/url";
import { linkToService, serviceClause } from "../services/links";
import { Impact } from "./Impact";
import "./insights.css";
import { readEvents, readImpact, windowAround } from "./reading";
import { Share } from "./Share";

const STATE = { event: text };

/** One insight: what happened, event by event, and which services it reached at each. */
export default function InsightPage({ id }: { id: string }) {
  const { say, format } = useLanguage();
  const [{ event: chosen }, patch] = useUrlState(STATE);
  const now = useMemo(() => Date.now() / 1000, [id]);
  const query = useQuery({ queryKey: ["GetInsight", id], queryFn: ({ signal }) => call("GetInsight", { InsightId: id }, signal).then((answer) => answer.Insight) });
  const events = useQuery({ queryKey: ["GetInsightEvents", id], enabled: query.isSuccess, queryFn: ({ signal }) => readEvents(id, signal) });
  const insight = query.data;
  const told = events.data ?? [];
  const at = told.findIndex((event) => String(event.EventTime) === chosen);
  const event: InsightEvent | undefined = told[at];
  const window = insight && windowAround(insight, event?.EventTime ?? null, now);
  const impact = useQuery({
    queryKey: ["GetInsightImpactGraph", id, window?.start, window?.end],
    enabled: window !== undefined,
    queryFn: ({ signal }) => readImpact(id, window!.start, window!.end, signal),
  });
  const step = (by: number) => {
    const to = told[at < 0 ? (by > 0 ? 0 : told.length - 1) : at + by];
    if (to) patch({ event: String(to.EventTime) }, "replace");
  };
  useKeys({ n: () => step(1), N: () => step(-1), Escape: () => patch({ event: "" }, "replace") });
  const name = insight?.RootCauseServiceId.Name ?? id;
  useEffect(() => {
    document.title = `${name} · ${say("insights.title")} · ${say("app.name")}`;
  }, [say, name]);

  if (query.error) {
    return (
      <div className="page">
        <h1>{say("insights.missing")}</h1>
        <Failure error={query.error} onRetry={() => void query.refetch()} />
        <p><Link href="/insights">{say("insights.back")}</Link></p>
      </div>
    );
  }
  if (!insight || !window) return <div className="page"><Waiting label={say("insights.loading")} /></div>;
  const shown = event ?? insight;
  const cause = insight.RootCauseServiceId;
  const during: Range = { kind: "fixed", start: Math.floor(window.start), end: Math.ceil(window.end) };
  return (
    <div className="page">
      <p><Link href="/insights">{say("insights.back")}</Link></p>
      <div className="insight-head">
        <h1><StatusShape status={insight.State === "ACTIVE" ? "fault" : "ok"} /> {name}</h1>
        <span>{say(`insights.${insight.State}`)}</span>
        <span className="secondary">
          {format.moment(insight.StartTime)} – {insight.EndTime ? format.moment(insight.EndTime) : say("insights.ongoing")} · {format.duration((insight.EndTime ?? now) - insight.StartTime)} · {say("home.inGroup", insight.GroupName)}
        </span>
      </div>
      <p className="insight-summary">{shown.Summary}</p>
      <p className="insight-go">
        <Link href={linkTo("/traces", { group: "", filter: serviceClause(cause.Name, cause.Type, "fault"), timeRange: during })}>{say("insights.traces")}</Link>
        <Link href={linkTo("/map", { group: "", filter: "", timeRange: during })}>{say("map.title")}</Link>
        <Link href={linkToService(cause.Name, cause.Type)}>{cause.Name}</Link>
      </p>
      <div className="insight-body">
        <section className="insight-card">
          <h2>{say("insights.clients")}</h2>
          <Share impact={shown.ClientRequestImpactStatistics} />
          <h2>{say("insights.atCause")}</h2>
          <Share impact={shown.RootCauseServiceRequestImpactStatistics} />
          {shown.TopAnomalousServices?.length > 0 && (
            <>
              <h2>{say("insights.anomalous")}</h2>
              <ul className="insight-list">
                {shown.TopAnomalousServices.map(({ ServiceId: service }) => (
                  <li key={`${service.Name}|${service.Type}`}><Link href={linkToService(service.Name, service.Type)}>{service.Name}</Link> <span className="secondary">{service.Type}</span></li>
                ))}
              </ul>
            </>
          )}
          <h2>{say("insights.events")}</h2>
          {events.error && <Failure error={events.error} onRetry={() => void events.refetch()} />}
          {events.data?.length === 0 && <p className="secondary">{say("insights.eventsNone")}</p>}
          {told.length > 0 && (
            <div className="insight-steps">
              <button type="button" className="tool" data-outlined disabled={at === 0} onClick={() => step(-1)}>{say("insights.earlier")}</button>
              <span className="secondary" role="status">{at >= 0 && say("insights.event", at + 1, told.length)}</span>
              <button type="button" className="tool" data-outlined disabled={at === told.length - 1} onClick={() => step(1)}>{say("insights.later")}</button>
            </div>
          )}
          <ol className="insight-events">
            {told.map((each) => (
              <li key={each.EventTime}>
                <button type="button" aria-pressed={each === event} onClick={() => patch({ event: each === event ? "" : String(each.EventTime) }, "replace")}>
                  <span className="secondary">{format.moment(each.EventTime)}</span>
                  <span>{each.Summary}</span>
                  <Share impact={each.ClientRequestImpactStatistics} />
                </button>
              </li>
            ))}
          </ol>
        </section>
        <section className="insight-card">
          <h2>{say("insights.graph")}</h2>
          <p className="secondary">{say("insights.graphAbout")}</p>
          {impact.error && <Failure error={impact.error} onRetry={() => void impact.refetch()} />}
          {impact.data && <Impact services={impact.data} cause={cause} anomalous={(shown.TopAnomalousServices ?? []).map((each) => each.ServiceId)} />}
        </section>
      </div>
    </div>
  );
}
