import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountOf, all, type Link, oam, TRACES } from "../../api/oam";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Delete, Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { Saving } from "./Saving";
import { useShares } from "./shares";

const KEY = ["ListLinks"];
const MOST = 5;

/** With whom the account shares its traces. */
export function Source() {
  const { say } = useLanguage();
  const client = useQueryClient();
  const shares = useShares();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => all<Link>("ListLinks", {}, signal), staleTime: 0 });
  const gone = useMutation({
    mutationFn: (link: Link) => oam("DeleteLink", { Identifier: link.Arn }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <>
      <h3>{say("sharing.source")}</h3>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Waiting label={say("settings.loading")} />}
      {gone.error && <Failure error={gone.error} />}
      {query.data?.length === 0 && <p>{say("sharing.noLinks")}</p>}
      {query.data && query.data.length > 0 && (
        <table className="list" aria-label={say("sharing.links")}>
          <thead><tr><th scope="col">{say("sharing.account")}</th><th scope="col">{say("sharing.label")}</th><th scope="col">{say("sharing.types")}</th><td /></tr></thead>
          <tbody>
            {query.data.map((link) => (
              <tr key={link.Arn}>
                <th scope="row" className="mono">{accountOf(link.SinkArn)}</th>
                <td>{link.Label}</td>
                <td>{shares(link.ResourceTypes)}</td>
                <td className="tools"><Delete name={accountOf(link.SinkArn)} busy={gone.isPending} onDelete={() => gone.mutate(link)} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {query.data && query.data.length < MOST && <NewLink />}
    </>
  );
}

function NewLink() {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [sink, setSink] = useState("");
  const [label, setLabel] = useState("$AccountName");
  const make = useMutation({
    mutationFn: () => oam("CreateLink", { SinkIdentifier: sink.trim(), LabelTemplate: label.trim(), ResourceTypes: [TRACES] }),
    onSuccess: () => {
      setSink("");
      return client.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <Saving label={say("sharing.newLink")} submit={say("sharing.create")} saving={make} onSave={() => make.mutate()}>
      <Field label={say("sharing.linkSink")} hint="arn:aws:oam:REGION:ACCOUNT:sink/ID" value={sink} required maxLength={2048} onChange={(event) => setSink(event.target.value)} />
      <Field label={say("sharing.linkLabel")} hint={say("sharing.linkLabelHint")} value={label} required maxLength={64} onChange={(event) => setLabel(event.target.value)} />
    </Saving>
  );
}
