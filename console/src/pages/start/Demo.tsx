import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Link } from "wouter";
import { ApiError } from "../../api/client";
import { controlDemo, readDemo } from "../../api/server";
import type { DemoRequest } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import type { Catalogue } from "../../i18n/catalogue";
import { Failure } from "../../shell/Failure";
import { Check } from "../../shell/Form";
import { Copied } from "./Copied";
import type { Place } from "./snippets";

const AGAIN_MS = 2000;
const PAST_S = 1800;
export const DEMO = ["demo"];

/** The shop that does not exist: opened, changed and closed from here. */
export function Demo({ place }: { place: Place | undefined }) {
  const { say } = useLanguage();
  const id = useId();
  const client = useQueryClient();
  const [scenario, setScenario] = useState("bad-deploy");
  const [past, setPast] = useState(true);
  const query = useQuery({ queryKey: DEMO, queryFn: ({ signal }) => readDemo(signal), staleTime: 0, refetchInterval: AGAIN_MS });
  const control = useMutation({ mutationFn: (request: DemoRequest) => controlDemo(request), onSuccess: (now) => client.setQueryData(DEMO, now) });
  const named = (each: string) => (`start.scenario.${each}` in KNOWN ? say(`start.scenario.${each}` as "start.scenario.healthy") : each);
  const demo = query.data;
  const denied = control.error instanceof ApiError && control.error.status === 403;
  const running = demo?.IsRunning === true;
  const shell = `radiograph demo --endpoint ${place?.url ?? location.origin} --udp ${place?.udp ?? ""} --history 30m --scenario ${scenario}`;
  return (
    <section className="start-column" aria-label={say("start.demo")}>
      <h2>{say("start.demo")}</h2>
      <p>{say("start.demoAbout")}</p>
      <div className="field">
        <label htmlFor={id}>{say("start.scenario")}</label>
        <select id={id} value={scenario} onChange={(event) => setScenario(event.target.value)}>
          {(demo?.Scenarios ?? [scenario]).map((each) => <option key={each} value={each}>{named(each)}</option>)}
        </select>
      </div>
      {!running && <Check label={say("start.past")} checked={past} onChange={setPast} />}
      <div className="start-buttons">
        <button type="button" className="start-button" disabled={control.isPending} onClick={() => control.mutate({ Action: "Start", Scenario: scenario, ...(past && !running && { HistorySeconds: PAST_S }) })}>{say(running ? "start.change" : "start.go")}</button>
        {running && <button type="button" className="tool" data-outlined disabled={control.isPending} onClick={() => control.mutate({ Action: "Stop" })}>{say("start.stop")}</button>}
      </div>
      <div role="status">
        {running && <p><b>{say("start.running", named(demo.Scenario ?? ""))}</b> <span className="secondary">{say("start.sent", demo.Traces)}</span></p>}
        {demo?.Failure && <p className="status-fault">{say("start.demoFailed")} {demo.Failure}</p>}
      </div>
      {running && (
        <p className="start-see">
          {say("start.see")} <Link href="/">{say("nav.home")}</Link> <Link href="/map">{say("nav.map")}</Link> <Link href="/traces">{say("nav.traces")}</Link> <Link href="/live">{say("nav.live")}</Link>
        </p>
      )}
      {control.error && !denied && <Failure error={control.error} />}
      <p className="secondary">{say("start.demoKept")}</p>
      <p>{say(denied ? "start.denied" : "start.orShell")}</p>
      <Copied text={shell} label={say("start.demo")} />
    </section>
  );
}

type Named = Extract<keyof Catalogue, `start.scenario.${string}`>;
const KNOWN: Record<Named, true> = {
  "start.scenario.healthy": true, "start.scenario.slow-database": true, "start.scenario.throttled": true,
  "start.scenario.bad-deploy": true, "start.scenario.n-plus-one": true, "start.scenario.cold-start": true,
};
