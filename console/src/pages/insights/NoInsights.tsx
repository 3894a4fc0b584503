import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { call } from "../../api/client";
import { useLanguage } from "../../i18n";
import { linkTo } from "../../state/question";

/** No insight: what that means here, which groups are watched, and where else to look. */
export function NoInsights({ period }: { period: string }) {
  const { say } = useLanguage();
  const groups = useQuery({ queryKey: ["GetGroups"], queryFn: ({ signal }) => call("GetGroups", {}, signal), staleTime: 60_000 });
  const watched = (groups.data?.Groups ?? []).filter((group) => group.InsightsConfiguration?.InsightsEnabled).map((group) => group.GroupName);
  return (
    <div className="blank">
      <h2>{say("insights.none", period)}</h2>
      <p className="insight-note">{say("insights.noneNow")}</p>
      <p className="insight-note secondary">{say("insights.noneElse")}</p>
      {groups.data && <p className="secondary">{watched.length > 0 ? say("insights.watched", watched.join(", ")) : say("insights.unwatched")}</p>}
      <p className="insight-go">
        <Link href={linkTo("/")}>{say("nav.home")}</Link>
        <Link href={linkTo("/services", { filter: "" })}>{say("nav.services")}</Link>
        <Link href="/groups">{say("insights.groups")}</Link>
      </p>
    </div>
  );
}
