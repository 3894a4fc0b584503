import { useState } from "react";
import * as iam from "../../api/access.gen";
import { query } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Field, Form } from "../../shell/Form";
import { text, useUrlState } from "../../state/url";
import { ListHead, OneHead } from "./Named";
import { Facts, List, Part, Tool } from "./parts";
import { Read, useDo, useRead } from "./reading";
import { Removal } from "./Removal";
import { Tags } from "./Tags";

const STATE = { name: text, new: text };
const shortOf = (arn: string) => arn.split(":oidc-provider/")[1] ?? arn;

/** The OpenID Connect providers whose tokens roles may be assumed with, or one of them. */
export default function ProvidersPage() {
  const { say } = useLanguage();
  const [{ name, new: isNew }, patch] = useUrlState(STATE);
  const providers = useRead(["providers"], async (signal) => (await query(iam.ListOpenIDConnectProviders, {}, signal)).OpenIDConnectProviderList, !name);
  if (name) return <Provider key={name} arn={name} onBack={() => patch({ name: "" })} />;
  return (
    <>
      <ListHead title={say("iam.nav.providers")} about={say("iam.providersAbout")} add={say("iam.newProvider")} onAdd={() => patch({ new: "1" })} />
      <div className="settings" data-form={isNew ? "" : undefined}>
        <div>
          <Read reading={providers}>
            {(rows) => (
              <List
                label={say("iam.nav.providers")}
                rows={rows}
                name={(row) => row.Arn ?? ""}
                empty={say("iam.noProviders")}
                columns={[
                  { head: say("iam.provider"), cell: (row) => <button type="button" className="access-link" onClick={() => patch({ name: row.Arn ?? "", new: "" })}>{shortOf(row.Arn ?? "")}</button> },
                  { head: "ARN", cell: (row) => <code>{row.Arn}</code> },
                ]}
              />
            )}
          </Read>
        </div>
        {isNew && <NewProvider onClose={(made) => patch({ new: "", name: made })} />}
      </div>
    </>
  );
}

function NewProvider({ onClose }: { onClose: (made: string) => void }) {
  const { say } = useLanguage();
  const [url, setUrl] = useState("https://");
  const [clients, setClients] = useState("");
  const [made, setMade] = useState("");
  const make = useDo();
  const asked = async () => {
    const answer = await query(iam.CreateOpenIDConnectProvider, { Url: url.trim(), ClientIDList: clients.split(/[\s,]+/).filter(Boolean) });
    setMade(answer.OpenIDConnectProviderArn ?? "");
    onClose(answer.OpenIDConnectProviderArn ?? "");
  };
  return (
    <Form title={say("iam.newProvider")} submit={say("form.create")} busy={make.isPending || made !== ""} error={make.error} onSubmit={() => make.mutate(asked)} onCancel={() => onClose("")}>
      <Field label={say("iam.issuer")} hint={say("iam.issuerHint")} type="url" value={url} required autoFocus maxLength={255} onChange={(event) => setUrl(event.target.value)} />
      <Field label={say("iam.clients")} hint={say("iam.clientsHint")} value={clients} required onChange={(event) => setClients(event.target.value)} />
    </Form>
  );
}

function Provider({ arn, onBack }: { arn: string; onBack: () => void }) {
  const { say, format } = useLanguage();
  const [going, setGoing] = useState(false);
  const [client, setClient] = useState("");
  const change = useDo(() => setClient(""));
  const asked = { OpenIDConnectProviderArn: arn };
  const provider = useRead(["provider", arn], (signal) => query(iam.GetOpenIDConnectProvider, asked, signal));
  const name = shortOf(arn);
  return (
    <>
      <OneHead name={name} back={say("iam.nav.providers")} onBack={onBack}>{provider.data && <Tool label={say("form.delete")} about={name} danger onClick={() => setGoing(true)} />}</OneHead>
      <Read reading={provider}>
        {(found) => (
          <>
            <Facts
              rows={[
                ["ARN", <code key="arn">{arn}</code>],
                [say("iam.issuer"), <code key="url">https://{found.Url}</code>],
                [say("iam.created"), found.CreateDate === null ? "–" : format.moment(found.CreateDate)],
                [say("iam.thumbprints"), <code key="prints">{found.ThumbprintList.join(", ") || "–"}</code>],
              ]}
            />
            <Part title={say("iam.clients")}>
              {change.error && <Failure error={change.error} />}
              <ul className="access-rows">
                {found.ClientIDList.map((each) => (
                  <li key={each}>
                    <code>{each}</code>
                    <Tool label={say("iam.dropClient")} about={each} disabled={change.isPending} onClick={() => change.mutate(() => query(iam.RemoveClientIDFromOpenIDConnectProvider, { ...asked, ClientID: each }))} />
                  </li>
                ))}
              </ul>
              <form className="access-choose" onSubmit={(event) => (event.preventDefault(), change.mutate(() => query(iam.AddClientIDToOpenIDConnectProvider, { ...asked, ClientID: client.trim() })))}>
                <input aria-label={say("iam.client")} placeholder={say("iam.client")} required maxLength={255} value={client} onChange={(event) => setClient(event.target.value)} />
                <button type="submit" className="tool" data-outlined="" disabled={change.isPending || !client.trim()}>{say("iam.addClient")}</button>
              </form>
            </Part>
            <Tags
              tags={found.Tags ?? []}
              onPut={(tag) => query(iam.TagOpenIDConnectProvider, { ...asked, Tags: [tag] })}
              onDrop={(key) => query(iam.UntagOpenIDConnectProvider, { ...asked, TagKeys: [key] })}
            />
          </>
        )}
      </Read>
      {going && <Removal name={name} read={async () => [{ what: "self", name, act: () => query(iam.DeleteOpenIDConnectProvider, asked) }]} onGone={onBack} onClose={() => setGoing(false)} />}
    </>
  );
}
