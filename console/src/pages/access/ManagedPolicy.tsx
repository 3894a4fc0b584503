import { useState } from "react";
import { Link } from "wouter";
import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { PolicyText } from "../../policies/Editor";
import { Explained } from "../../policies/Explained";
import { Failure } from "../../shell/Failure";
import { Delete } from "../../shell/Form";
import { documentOf } from "./holders";
import { OneHead } from "./Named";
import { Facts, List, Part, Tool } from "./parts";
import { Policy } from "./Policy";
import { Read, useDo, useRead } from "./reading";
import { Removal } from "./Removal";
import { policySteps } from "./removal";
import { Tags } from "./Tags";

/** One managed policy: what it says, who has it, and of one's own, its versions and the next one. */
export function ManagedPolicy({ arn, onBack }: { arn: string; onBack: () => void }) {
  const { say, format } = useLanguage();
  const [going, setGoing] = useState(false);
  const [version, setVersion] = useState("");
  const policy = useRead(["policy", arn], async (signal) => (await query(iam.GetPolicy, { PolicyArn: arn }, signal)).Policy);
  const shown = version || policy.data?.DefaultVersionId || "";
  const text = useRead(["policy", arn, shown], async (signal) => documentOf((await query(iam.GetPolicyVersion, { PolicyArn: arn, VersionId: shown }, signal)).PolicyVersion?.Document ?? ""), shown !== "");
  const name = arn.split("/").at(-1)!;
  const isOwn = !arn.startsWith("arn:aws:iam::aws:");
  const save = (written: string) => query(iam.CreatePolicyVersion, { PolicyArn: arn, PolicyDocument: written, SetAsDefault: true });
  return (
    <>
      <OneHead name={name} back={say("iam.nav.policies")} onBack={onBack}>{isOwn && <Tool label={say("form.delete")} about={name} danger onClick={() => setGoing(true)} />}</OneHead>
      <Read reading={policy}>
        {(found) => (
          <>
            <Facts
              rows={[
                ["ARN", <code key="arn">{arn}</code>],
                [say("iam.description"), found?.Description || "–"],
                [say("iam.version"), <code key="version">{found?.DefaultVersionId}</code>],
                ...(isOwn && found?.UpdateDate ? [[say("iam.changed"), format.moment(found.UpdateDate)] as const] : []),
              ]}
            />
            <Part title={say("iam.says", shown)}>
              <Read reading={text}>
                {(document) =>
                  isOwn ? <Policy key={document} text={document} kind="identity" submit={say("iam.saveVersion")} onSave={(written) => save(written).then(() => setVersion(""))} /> : (
                    <div className="access-policy-sides">
                      <PolicyText text={document} />
                      <div className="access-words">
                        <h3>{say("iam.explain")}</h3>
                        <Explained text={document} />
                      </div>
                    </div>
                  )
                }
              </Read>
            </Part>
            {isOwn && <Versions arn={arn} shown={shown} onShow={setVersion} />}
            <Holders arn={arn} />
            {isOwn && <Tags tags={found?.Tags ?? []} onPut={(tag) => query(iam.TagPolicy, { PolicyArn: arn, Tags: [tag] })} onDrop={(key) => query(iam.UntagPolicy, { PolicyArn: arn, TagKeys: [key] })} />}
          </>
        )}
      </Read>
      {going && <Removal name={name} read={(signal) => policySteps(arn, name, signal)} onGone={onBack} onClose={() => setGoing(false)} />}
    </>
  );
}

function Versions({ arn, shown, onShow }: { arn: string; shown: string; onShow: (id: string) => void }) {
  const { say, format } = useLanguage();
  const change = useDo(() => onShow(""));
  const versions = useRead(["policy", arn, "versions"], (signal) => queryAll(iam.ListPolicyVersions, { PolicyArn: arn }, (page) => page.Versions, signal));
  return (
    <Part title={say("iam.versions")}>
      {change.error && <Failure error={change.error} />}
      <Read reading={versions}>
        {(rows) => (
          <List
            label={say("iam.versions")}
            rows={rows}
            name={(row) => row.VersionId ?? ""}
            empty={say("iam.noneFound", "")}
            columns={[
              { head: say("iam.version"), cell: (row) => <button type="button" className="access-link" aria-pressed={row.VersionId === shown} onClick={() => onShow(row.VersionId ?? "")}>{row.VersionId}</button> },
              { head: say("iam.status"), cell: (row) => (row.IsDefaultVersion ? say("iam.inForce") : "–") },
              { head: say("iam.created"), cell: (row) => (row.CreateDate === null ? "–" : format.moment(row.CreateDate)) },
              {
                head: "",
                cell: (row) =>
                  !row.IsDefaultVersion && (
                    <>
                      <button type="button" className="tool" aria-label={`${say("iam.putInForce")} ${row.VersionId}`} disabled={change.isPending} onClick={() => change.mutate(() => query(iam.SetDefaultPolicyVersion, { PolicyArn: arn, VersionId: row.VersionId ?? "" }))}>{say("iam.putInForce")}</button>
                      <Delete name={row.VersionId ?? ""} busy={change.isPending} onDelete={() => change.mutate(() => query(iam.DeletePolicyVersion, { PolicyArn: arn, VersionId: row.VersionId ?? "" }))} />
                    </>
                  ),
              },
            ]}
          />
        )}
      </Read>
    </Part>
  );
}

function Holders({ arn }: { arn: string }) {
  const { say } = useLanguage();
  const holders = useRead(["policy", arn, "holders"], (signal) => queryAll(iam.ListEntitiesForPolicy, { PolicyArn: arn }, entitiesOf, signal));
  return (
    <Part title={say("iam.holders")}>
      <Read reading={holders}>
        {(found) =>
          found.length === 0 ? <p className="secondary">{say("iam.noHolders")}</p> : (
            <ul className="access-rows">
              {found.map(([kind, name]) => <li key={kind + name}><span>{say(`iam.nav.${kind}`)} · <Link href={`/iam/${kind}?name=${encodeURIComponent(name)}`}>{name}</Link></span></li>)}
            </ul>
          )
        }
      </Read>
    </Part>
  );
}

function entitiesOf({ PolicyUsers, PolicyGroups, PolicyRoles }: iam.ListEntitiesForPolicyResponse): ["users" | "groups" | "roles", string][] {
  return [
    ...PolicyUsers.map(({ UserName }): ["users", string] => ["users", UserName ?? ""]),
    ...PolicyGroups.map(({ GroupName }): ["groups", string] => ["groups", GroupName ?? ""]),
    ...PolicyRoles.map(({ RoleName }): ["roles", string] => ["roles", RoleName ?? ""]),
  ];
}
