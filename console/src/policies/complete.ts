import { scan } from "./scan";
import { ACTIONS, OPERATORS } from "./words.gen";

/** What a policy is for; trust policies say who, the others on what. */
export type Kind = "identity" | "trust";

export interface Completion {
  /** What is replaced: the text between the quotes that the caret is in. */
  from: number;
  to: number;
  options: readonly string[];
}

const MEMBERS: Record<Kind, readonly string[]> = {
  identity: ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"],
  trust: ["Sid", "Effect", "Principal", "Action", "Condition"],
};
const TRUST_ACTIONS = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"];
const KEYS = [
  "aws:CurrentTime", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalTag/", "aws:PrincipalType", "aws:RequestTag/",
  "aws:RequestedRegion", "aws:ResourceAccount", "aws:ResourceTag/", "aws:SecureTransport", "aws:SourceIp", "aws:TagKeys", "aws:TokenIssueTime",
  "aws:UserAgent", "aws:userid", "aws:username", "iam:PassedToService", "iam:PermissionsBoundary", "iam:PolicyARN", "sts:ExternalId",
  "sts:RoleSessionName", "sts:SourceIdentity", "xray:ResourcePolicyName", "xray:TraceSegmentDestination",
];
const MOST = 12;

/** What may stand where the caret is; null outside of strings, and where anything may stand. */
export function complete(text: string, caret: number, kind: Kind, account: string): Completion | null {
  const token = scan(text.slice(0, caret)).tokens.at(-1);
  if (!token?.open) return null;
  const from = token.from + 1;
  const typed = text.slice(from, caret);
  const rest = /^(?:[^"\\\n]|\\.)*/.exec(text.slice(caret))![0];
  const path = token.at.replace(/\[\d+\]/g, "");
  const words = token.kind === "key" ? keysAt(path, kind) : valuesAt(path, kind, account);
  const found = matching(words, typed);
  return found.length > 0 && !(found.length === 1 && found[0] === typed + rest) ? { from, to: caret + rest.length, options: found } : null;
}

function keysAt(path: string, kind: Kind): readonly string[] {
  if (path === "") return ["Version", "Id", "Statement"];
  if (path === "Statement") return MEMBERS[kind];
  if (path === "Statement.Principal") return ["AWS", "Federated", "Service"];
  if (path === "Statement.Condition") return [...OPERATORS, ...OPERATORS.filter((each) => each !== "Null").map((each) => `${each}IfExists`)];
  return path.startsWith("Statement.Condition.") ? KEYS : [];
}

function valuesAt(path: string, kind: Kind, account: string): readonly string[] {
  if (path === "Version") return ["2012-10-17"];
  if (path === "Statement.Effect") return ["Allow", "Deny"];
  if (path === "Statement.Action" || path === "Statement.NotAction") return kind === "trust" ? TRUST_ACTIONS : [...services(), ...Object.keys(ACTIONS)];
  const iam = `arn:aws:iam::${account}:`;
  if (path === "Statement.Principal.AWS") return ["*", `${iam}root`, `${iam}user/`, `${iam}role/`];
  if (path === "Statement.Principal.Federated") return [`${iam}oidc-provider/`];
  if (path !== "Statement.Resource" && path !== "Statement.NotResource") return [];
  const xray = `arn:aws:xray:*:${account}:`;
  return ["*", `${xray}group/*/*`, `${xray}sampling-rule/*`, ...["user/*", "user/${aws:username}", "group/*", "role/*", "policy/*"].map((each) => iam + each)];
}

function services(): string[] {
  return [...new Set(Object.keys(ACTIONS).map((each) => `${each.split(":")[0]}:*`))].sort((a, b) => Number(b === "xray:*") - Number(a === "xray:*"));
}

/** Those that begin with what was typed, then those that have it anywhere, whatever the case. */
function matching(words: readonly string[], typed: string): string[] {
  const lower = typed.toLowerCase();
  const rank = (word: string) => [word.toLowerCase().indexOf(lower)].map((at) => (at < 0 ? 9 : Math.min(at, 1)))[0]!;
  return words.filter((word) => rank(word) < 9).sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
}
