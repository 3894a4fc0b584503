import { note } from "./asked";
import { ApiError, fetched } from "./client";

export const TRACES = "AWS::XRay::Trace";

export interface Sink {
  Arn: string;
  Id: string;
  Name: string;
}

export interface Link {
  Arn: string;
  Label: string;
  ResourceTypes: string[];
  SinkArn: string;
}

export interface AttachedLink {
  Label: string;
  LinkArn: string;
  ResourceTypes: string[];
}

interface Page<T> {
  Items: T[];
  NextToken?: string;
}

/** Calls one operation of OAM, of those that are posted; throws ApiError for anything but an answer. */
export function oam<T>(operation: string, request: object, signal?: AbortSignal): Promise<T> {
  note(operation, request, "oam");
  const how = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request), signal: signal ?? null };
  return fetched<T>(operation, `/${operation}`, how);
}

/** Every item of a list, over all of its pages. */
export async function all<T>(operation: string, request: object, signal?: AbortSignal): Promise<T[]> {
  const found: T[] = [];
  for (let token: string | undefined; ; ) {
    const page: Page<T> = await oam<Page<T>>(operation, token === undefined ? request : { ...request, NextToken: token }, signal);
    found.push(...page.Items);
    token = page.NextToken;
    if (token === undefined) return found;
  }
}

/** The policy of a sink; null of one that has none. */
export async function sinkPolicy(arn: string, signal?: AbortSignal): Promise<string | null> {
  try {
    return (await oam<{ Policy?: string }>("GetSinkPolicy", { SinkIdentifier: arn }, signal)).Policy ?? null;
  } catch (error) {
    if (error instanceof ApiError && error.code === "ResourceNotFoundException") return null;
    throw error;
  }
}

/** The policy by which these accounts, and no others, may share their traces. */
export function policyFor(accounts: readonly string[]): string {
  const condition = { "ForAllValues:StringEquals": { "oam:ResourceTypes": [TRACES] } };
  const statement = { Effect: "Allow", Principal: { AWS: accounts }, Action: ["oam:CreateLink", "oam:UpdateLink"], Resource: "*", Condition: condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}

/** The account of an ARN. */
export const accountOf = (arn: string): string => arn.split(":")[4] ?? "";
