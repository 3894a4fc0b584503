import { useState } from "react";
import { CreateUser, ListUsers } from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Field, Form } from "../../shell/Form";
import { text, useUrlState } from "../../state/url";
import { ListHead } from "./Named";
import { List } from "./parts";
import { Read, useDo, useRead } from "./reading";
import { User } from "./User";

const STATE = { name: text, new: text };

/** The users of the account, or one of them. */
export default function UsersPage() {
  const { say, format } = useLanguage();
  const [{ name, new: isNew }, patch] = useUrlState(STATE);
  const users = useRead(["users"], (signal) => queryAll(ListUsers, {}, (page) => page.Users, signal), !name);
  if (name) return <User key={name} name={name} onBack={() => patch({ name: "" })} />;
  return (
    <>
      <ListHead title={say("iam.nav.users")} about={say("iam.usersAbout")} add={say("iam.newUser")} onAdd={() => patch({ new: "1" })} />
      <div className="settings" data-form={isNew ? "" : undefined}>
        <div>
          <Read reading={users}>
            {(rows) => (
              <List
                label={say("iam.nav.users")}
                rows={rows}
                name={(user) => user.UserName}
                empty={say("iam.noUsers")}
                columns={[
                  { head: say("iam.name"), cell: (user) => <button type="button" className="access-link" onClick={() => patch({ name: user.UserName, new: "" })}>{user.UserName}</button> },
                  { head: say("iam.path"), cell: (user) => <code>{user.Path}</code> },
                  { head: "ARN", cell: (user) => <code>{user.Arn}</code> },
                  { head: say("iam.created"), cell: (user) => format.moment(user.CreateDate), narrow: true },
                ]}
              />
            )}
          </Read>
        </div>
        {isNew && <NewUser onClose={(made) => patch({ new: "", name: made })} />}
      </div>
    </>
  );
}

function NewUser({ onClose }: { onClose: (made: string) => void }) {
  const { say } = useLanguage();
  const [name, setName] = useState("");
  const [path, setPath] = useState("/");
  const make = useDo(() => onClose(name.trim()));
  const asked = () => query(CreateUser, { UserName: name.trim(), ...(path.trim() && { Path: path.trim() }) });
  return (
    <Form title={say("iam.newUser")} submit={say("form.create")} busy={make.isPending} error={make.error} onSubmit={() => make.mutate(asked)} onCancel={() => onClose("")}>
      <Field label={say("iam.name")} hint={say("iam.nameHint")} value={name} required autoFocus maxLength={64} onChange={(event) => setName(event.target.value)} />
      <Field label={say("iam.path")} hint={say("iam.pathHint")} value={path} maxLength={512} onChange={(event) => setPath(event.target.value)} />
      <p className="secondary">{say("iam.newUserNext")}</p>
    </Form>
  );
}
