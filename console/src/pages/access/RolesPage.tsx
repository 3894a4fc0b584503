import { useState } from "react";
import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Field } from "../../shell/Form";
import { text, useUrlState } from "../../state/url";
import { FirstRole } from "./FirstRole";
import { ListHead } from "./Named";
import { List, Tool } from "./parts";
import { Policy } from "./Policy";
import { Read, useAccount, useRead } from "./reading";
import { Role } from "./Role";
import { trustOf } from "./trust";

const STATE = { name: text, new: text };

/** The roles of the account, or one of them, or a new one. */
export default function RolesPage() {
  const { say, format } = useLanguage();
  const [{ name, new: isNew }, patch] = useUrlState(STATE);
  const roles = useRead(["roles"], (signal) => queryAll(iam.ListRoles, {}, (page) => page.Roles, signal), !name);
  if (name) return <Role key={name} name={name} onBack={() => patch({ name: "" })} />;
  return (
    <>
      <ListHead title={say("iam.nav.roles")} about={say("iam.rolesAbout")} add={say("iam.newRole")} onAdd={() => patch({ new: "1" })} more={<Tool label={say("iam.firstRole")} onClick={() => patch({ new: "traces" })} />} />
      {isNew === "traces" && <FirstRole onClose={(made) => patch({ new: "", name: made })} />}
      {isNew && isNew !== "traces" && <NewRole onClose={(made) => patch({ new: "", name: made })} />}
      <Read reading={roles}>
        {(rows) => (
          <List
            label={say("iam.nav.roles")}
            rows={rows}
            name={(role) => role.RoleName}
            empty={say("iam.noRoles")}
            columns={[
              { head: say("iam.name"), cell: (role) => <button type="button" className="access-link" onClick={() => patch({ name: role.RoleName, new: "" })}>{role.RoleName}</button> },
              { head: say("iam.description"), cell: (role) => role.Description ?? "" },
              { head: "ARN", cell: (role) => <code>{role.Arn}</code> },
              { head: say("iam.created"), cell: (role) => format.moment(role.CreateDate), narrow: true },
            ]}
          />
        )}
      </Read>
    </>
  );
}

function NewRole({ onClose }: { onClose: (made: string) => void }) {
  const { say } = useLanguage();
  const account = useAccount();
  const [description, setDescription] = useState("");
  const save = async (document: string, name: string) => {
    await query(iam.CreateRole, { RoleName: name, AssumeRolePolicyDocument: document, ...(description.trim() && { Description: description.trim() }) });
    onClose(name);
  };
  return (
    <section className="form" aria-label={say("iam.newRole")}>
      <h2>{say("iam.newRole")}</h2>
      <Policy key={account} text={trustOf({ AWS: `arn:aws:iam::${account}:root` })} named="" kind="trust" submit={say("form.create")} onSave={save} onCancel={() => onClose("")}>
        <Field label={say("iam.description")} value={description} maxLength={1000} onChange={(event) => setDescription(event.target.value)} />
      </Policy>
    </section>
  );
}
