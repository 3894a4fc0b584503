import { useState } from "react";
import { CreatePolicy } from "../../api/access.gen";
import { query } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Field } from "../../shell/Form";
import { oneOf, text, useUrlState } from "../../state/url";
import { readPolicies } from "./holders";
import { ManagedPolicy } from "./ManagedPolicy";
import { ListHead } from "./Named";
import { List } from "./parts";
import { Policy } from "./Policy";
import { Read, useRead } from "./reading";

const SCOPES = ["all", "own", "aws"] as const;
const STATE = { name: text, new: text, scope: oneOf(...SCOPES) };
const FIRST = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "xray:GetGroup",
            "Resource": "arn:aws:xray:*:*:group/payment/*"
        }
    ]
}`;

/** The managed policies, AWS's and the account's own, or one of them. */
export default function PoliciesPage() {
  const { say, format } = useLanguage();
  const [{ name, new: isNew, scope }, patch] = useUrlState(STATE);
  const policies = useRead(["policies"], readPolicies, !name);
  if (name) return <ManagedPolicy key={name} arn={name} onBack={() => patch({ name: "" })} />;
  const isOwn = (arn: string | null) => !arn?.startsWith("arn:aws:iam::aws:");
  return (
    <>
      <ListHead
        title={say("iam.nav.policies")}
        about={say("iam.policiesAbout")}
        add={say("iam.newPolicy")}
        onAdd={() => patch({ new: "1" })}
        more={
          <div role="group" aria-label={say("iam.scope")} className="lenses">
            {SCOPES.map((each) => <button key={each} type="button" className="tool" data-outlined="" aria-pressed={each === scope} onClick={() => patch({ scope: each }, "replace")}>{say(`iam.scope.${each}`)}</button>)}
          </div>
        }
      />
      {isNew && <NewPolicy onClose={(made) => patch({ new: "", name: made })} />}
      <Read reading={policies}>
        {(rows) => (
          <List
            label={say("iam.nav.policies")}
            rows={rows.filter(({ Arn }) => scope === "all" || isOwn(Arn) === (scope === "own"))}
            name={(policy) => policy.Arn ?? ""}
            empty={say("iam.noPolicies")}
            columns={[
              { head: say("iam.name"), cell: (policy) => <button type="button" className="access-link" onClick={() => patch({ name: policy.Arn ?? "", new: "" })}>{policy.PolicyName}</button> },
              { head: say("iam.scope"), cell: (policy) => say(isOwn(policy.Arn) ? "iam.scope.own" : "iam.scope.aws") },
              { head: say("iam.attachments"), cell: (policy) => format.number(policy.AttachmentCount ?? 0), number: true },
              { head: say("iam.changed"), cell: (policy) => (policy.UpdateDate && isOwn(policy.Arn) ? format.moment(policy.UpdateDate) : "–") },
            ]}
          />
        )}
      </Read>
    </>
  );
}

function NewPolicy({ onClose }: { onClose: (made: string) => void }) {
  const { say } = useLanguage();
  const [description, setDescription] = useState("");
  const save = async (document: string, name: string) => {
    const { Policy: made } = await query(CreatePolicy, { PolicyName: name, PolicyDocument: document, ...(description.trim() && { Description: description.trim() }) });
    onClose(made?.Arn ?? "");
  };
  return (
    <section className="form" aria-label={say("iam.newPolicy")}>
      <h2>{say("iam.newPolicy")}</h2>
      <Policy text={FIRST} named="" kind="identity" submit={say("form.create")} onSave={save} onCancel={() => onClose("")}>
        <Field label={say("iam.description")} value={description} maxLength={1000} onChange={(event) => setDescription(event.target.value)} />
      </Policy>
    </section>
  );
}
