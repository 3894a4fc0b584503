import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { call } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Period } from "../../shell/Period";
import { useRangeWords } from "../../shell/range-words";
import { StatusShape } from "../../shell/StatusMark";
import { Waiting } from "../../shell/Waiting";
import { linkTo, useQuestion } from "../../state/question";
import { oneOf, useUrlState } from "../../state/url";
import { linkToService } from "../services/links";
import { Changes } from "./Changes";
import "./home.css";
import { OpenInsights } from "./OpenInsights";
import { Quiet } from "./Quiet";
import { Searches } from "./Searches";
import { verdictOf, worst } from "./verdict";

const STATE = { against: oneOf("before", "yesterday") };
const DAY_S = 86_400;
const MOST = 5;
const NAMED = 4;

/** How things are, in a sentence; what changed; and the ways back to what was looked at last. */
export default function HomePage() {
  const { say, format } = useLanguage();
  const asked = useQuestion();
  const words = useRangeWords();
  const [{ against }, patch] = useUrlState(STATE);
  const { window } = asked;
  const changes = useQuery({
    queryKey: ["Changes", window.start, window.end, against],
    queryFn: ({ signal }) =>
      call("Changes", { StartTime: window.start, EndTime: window.end, ...(against === "yesterday" && { Against: window.start - DAY_S }) }, signal),
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    document.title = `${say("home.title")} · ${say("app.name")}`;
  }, [say]);

  const services = changes.data?.Services ?? [];
  const verdict = verdictOf(services);
  const top = worst(services, MOST);
  const compared = services.some((service) => service.CountBefore > 0);
  const others = verdict.unhealthy.length - NAMED;
  return (
    <div className="page home">
      <div className="home-head">
        <h1 data-status={verdict.status} role="status">
          {changes.data && verdict.seen > 0 ? (
            <>
              <StatusShape status={verdict.status} />
              <span>
                {verdict.unhealthy.length === 0 ? say("home.well", verdict.seen) : (
                  <>
                    {say("home.unhealthy", verdict.unhealthy.length)}
                    {verdict.since !== null && ` ${say("home.since", format.clock(verdict.since))}`}
                    {": "}
                    {verdict.unhealthy.slice(0, NAMED).map((service, i) => (
                      <span key={`${service.Name}|${service.Type}`}>{i > 0 && ", "}<Link href={linkToService(service.Name, service.Type)}>{service.Name}</Link></span>
                    ))}
                    {others > 0 && `, ${say("refine.more", format.number(others))}`}
                  </>
                )}
              </span>
            </>
          ) : say("home.title")}
        </h1>
        <Period asked={asked} />
      </div>
      {changes.error && <Failure error={changes.error} onRetry={() => void changes.refetch()} />}
      {changes.isPending && <Waiting label={say("home.loading")} />}
      {changes.isSuccess && verdict.seen === 0 && <Quiet asked={asked} />}
      <div className="home-body" data-old={changes.isPlaceholderData || undefined}>
        {verdict.seen > 0 && (
          <section className="home-card home-main">
            <div className="home-card-head">
              <h2>{say("home.changes")}</h2>
              <div className="period" role="group" aria-label={say("home.against")}>
                {(["before", "yesterday"] as const).map((each) => (
                  <button key={each} type="button" className="tool" data-outlined aria-pressed={against === each} onClick={() => patch({ against: each }, "replace")}>{say(`home.${each}`)}</button>
                ))}
              </div>
            </div>
            <p className="secondary">{say("home.compared", words(asked.question.timeRange), say(`home.${against}`))}</p>
            {top.length > 0 ? <Changes services={top} label={say("home.changes")} /> : <p className="home-none">{say(compared ? "home.noChange" : "home.noBefore")}</p>}
            <p className="home-go">
              <Link href={linkTo("/services", { filter: "" })}>{say("home.all")}</Link>
              <Link href={linkTo("/map")}>{say("home.map")}</Link>
              <Link href="/start">{say("home.send")}</Link>
            </p>
          </section>
        )}
        <div className="home-side">
          <OpenInsights />
          <Searches />
        </div>
      </div>
    </div>
  );
}
