import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { type Language, LanguageProvider, useLanguage, type Words } from "./i18n";
import { Boundary } from "./shell/Boundary";
import { Shell } from "./shell/Shell";
import { Waiting } from "./shell/Waiting";

const TracesPage = lazy(() => import("./pages/traces/TracesPage"));
const TracePage = lazy(() => import("./pages/trace/TracePage"));
const MapPage = lazy(() => import("./pages/map/MapPage"));

// A refused question is shown with a Retry button; repeating it unasked would hide the server's words for seconds.
const client = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: Infinity, gcTime: 60_000 } },
});

export function App({ language, words }: { language: Language; words: Words }) {
  return (
    <LanguageProvider first={language} words={words}>
      <QueryClientProvider client={client}>
        <Shell>
          <Boundary>
            <Suspense fallback={<Waiting label="…" />}>
              <Switch>
                <Route path="/map"><MapPage /></Route>
                <Route path="/traces/:id">{({ id }) => <TracePage key={id} id={id} />}</Route>
                <Route path="/traces"><TracesPage /></Route>
                <Route path="/"><TracesPage /></Route>
                <Route><NotFound /></Route>
              </Switch>
            </Suspense>
          </Boundary>
        </Shell>
      </QueryClientProvider>
    </LanguageProvider>
  );
}

function NotFound() {
  const { say } = useLanguage();
  return <p className="blank">{say("nav.notFound")}</p>;
}
