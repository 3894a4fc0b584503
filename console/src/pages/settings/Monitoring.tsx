import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { accountOf, all, type AttachedLink, oam, policyFor, type Sink, sinkPolicy } from "../../api/oam";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Delete, Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { Saving } from "./Saving";
import { useShares } from "./shares";

const KEY = ["ListSinks"];

/** The account's sink, who may link to it, and who has. */
export function Monitoring() {
  const { say } = useLanguage();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => all<Sink>("ListSinks", {}, signal), staleTime: 0 });
  const sink = query.data?.[0];
  return (
    <>
      <h3>{say("sharing.monitoring")}</h3>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Waiting label={say("settings.loading")} />}
      {query.data && !sink && <><p>{say("sharing.noSink")}</p><NewSink /></>}
      {sink && <Made key={sink.Arn} sink={sink} />}
    </>
  );
}

function NewSink() {
  const { say } = useLanguage();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [accounts, setAccounts] = useState("");
  const make = useMutation({
    mutationFn: async () => {
      const sink = await oam<Sink>("CreateSink", { Name: name.trim() });
      const named = accounts.split(/[\s,;]+/).filter((each) => each !== "");
      await oam("PutSinkPolicy", { SinkIdentifier: sink.Arn, Policy: policyFor(named) });
    },
    // Also of a sink whose policy was refused: it is there.
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <Saving label={say("sharing.newSink")} submit={say("form.create")} saving={make} onSave={() => make.mutate()}>
      <Field label={say("sharing.sinkName")} hint={say("sharing.sinkNameHint")} value={name} required maxLength={255} onChange={(event) => setName(event.target.value)} />
      <Field label={say("sharing.accounts")} hint={say("sharing.accountsHint")} value={accounts} required pattern="\s*\d{12}([\s,;]+\d{12})*\s*" onChange={(event) => setAccounts(event.target.value)} />
    </Saving>
  );
}

function Made({ sink }: { sink: Sink }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const shares = useShares();
  const policy = useQuery({ queryKey: ["GetSinkPolicy", sink.Arn], queryFn: ({ signal }) => sinkPolicy(sink.Arn, signal), staleTime: 0 });
  const links = useQuery({ queryKey: ["ListAttachedLinks", sink.Arn], queryFn: ({ signal }) => all<AttachedLink>("ListAttachedLinks", { SinkIdentifier: sink.Arn }, signal), staleTime: 0 });
  const gone = useMutation({ mutationFn: () => oam("DeleteSink", { Identifier: sink.Arn }), onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
  return (
    <>
      <div className="own-card">
        <dl className="own-facts">
          <div><dt>{say("sharing.sink")}</dt><dd>{sink.Name}</dd></div>
          <div><dt>{say("sharing.sinkArn")}</dt><dd className="mono">{sink.Arn}</dd></div>
        </dl>
        {gone.error && <Failure error={gone.error} />}
        {links.data?.length === 0
          ? <p className="own-save"><Delete name={sink.Name} busy={gone.isPending} onDelete={() => gone.mutate()} /></p>
          : <p className="secondary">{say("sharing.deleteSink")}</p>}
      </div>
      {policy.error && <Failure error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data === null && <p>{say("sharing.noPolicy")}</p>}
      {policy.data !== undefined && <PolicyForm key={policy.data} arn={sink.Arn} policy={policy.data} />}
      {links.error && <Failure error={links.error} onRetry={() => void links.refetch()} />}
      {links.data?.length === 0 && <p>{say("sharing.noAttached")}</p>}
      {links.data && links.data.length > 0 && (
        <table className="list" aria-label={say("sharing.attached")}>
          <thead><tr><th scope="col">{say("sharing.label")}</th><th scope="col">{say("sharing.account")}</th><th scope="col">{say("sharing.types")}</th></tr></thead>
          <tbody>
            {links.data.map((link) => (
              <tr key={link.LinkArn}>
                <th scope="row">{link.Label}</th>
                <td className="mono">{accountOf(link.LinkArn)}</td>
                <td>{shares(link.ResourceTypes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function PolicyForm({ arn, policy }: { arn: string; policy: string | null }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const id = useId();
  const [text, setText] = useState(policy ?? policyFor([accountOf(arn)]));
  const save = useMutation({
    mutationFn: () => oam("PutSinkPolicy", { SinkIdentifier: arn, Policy: text }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["GetSinkPolicy", arn] }),
  });
  return (
    <Saving label={say("sharing.policy")} submit={say("form.save")} saving={save} onSave={() => save.mutate()}>
      <div className="field">
        <label htmlFor={id}>{say("sharing.policy")}</label>
        <textarea id={id} rows={12} spellCheck={false} required value={text} onChange={(event) => setText(event.target.value)} />
      </div>
    </Saving>
  );
}
