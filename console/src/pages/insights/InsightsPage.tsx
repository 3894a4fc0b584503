import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { GroupSelect } from "../../shell/GroupSelect";
import { StatusShape } from "../../shell/StatusMark";
import { Waiting } from "../../shell/Waiting";
import { oneOf, text, useUrlState } from "../../state/url";
import "../../shell/form.css";
import "./insights.css";
import { NoInsights } from "./NoInsights";
import { readInsights } from "./reading";
import { Share } from "./Share";

const STATE = { group: text, state: oneOf("any", "ACTIVE", "CLOSED"), days: oneOf("7", "1", "30") };
const STATES = ["any", "ACTIVE", "CLOSED"] as const;
const DAYS = ["1", "7", "30"] as const;
const DAY_S = 86_400;

/** The insights of a group: open or closed, what they come from, whom they reached. */
export default function InsightsPage() {
  const { say, format } = useLanguage();
  const [{ group, state, days }, patch] = useUrlState(STATE);
  const now = useMemo(() => Date.now() / 1000, [group, state, days]);
  const query = useQuery({
    queryKey: ["GetInsightSummaries", group, state, days, now],
    queryFn: ({ signal }) => readInsights({ start: now - Number(days) * DAY_S, end: now, group, state: state === "any" ? "" : state }, signal),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    document.title = `${say("insights.title")} · ${say("app.name")}`;
  }, [say]);
  const period = say("insights.lastDays", Number(days));
  return (
    <div className="page">
      <div className="settings-head">
        <h1>{say("insights.title")}</h1>
        <span className="secondary">{say("insights.about")}</span>
      </div>
      <div className="insights-ask" role="search" aria-label={say("question.label")}>
        <GroupSelect value={group} onChange={(chosen) => patch({ group: chosen })} />
        <div className="insights-choice" role="group" aria-label={say("insights.state")}>
          {STATES.map((each) => (
            <button key={each} type="button" className="tool" data-outlined aria-pressed={state === each} onClick={() => patch({ state: each }, "replace")}>{say(`insights.${each}`)}</button>
          ))}
        </div>
        <div className="insights-choice" role="group" aria-label={say("insights.period")}>
          {DAYS.map((each) => (
            <button key={each} type="button" className="tool" data-outlined aria-pressed={days === each} onClick={() => patch({ days: each }, "replace")}>{say("insights.lastDays", Number(each))}</button>
          ))}
        </div>
      </div>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Waiting label={say("insights.loading")} />}
      {query.data?.length === 0 && <NoInsights period={period.toLowerCase()} />}
      {query.data && query.data.length > 0 && (
        <table className="list" aria-label={say("insights.title")} data-old={query.isPlaceholderData || undefined}>
          <thead>
            <tr>
              <th scope="col">{say("insights.state")}</th>
              <th scope="col">{say("insights.cause")}</th>
              <th scope="col">{say("insights.summary")}</th>
              <th scope="col">{say("insights.impact")}</th>
              <th scope="col">{say("insights.group")}</th>
              <th scope="col">{say("insights.began")}</th>
              <th scope="col">{say("insights.lasted")}</th>
            </tr>
          </thead>
          <tbody>
            {query.data.map((insight) => (
              <tr key={insight.InsightId}>
                <td className="insight-state"><StatusShape status={insight.State === "ACTIVE" ? "fault" : "ok"} /> {say(`insights.${insight.State}`)}</td>
                <th scope="row"><Link href={`/insights/${insight.InsightId}`}>{insight.RootCauseServiceId.Name}</Link></th>
                <td>{insight.Summary}</td>
                <td><Share impact={insight.ClientRequestImpactStatistics} /></td>
                <td>{insight.GroupName}</td>
                <td>{format.moment(insight.StartTime)}</td>
                <td>{format.duration((insight.EndTime ?? now) - insight.StartTime)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
