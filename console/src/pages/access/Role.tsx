import { useState } from "react";
import { Link } from "wouter";
import * as iam from "../../api/access.gen";
import { query } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Assuming } from "./Assuming";
import { Bound } from "./Bound";
import { documentOf } from "./holders";
import { OneHead } from "./Named";
import { Facts, Part, Tool } from "./parts";
import { Policies } from "./Policies";
import { Policy } from "./Policy";
import { Read, useDo, useRead } from "./reading";
import { Removal } from "./Removal";
import { stepsFor } from "./removal";
import { Tags } from "./Tags";

/** One role: whom it trusts, what its sessions may do and for how long. */
export function Role({ name, onBack }: { name: string; onBack: () => void }) {
  const { say, format } = useLanguage();
  const [going, setGoing] = useState(false);
  const role = useRead(["role", name], async (signal) => (await query(iam.GetRole, { RoleName: name }, signal)).Role);
  return (
    <>
      <OneHead name={name} back={say("iam.nav.roles")} onBack={onBack}>
        {role.data && <Link className="tool" data-outlined="" href={`/iam/simulator?who=${encodeURIComponent(role.data.Arn)}`}>{say("iam.simulate")}</Link>}
        <Link className="tool" data-outlined="" href={`/iam/audit?ResourceName=${encodeURIComponent(name)}`}>{say("audit.link")}</Link>
        {role.data && <Tool label={say("form.delete")} about={name} danger onClick={() => setGoing(true)} />}
      </OneHead>
      <Read reading={role}>
        {(found) => {
          const { LastUsedDate: used = null, Region: region } = found.RoleLastUsed ?? {};
          const trust = documentOf(found.AssumeRolePolicyDocument);
          return (
            <>
              <Facts
                rows={[
                  ["ARN", <code key="arn">{found.Arn}</code>],
                  ["ID", <code key="id">{found.RoleId}</code>],
                  [say("iam.created"), format.moment(found.CreateDate)],
                  [say("iam.lastUsed"), used === null ? say("iam.neverUsed") : `${format.age(Date.now() / 1000 - used)} · ${region}`],
                ]}
              />
              <Settings key={`${found.Description}${found.MaxSessionDuration}`} role={found} />
              <Part title={say("iam.trusted")}>
                <Policy key={trust} text={trust} kind="trust" onSave={(text) => query(iam.UpdateAssumeRolePolicy, { RoleName: name, PolicyDocument: text })} />
              </Part>
              <Policies holder={{ kind: "role", name }} />
              <Bound
                arn={found.PermissionsBoundary?.PermissionsBoundaryArn ?? ""}
                onSet={(arn) => query(iam.PutRolePermissionsBoundary, { RoleName: name, PermissionsBoundary: arn })}
                onDrop={() => query(iam.DeleteRolePermissionsBoundary, { RoleName: name })}
              />
              <Tags tags={found.Tags ?? []} onPut={(tag) => query(iam.TagRole, { RoleName: name, Tags: [tag] })} onDrop={(key) => query(iam.UntagRole, { RoleName: name, TagKeys: [key] })} />
              <Assuming arn={found.Arn} />
            </>
          );
        }}
      </Read>
      {going && <Removal name={name} read={(signal) => stepsFor({ kind: "role", name }, signal)} onGone={onBack} onClose={() => setGoing(false)} />}
    </>
  );
}

/** How long its sessions last, and what it is for. */
function Settings({ role }: { role: iam.Role }) {
  const { say } = useLanguage();
  const [hours, setHours] = useState(String((role.MaxSessionDuration ?? 3600) / 3600));
  const [description, setDescription] = useState(role.Description ?? "");
  const save = useDo();
  const asked = () => query(iam.UpdateRole, { RoleName: role.RoleName, Description: description.trim(), MaxSessionDuration: Math.round(Number(hours) * 3600) });
  return (
    <Part title={say("iam.settings")}>
      <form className="access-choose" onSubmit={(event) => (event.preventDefault(), save.mutate(asked))}>
        <label>{say("iam.description")} <input value={description} maxLength={1000} onChange={(event) => setDescription(event.target.value)} /></label>
        <label>{say("iam.hours")} <input type="number" className="access-hours" min={1} max={12} step="any" required value={hours} onChange={(event) => setHours(event.target.value)} /></label>
        <button type="submit" className="tool" data-outlined="" disabled={save.isPending}>{say("form.save")}</button>
      </form>
      {save.error && <Failure error={save.error} />}
    </Part>
  );
}
