import * as iam from "../../api/access.gen";
import { ApiError } from "../../api/client";
import { query, queryAll } from "../../api/query";

/** Somebody that has policies. */
export interface Holder {
  kind: "user" | "group" | "role";
  name: string;
}

/** IAM has each operation on policies three times; these are alike but for the name of one member. */
export function attachedTo({ kind, name }: Holder, signal: AbortSignal): Promise<iam.AttachedPolicy[]> {
  if (kind === "user") return queryAll(iam.ListAttachedUserPolicies, { UserName: name }, (page) => page.AttachedPolicies, signal);
  if (kind === "group") return queryAll(iam.ListAttachedGroupPolicies, { GroupName: name }, (page) => page.AttachedPolicies, signal);
  return queryAll(iam.ListAttachedRolePolicies, { RoleName: name }, (page) => page.AttachedPolicies, signal);
}

export function attach({ kind, name }: Holder, arn: string): Promise<unknown> {
  if (kind === "user") return query(iam.AttachUserPolicy, { UserName: name, PolicyArn: arn });
  if (kind === "group") return query(iam.AttachGroupPolicy, { GroupName: name, PolicyArn: arn });
  return query(iam.AttachRolePolicy, { RoleName: name, PolicyArn: arn });
}

export function detach({ kind, name }: Holder, arn: string): Promise<unknown> {
  if (kind === "user") return query(iam.DetachUserPolicy, { UserName: name, PolicyArn: arn });
  if (kind === "group") return query(iam.DetachGroupPolicy, { GroupName: name, PolicyArn: arn });
  return query(iam.DetachRolePolicy, { RoleName: name, PolicyArn: arn });
}

export function inlineOf({ kind, name }: Holder, signal: AbortSignal): Promise<string[]> {
  if (kind === "user") return queryAll(iam.ListUserPolicies, { UserName: name }, (page) => page.PolicyNames, signal);
  if (kind === "group") return queryAll(iam.ListGroupPolicies, { GroupName: name }, (page) => page.PolicyNames, signal);
  return queryAll(iam.ListRolePolicies, { RoleName: name }, (page) => page.PolicyNames, signal);
}

export async function inlineText({ kind, name }: Holder, policy: string, signal: AbortSignal): Promise<string> {
  const asked = { PolicyName: policy };
  if (kind === "user") return documentOf((await query(iam.GetUserPolicy, { ...asked, UserName: name }, signal)).PolicyDocument);
  if (kind === "group") return documentOf((await query(iam.GetGroupPolicy, { ...asked, GroupName: name }, signal)).PolicyDocument);
  return documentOf((await query(iam.GetRolePolicy, { ...asked, RoleName: name }, signal)).PolicyDocument);
}

export function putInline({ kind, name }: Holder, policy: string, text: string): Promise<unknown> {
  const asked = { PolicyName: policy, PolicyDocument: text };
  if (kind === "user") return query(iam.PutUserPolicy, { ...asked, UserName: name });
  if (kind === "group") return query(iam.PutGroupPolicy, { ...asked, GroupName: name });
  return query(iam.PutRolePolicy, { ...asked, RoleName: name });
}

export function dropInline({ kind, name }: Holder, policy: string): Promise<unknown> {
  if (kind === "user") return query(iam.DeleteUserPolicy, { UserName: name, PolicyName: policy });
  if (kind === "group") return query(iam.DeleteGroupPolicy, { GroupName: name, PolicyName: policy });
  return query(iam.DeleteRolePolicy, { RoleName: name, PolicyName: policy });
}

/** With what a user logs in to the console; null for one that has no password. */
export async function passwordOf(user: string, signal: AbortSignal): Promise<iam.LoginProfile | null> {
  try {
    return (await query(iam.GetLoginProfile, { UserName: user }, signal)).LoginProfile;
  } catch (error) {
    if (error instanceof ApiError && error.code === "NoSuchEntity") return null;
    throw error;
  }
}

/** The text of a policy, which IAM tells percent-encoded. */
export function documentOf(told: string | null): string {
  try {
    return decodeURIComponent(told ?? "");
  } catch {
    return told ?? "";
  }
}

/** Every managed policy there is. */
export function readPolicies(signal: AbortSignal): Promise<iam.Policy[]> {
  return queryAll(iam.ListPolicies, { Scope: "All" }, (page) => page.Policies, signal);
}
