import { useState } from "react";
import { Link } from "wouter";
import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Field, Form } from "../../shell/Form";
import { text, useUrlState } from "../../state/url";
import { ListHead, OneHead } from "./Named";
import { Choose, Facts, List, Part, Tool } from "./parts";
import { Policies } from "./Policies";
import { Read, useDo, useRead } from "./reading";
import { Removal } from "./Removal";
import { stepsFor } from "./removal";

const STATE = { name: text, new: text };

/** Groups of users, or one of them: their policies are those of all its users. */
export default function GroupsPage() {
  const { say, format } = useLanguage();
  const [{ name, new: isNew }, patch] = useUrlState(STATE);
  const groups = useRead(["groups"], (signal) => queryAll(iam.ListGroups, {}, (page) => page.Groups, signal), !name);
  if (name) return <Group key={name} name={name} onBack={() => patch({ name: "" })} />;
  return (
    <>
      <ListHead title={say("iam.nav.groups")} about={say("iam.groupsAbout")} add={say("iam.newGroup")} onAdd={() => patch({ new: "1" })} />
      <div className="settings" data-form={isNew ? "" : undefined}>
        <div>
          <Read reading={groups}>
            {(rows) => (
              <List
                label={say("iam.nav.groups")}
                rows={rows}
                name={(group) => group.GroupName}
                empty={say("iam.noGroups")}
                columns={[
                  { head: say("iam.name"), cell: (group) => <button type="button" className="access-link" onClick={() => patch({ name: group.GroupName, new: "" })}>{group.GroupName}</button> },
                  { head: "ARN", cell: (group) => <code>{group.Arn}</code> },
                  { head: say("iam.created"), cell: (group) => format.moment(group.CreateDate), narrow: true },
                ]}
              />
            )}
          </Read>
        </div>
        {isNew && <NewGroup onClose={(made) => patch({ new: "", name: made })} />}
      </div>
    </>
  );
}

function NewGroup({ onClose }: { onClose: (made: string) => void }) {
  const { say } = useLanguage();
  const [name, setName] = useState("");
  const make = useDo(() => onClose(name.trim()));
  return (
    <Form title={say("iam.newGroup")} submit={say("form.create")} busy={make.isPending} error={make.error} onSubmit={() => make.mutate(() => query(iam.CreateGroup, { GroupName: name.trim() }))} onCancel={() => onClose("")}>
      <Field label={say("iam.name")} hint={say("iam.nameHint")} value={name} required autoFocus maxLength={128} onChange={(event) => setName(event.target.value)} />
    </Form>
  );
}

function Group({ name, onBack }: { name: string; onBack: () => void }) {
  const { say, format } = useLanguage();
  const [going, setGoing] = useState(false);
  const group = useRead(["group", name], async (signal) => (await query(iam.GetGroup, { GroupName: name }, signal)).Group);
  return (
    <>
      <OneHead name={name} back={say("iam.nav.groups")} onBack={onBack}>
        {group.data && <Tool label={say("form.delete")} about={name} danger onClick={() => setGoing(true)} />}
      </OneHead>
      <Read reading={group}>
        {(found) => (
          <>
            <Facts rows={[["ARN", <code key="arn">{found.Arn}</code>], ["ID", <code key="id">{found.GroupId}</code>], [say("iam.created"), format.moment(found.CreateDate)]]} />
            <Members group={name} />
            <Policies holder={{ kind: "group", name }} />
          </>
        )}
      </Read>
      {going && <Removal name={name} read={(signal) => stepsFor({ kind: "group", name }, signal)} onGone={onBack} onClose={() => setGoing(false)} />}
    </>
  );
}

function Members({ group }: { group: string }) {
  const { say } = useLanguage();
  const change = useDo();
  const own = useRead(["group", group, "users"], (signal) => queryAll(iam.GetGroup, { GroupName: group }, (page) => page.Users, signal));
  const all = useRead(["users"], (signal) => queryAll(iam.ListUsers, {}, (page) => page.Users, signal));
  const free = (all.data ?? []).filter(({ UserName }) => !own.data?.some((each) => each.UserName === UserName));
  return (
    <Part
      title={say("iam.nav.users")}
      tools={<Choose label={say("iam.chooseUser")} act={say("iam.addUser")} busy={change.isPending} options={free.map(({ UserName }) => ({ value: UserName, text: UserName }))} onChoose={(user) => change.mutate(() => query(iam.AddUserToGroup, { GroupName: group, UserName: user }))} />}
    >
      {change.error && <Failure error={change.error} />}
      <Read reading={own}>
        {(found) =>
          found.length === 0 ? <p className="secondary">{say("iam.noMembers")}</p> : (
            <ul className="access-rows">
              {found.map(({ UserName: user }) => (
                <li key={user}>
                  <Link href={`/iam/users?name=${encodeURIComponent(user)}`}>{user}</Link>
                  <Tool label={say("iam.dropUser")} about={user} disabled={change.isPending} onClick={() => change.mutate(() => query(iam.RemoveUserFromGroup, { GroupName: group, UserName: user }))} />
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </Part>
  );
}
