import { useState } from "react";
import { Link } from "wouter";
import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Bound } from "./Bound";
import { AccessKeys } from "./AccessKeys";
import { OneHead } from "./Named";
import { Choose, Facts, Part, Tool } from "./parts";
import { Password } from "./Password";
import { Policies } from "./Policies";
import { Read, useDo, useRead } from "./reading";
import { Removal } from "./Removal";
import { stepsFor } from "./removal";
import { Tags } from "./Tags";

/** One user: its keys, its groups, what it may do, and what bounds that. */
export function User({ name, onBack }: { name: string; onBack: () => void }) {
  const { say, format } = useLanguage();
  const [going, setGoing] = useState(false);
  const user = useRead(["user", name], async (signal) => (await query(iam.GetUser, { UserName: name }, signal)).User);
  return (
    <>
      <OneHead name={name} back={say("iam.nav.users")} onBack={onBack}>
        {user.data && <Link className="tool" data-outlined="" href={`/iam/simulator?who=${encodeURIComponent(user.data.Arn)}`}>{say("iam.simulate")}</Link>}
        <Link className="tool" data-outlined="" href={`/iam/audit?Username=${encodeURIComponent(name)}`}>{say("audit.link")}</Link>
        {user.data && <Tool label={say("form.delete")} about={name} danger onClick={() => setGoing(true)} />}
      </OneHead>
      <Read reading={user}>
        {(found) => (
          <>
            <Facts rows={[["ARN", <code key="arn">{found.Arn}</code>], ["ID", <code key="id">{found.UserId}</code>], [say("iam.path"), <code key="path">{found.Path}</code>], [say("iam.created"), format.moment(found.CreateDate)]]} />
            <Password user={name} />
            <AccessKeys user={name} />
            <Groups user={name} />
            <Policies holder={{ kind: "user", name }} />
            <Bound
              arn={found.PermissionsBoundary?.PermissionsBoundaryArn ?? ""}
              onSet={(arn) => query(iam.PutUserPermissionsBoundary, { UserName: name, PermissionsBoundary: arn })}
              onDrop={() => query(iam.DeleteUserPermissionsBoundary, { UserName: name })}
            />
            <Tags
              tags={found.Tags ?? []}
              onPut={(tag) => query(iam.TagUser, { UserName: name, Tags: [tag] })}
              onDrop={(key) => query(iam.UntagUser, { UserName: name, TagKeys: [key] })}
            />
          </>
        )}
      </Read>
      {going && <Removal name={name} read={(signal) => stepsFor({ kind: "user", name }, signal)} onGone={onBack} onClose={() => setGoing(false)} />}
    </>
  );
}

function Groups({ user }: { user: string }) {
  const { say } = useLanguage();
  const change = useDo();
  const own = useRead(["user", user, "groups"], (signal) => queryAll(iam.ListGroupsForUser, { UserName: user }, (page) => page.Groups, signal));
  const all = useRead(["groups"], (signal) => queryAll(iam.ListGroups, {}, (page) => page.Groups, signal));
  const free = (all.data ?? []).filter(({ GroupName }) => !own.data?.some((each) => each.GroupName === GroupName));
  return (
    <Part
      title={say("iam.nav.groups")}
      tools={<Choose label={say("iam.chooseGroup")} act={say("iam.join")} busy={change.isPending} options={free.map(({ GroupName }) => ({ value: GroupName, text: GroupName }))} onChoose={(group) => change.mutate(() => query(iam.AddUserToGroup, { GroupName: group, UserName: user }))} />}
    >
      {change.error && <Failure error={change.error} />}
      <Read reading={own}>
        {(found) =>
          found.length === 0 ? <p className="secondary">{say("iam.inNoGroup")}</p> : (
            <ul className="access-rows">
              {found.map(({ GroupName: group }) => (
                <li key={group}>
                  <Link href={`/iam/groups?name=${encodeURIComponent(group)}`}>{group}</Link>
                  <Tool label={say("iam.leave")} about={group} disabled={change.isPending} onClick={() => change.mutate(() => query(iam.RemoveUserFromGroup, { GroupName: group, UserName: user }))} />
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </Part>
  );
}
