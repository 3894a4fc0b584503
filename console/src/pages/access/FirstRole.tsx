import { useState } from "react";
import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Field, Form } from "../../shell/Form";
import { Tool } from "./parts";
import { Assuming } from "./Assuming";
import { useAccount, useDo, useRead } from "./reading";
import { trustOf } from "./trust";

const WRITE = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";

/** A role for an application that sends traces, in one step: whom it trusts, what it may, and what the application says. */
export function FirstRole({ onClose }: { onClose: (made: string) => void }) {
  const { say } = useLanguage();
  const account = useAccount();
  const [name, setName] = useState("");
  const [whom, setWhom] = useState("");
  const [audience, setAudience] = useState("");
  const [subject, setSubject] = useState("");
  const [made, setMade] = useState<iam.Role | null>(null);
  const users = useRead(["users"], (signal) => queryAll(iam.ListUsers, {}, (page) => page.Users, signal));
  const providers = useRead(["providers"], async (signal) => (await query(iam.ListOpenIDConnectProviders, {}, signal)).OpenIDConnectProviderList);
  const provider = whom.includes(":oidc-provider/") ? whom.split(":oidc-provider/")[1]! : "";
  const make = useDo();
  const trust = () => {
    if (!provider) return trustOf({ AWS: whom || `arn:aws:iam::${account}:root` });
    const told = { [`${provider}:aud`]: audience.trim(), ...(subject.trim() && { [`${provider}:sub`]: subject.trim() }) };
    return trustOf({ Federated: whom }, { StringLike: told });
  };
  const asked = async () => {
    const { Role: role } = await query(iam.CreateRole, { RoleName: name.trim(), AssumeRolePolicyDocument: trust(), Description: say("iam.firstRoleNote") });
    await query(iam.AttachRolePolicy, { RoleName: role.RoleName, PolicyArn: WRITE });
    setMade(role);
  };
  if (made) {
    return (
      <section className="form" aria-label={say("iam.firstRole")}>
        <h2>{say("iam.firstRoleMade", made.RoleName)}</h2>
        <p>{say("iam.firstRoleNext")}</p>
        <Assuming arn={made.Arn} />
        <div className="form-end"><Tool label={say("iam.openIt", made.RoleName)} onClick={() => onClose(made.RoleName)} /></div>
      </section>
    );
  }
  return (
    <Form title={say("iam.firstRole")} submit={say("form.create")} busy={make.isPending} error={make.error} onSubmit={() => make.mutate(asked)} onCancel={() => onClose("")}>
      <Field label={say("iam.firstRoleName")} hint={say("iam.nameHint")} value={name} required autoFocus maxLength={64} placeholder="checkout" onChange={(event) => setName(event.target.value)} />
      <div className="field">
        <label htmlFor="whom">{say("iam.firstRoleWhom")}</label>
        <select id="whom" value={whom} onChange={(event) => setWhom(event.target.value)}>
          <option value="">{say("iam.wholeAccount", account)}</option>
          {users.data?.map(({ Arn, UserName }) => <option key={Arn} value={Arn}>{say("iam.theUser", UserName)}</option>)}
          {providers.data?.map(({ Arn }) => <option key={Arn} value={Arn ?? ""}>{say("iam.theProvider", (Arn ?? "").split(":oidc-provider/")[1] ?? "")}</option>)}
        </select>
        <p className="secondary">{say("iam.firstRoleWhomHint")}</p>
      </div>
      {provider && (
        <div className="form-pair">
          <Field label={say("iam.audience")} value={audience} required onChange={(event) => setAudience(event.target.value)} />
          <Field label={say("iam.subject")} hint={say("iam.subjectHint")} value={subject} onChange={(event) => setSubject(event.target.value)} />
        </div>
      )}
      <p>{say("iam.firstRoleMay")} <code>AWSXRayDaemonWriteAccess</code></p>
    </Form>
  );
}
