import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client";
import type { GetTraceSegmentDestinationResult } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { Saving } from "./Saving";

const KEY = ["GetTraceSegmentDestination"];
const AGAIN_MS = 1000;
const CHOICES = ["XRay", "CloudWatchLogs"] as const;

export function Destination() {
  const { say } = useLanguage();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call("GetTraceSegmentDestination", {}, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.Status === "PENDING" ? AGAIN_MS : false),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Chosen now={query.data} /> : <Waiting label={say("settings.loading")} />;
}

function Chosen({ now }: { now: GetTraceSegmentDestinationResult }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [wanted, setWanted] = useState(now.Destination);
  const [key, setKey] = useState("");
  const asksForKey = wanted === "CloudWatchLogs" && now.Destination !== "CloudWatchLogs";
  const save = useMutation({
    mutationFn: () =>
      call("UpdateTraceSegmentDestination", {
        Destination: wanted,
        ...(asksForKey && key.trim() && { CloudWatchLogsConfiguration: { SpansLogGroupKmsKeyId: key.trim() } }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <Saving label={say("settings.destination")} submit={say("form.save")} saving={save} onSave={() => save.mutate()}>
      <p className="secondary">{say("settings.destinationNote")}</p>
      <dl className="own-facts"><div><dt>{say("settings.status")}</dt><dd role="status">{say(`settings.status${now.Status}`)}</dd></div></dl>
      <fieldset>
        <legend>{say("settings.destination")}</legend>
        {CHOICES.map((each) => (
          <label key={each} className="field-check"><input type="radio" name="destination" checked={wanted === each} onChange={() => setWanted(each)} /><code>{each}</code></label>
        ))}
      </fieldset>
      {asksForKey && <Field label={say("settings.logsKey")} hint={say("settings.logsKeyHint")} value={key} onChange={(event) => setKey(event.target.value)} />}
    </Saving>
  );
}
