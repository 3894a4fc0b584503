import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { readServer } from "../../api/server";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";
import { Demo } from "./Demo";
import { FirstTrace } from "./FirstTrace";
import { Moving } from "./Moving";
import type { FileTrace } from "./offline";
import { placeOf } from "./place";
import "../../shell/form.css";
import "./start.css";

const FileTraces = lazy(() => import("./FileTraces"));

/** How traces come here: the demo, a first trace of one's own, and what is at AWS already. */
export default function StartPage() {
  const { say } = useLanguage();
  const server = useQuery({ queryKey: ["server"], queryFn: ({ signal }) => readServer(signal) });
  const [file, setFile] = useState<{ name: string; traces: FileTrace[] } | null>(null);
  useEffect(() => {
    document.title = `${say("start.title")} · ${say("app.name")}`;
  }, [say]);
  if (file) {
    return <Suspense fallback={<Waiting label={say("trace.loading")} />}><FileTraces name={file.name} traces={file.traces} onClose={() => setFile(null)} /></Suspense>;
  }
  const place = server.data && placeOf(server.data, location);
  return (
    <div className="page">
      <h1>{say("start.title")}</h1>
      {server.error && <Failure error={server.error} onRetry={() => void server.refetch()} />}
      <div className="start-columns">
        <Demo place={place} />
        {place ? <FirstTrace place={place} /> : <Waiting label={say("settings.loading")} />}
        {place && <Moving place={place} onOpen={(name, traces) => setFile({ name, traces })} />}
      </div>
    </div>
  );
}
