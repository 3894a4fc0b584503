import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { StatusShape } from "../../shell/StatusMark";
import { readInsights } from "../insights/reading";

const BACK_S = 86_400;

/** The insights that are still open, wherever they began; a question that fails says so in its place. */
export function OpenInsights() {
  const { say, format } = useLanguage();
  const open = useQuery({
    queryKey: ["GetInsightSummaries", "open"],
    queryFn: async ({ signal }) => {
      const now = Date.now() / 1000;
      return { now, insights: await readInsights({ start: now - BACK_S, end: now, group: "", state: "ACTIVE" }, signal) };
    },
    staleTime: 30_000,
  });
  return (
    <section className="home-card">
      <h2><Link href="/insights">{say("home.openInsights")}</Link></h2>
      {open.error && <p className="secondary">{open.error.message}</p>}
      {open.data?.insights.length === 0 && <p className="secondary">{say("home.noInsights")}</p>}
      <ul className="home-insights">
        {open.data?.insights.map((insight) => (
          <li key={insight.InsightId}>
            <StatusShape status="fault" />
            <Link href={`/insights/${insight.InsightId}`}>{insight.RootCauseServiceId.Name}</Link>
            <span className="secondary">{format.age(open.data.now - insight.StartTime)}</span>
            <p className="secondary">{insight.Summary}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
