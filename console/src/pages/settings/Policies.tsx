import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { call } from "../../api/client";
import type { ResourcePolicy } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Check, Delete, Field } from "../../shell/Form";
import { Waiting } from "../../shell/Waiting";
import { Saving } from "./Saving";

const KEY = ["ListResourcePolicies"];
const NEW = "*"; // no policy's name has one
const NO_REVISION = "0"; // only if there is none of the name yet
const EXAMPLE = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "sns.amazonaws.com" },
      "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
      "Resource": "*"
    }
  ]
}`;

export function Policies() {
  const { say, format } = useLanguage();
  const client = useQueryClient();
  const [edited, setEdited] = useState("");
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => call("ListResourcePolicies", {}, signal).then((answer) => answer.ResourcePolicies ?? []), staleTime: 0 });
  const gone = useMutation({
    mutationFn: (policy: ResourcePolicy) => call("DeleteResourcePolicy", { PolicyName: policy.PolicyName, PolicyRevisionId: policy.PolicyRevisionId }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting label={say("settings.loading")} />;
  const chosen = query.data.find((policy) => policy.PolicyName === edited);
  return (
    <>
      <p className="secondary">{say("settings.policiesNote")}</p>
      {gone.error && <Failure error={gone.error} />}
      {query.data.length === 0 ? <p>{say("settings.noPolicies")}</p> : (
        <table className="list" aria-label={say("settings.policies")}>
          <thead>
            <tr>
              <th scope="col">{say("settings.policyName")}</th>
              <th scope="col" className="number">{say("settings.revision")}</th>
              <th scope="col">{say("settings.updated")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {query.data.map((policy) => (
              <tr key={policy.PolicyName} data-chosen={policy === chosen ? "" : undefined}>
                <th scope="row">{policy.PolicyName}</th>
                <td className="number">{policy.PolicyRevisionId}</td>
                <td>{format.moment(policy.LastUpdatedTime)}</td>
                <td className="tools">
                  <button type="button" className="tool" aria-label={`${say("form.edit")} ${policy.PolicyName}`} onClick={() => setEdited(policy.PolicyName)}>{say("form.edit")}</button>
                  <Delete name={policy.PolicyName} busy={gone.isPending} onDelete={() => gone.mutate(policy)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {edited !== NEW && <p><button type="button" className="tool" data-outlined onClick={() => setEdited(NEW)}>{say("settings.newPolicy")}</button></p>}
      {edited === NEW && <PolicyForm key={NEW} policy={null} onSaved={setEdited} />}
      {chosen && <PolicyForm key={`${chosen.PolicyName}|${chosen.PolicyRevisionId}`} policy={chosen} onSaved={setEdited} />}
    </>
  );
}

function PolicyForm({ policy, onSaved }: { policy: ResourcePolicy | null; onSaved: (name: string) => void }) {
  const { say } = useLanguage();
  const client = useQueryClient();
  const id = useId();
  const [name, setName] = useState(policy?.PolicyName ?? "");
  const [text, setText] = useState(policy?.PolicyDocument ?? EXAMPLE);
  const [bypass, setBypass] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      call("PutResourcePolicy", {
        PolicyName: name.trim(),
        PolicyDocument: text,
        // Somebody else's change in between is refused instead of being written over.
        PolicyRevisionId: policy?.PolicyRevisionId ?? NO_REVISION,
        ...(bypass && { BypassPolicyLockoutCheck: true }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEY });
      onSaved(name.trim());
    },
  });
  return (
    <Saving label={policy ? say("settings.policy", policy.PolicyName) : say("settings.newPolicy")} submit={say(policy ? "form.save" : "form.create")} saving={save} onSave={() => save.mutate()}>
      <Field label={say("settings.policyName")} hint={say("settings.policyNameHint")} value={name} disabled={policy !== null} required maxLength={128} onChange={(event) => setName(event.target.value)} />
      <div className="field">
        <label htmlFor={id}>{say("settings.document")}</label>
        <textarea id={id} rows={14} spellCheck={false} required value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <Check label={say("settings.bypass")} checked={bypass} onChange={setBypass} />
    </Saving>
  );
}
