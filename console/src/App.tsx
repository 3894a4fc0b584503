import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { Redirect, Route, Switch } from "wouter";
import { type Language, LanguageProvider, useLanguage, withMoreWords, type Words } from "./i18n";
import { Boundary } from "./shell/Boundary";
import { Coming, late } from "./shell/late";
import { Shell } from "./shell/Shell";

const TracesPage = late(() => import("./pages/traces/TracesPage"));
const TracePage = late(() => import("./pages/trace/TracePage"));
const MapPage = late(() => import("./pages/map/MapPage"));
const GroupsPage = late(() => import("./pages/groups/GroupsPage"));
const HomePage = late(() => import("./pages/home/HomePage"));
const StartPage = late(() => withMoreWords(() => import("./pages/start/StartPage")));
const ServicesPage = late(() => withMoreWords(() => import("./pages/services/ServicesPage")));
const ServicePage = late(() => withMoreWords(() => import("./pages/services/ServicePage")));
const InsightsPage = late(() => withMoreWords(() => import("./pages/insights/InsightsPage")));
const InsightPage = late(() => withMoreWords(() => import("./pages/insights/InsightPage")));
const LivePage = late(() => withMoreWords(() => import("./pages/live/LivePage")));
const SettingsPage = late(() => withMoreWords(() => import("./pages/settings/SettingsPage")));
const SamplingPage = late(() => import("./pages/sampling/SamplingPage"));
const AnalyticsPage = late(() => import("./pages/analytics/AnalyticsPage"));
const ComparePage = late(() => import("./pages/compare/ComparePage"));
const AccessPage = late(() => withMoreWords(() => import("./pages/access/AccessPage")));
const A_QUIET_MOMENT_MS = 300;

// A refused question is shown with a Retry button; repeating it unasked would hide the server's words for seconds.
// The server may be on this machine: a browser that takes itself for offline is no reason not to ask it.
const client = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, staleTime: Infinity, gcTime: 60_000, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
});

export function App({ language, words }: { language: Language; words: Words }) {
  useEffect(() => {
    const timer = setTimeout(() => [TracesPage, TracePage, MapPage].forEach((page) => page.fetch()), A_QUIET_MOMENT_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <LanguageProvider first={language} words={words}>
      <QueryClientProvider client={client}>
        <Shell>
          <Boundary>
            <Suspense fallback={<Coming />}>
              <Switch>
                <Route path="/map"><MapPage /></Route>
                <Route path="/traces/:id">{({ id }) => <TracePage key={id} id={id} />}</Route>
                <Route path="/traces"><TracesPage /></Route>
                <Route path="/groups"><GroupsPage /></Route>
                <Route path="/sampling"><SamplingPage /></Route>
                <Route path="/services/:name">{({ name }) => <ServicePage key={name} name={decoded(name)} />}</Route>
                <Route path="/services"><ServicesPage /></Route>
                <Route path="/insights/:id">{({ id }) => <InsightPage key={id} id={id} />}</Route>
                <Route path="/insights"><InsightsPage /></Route>
                <Route path="/live"><LivePage /></Route>
                <Route path="/settings"><SettingsPage /></Route>
                <Route path="/start"><StartPage /></Route>
                <Route path="/analytics"><AnalyticsPage /></Route>
                <Route path="/compare"><ComparePage /></Route>
                <Route path="/iam/*?"><AccessPage /></Route>
                <Route path="/login"><Redirect to="/" replace /></Route>
                <Route path="/"><HomePage /></Route>
                <Route><NotFound /></Route>
              </Switch>
            </Suspense>
          </Boundary>
        </Shell>
      </QueryClientProvider>
    </LanguageProvider>
  );
}

/** The router gives the name as the address spells it; one that is spelled badly is taken as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function NotFound() {
  const { say } = useLanguage();
  return <p className="blank">{say("nav.notFound")}</p>;
}
