import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { attachedTo, detach, dropInline, type Holder, inlineOf, passwordOf } from "./holders";

/** One thing that goes with something that is deleted, and how it goes. */
export interface Step {
  what: "key" | "password" | "member" | "user" | "attached" | "inline" | "version" | "profile" | "self";
  name: string;
  act: () => Promise<unknown>;
}

/** All that goes when somebody is deleted, in the order in which IAM lets it go. */
export async function stepsFor(holder: Holder, signal: AbortSignal): Promise<Step[]> {
  const [attached, inline, own] = await Promise.all([attachedTo(holder, signal), inlineOf(holder, signal), ownOf(holder, signal)]);
  return [
    ...own,
    ...attached.map(({ PolicyName: name, PolicyArn: arn }): Step => ({ what: "attached", name: name ?? "", act: () => detach(holder, arn ?? "") })),
    ...inline.map((name): Step => ({ what: "inline", name, act: () => dropInline(holder, name) })),
    { what: "self", name: holder.name, act: () => gone(holder) },
  ];
}

async function ownOf({ kind, name }: Holder, signal: AbortSignal): Promise<Step[]> {
  if (kind === "user") {
    const [keys, groups, password] = await Promise.all([
      queryAll(iam.ListAccessKeys, { UserName: name }, (page) => page.AccessKeyMetadata, signal),
      queryAll(iam.ListGroupsForUser, { UserName: name }, (page) => page.Groups, signal),
      passwordOf(name, signal),
    ]);
    return [
      ...(password ? [{ what: "password", name, act: () => query(iam.DeleteLoginProfile, { UserName: name }) } satisfies Step] : []),
      ...keys.map(({ AccessKeyId: id }): Step => ({ what: "key", name: id ?? "", act: () => query(iam.DeleteAccessKey, { UserName: name, AccessKeyId: id ?? "" }) })),
      ...groups.map(({ GroupName: group }): Step => ({ what: "member", name: group, act: () => query(iam.RemoveUserFromGroup, { UserName: name, GroupName: group }) })),
    ];
  }
  if (kind === "group") {
    const users = await queryAll(iam.GetGroup, { GroupName: name }, (page) => page.Users, signal);
    return users.map(({ UserName: user }): Step => ({ what: "user", name: user, act: () => query(iam.RemoveUserFromGroup, { UserName: user, GroupName: name }) }));
  }
  const profiles = await queryAll(iam.ListInstanceProfilesForRole, { RoleName: name }, (page) => page.InstanceProfiles, signal);
  return profiles.map(({ InstanceProfileName: profile }): Step => ({ what: "profile", name: profile, act: () => query(iam.RemoveRoleFromInstanceProfile, { RoleName: name, InstanceProfileName: profile }) }));
}

function gone({ kind, name }: Holder): Promise<unknown> {
  if (kind === "user") return query(iam.DeleteUser, { UserName: name });
  return kind === "group" ? query(iam.DeleteGroup, { GroupName: name }) : query(iam.DeleteRole, { RoleName: name });
}

/** All that goes when a managed policy is deleted. */
export async function policySteps(arn: string, name: string, signal: AbortSignal): Promise<Step[]> {
  const [versions, users, groups, roles] = await Promise.all([
    queryAll(iam.ListPolicyVersions, { PolicyArn: arn }, (page) => page.Versions, signal),
    queryAll(iam.ListEntitiesForPolicy, { PolicyArn: arn, EntityFilter: "User" }, (page) => page.PolicyUsers, signal),
    queryAll(iam.ListEntitiesForPolicy, { PolicyArn: arn, EntityFilter: "Group" }, (page) => page.PolicyGroups, signal),
    queryAll(iam.ListEntitiesForPolicy, { PolicyArn: arn, EntityFilter: "Role" }, (page) => page.PolicyRoles, signal),
  ]);
  const held: Holder[] = [
    ...users.map(({ UserName }): Holder => ({ kind: "user", name: UserName ?? "" })),
    ...groups.map(({ GroupName }): Holder => ({ kind: "group", name: GroupName ?? "" })),
    ...roles.map(({ RoleName }): Holder => ({ kind: "role", name: RoleName ?? "" })),
  ];
  const older = versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).map(({ VersionId }) => VersionId ?? "");
  return [
    ...held.map((holder): Step => ({ what: "attached", name: holder.name, act: () => detach(holder, arn) })),
    ...older.map((id): Step => ({ what: "version", name: id, act: () => query(iam.DeletePolicyVersion, { PolicyArn: arn, VersionId: id }) })),
    { what: "self", name, act: () => query(iam.DeletePolicy, { PolicyArn: arn }) },
  ];
}
