import { matches } from "../sampling/wildcard";
import type { Statement } from "./document";
import { ACTIONS, WITHOUT_RESOURCE } from "./words.gen";

/** What somebody can do in words that are no action's name. */
export const ABILITIES = {
  send: ["xray:PutTraceSegments"],
  read: ["xray:GetTraceSummaries", "xray:BatchGetTraces"],
  map: ["xray:GetServiceGraph"],
  groups: ["xray:CreateGroup", "xray:UpdateGroup", "xray:DeleteGroup"],
  sampling: ["xray:CreateSamplingRule", "xray:UpdateSamplingRule", "xray:DeleteSamplingRule"],
  assume: ["sts:AssumeRole"],
  access: ["iam:CreateAccessKey", "iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:AttachRolePolicy", "iam:CreatePolicyVersion"],
} as const;
export type Ability = keyof typeof ABILITIES;
export type Degree = "yes" | "partly" | "no";

/** How much of each ability these statements give; what is refused in part is given in part. */
export function abilities(statements: readonly Statement[]): [Ability, Degree][] {
  return (Object.keys(ABILITIES) as Ability[]).map((ability) => {
    const degrees = ABILITIES[ability].map((action) => degreeOf(action, statements));
    return [ability, degrees.every((each) => each === "yes") ? "yes" : degrees.some((each) => each !== "no") ? "partly" : "no"];
  });
}

function degreeOf(action: string, statements: readonly Statement[]): Degree {
  const about = statements.filter((each) => covers(each, action));
  const whole = about.filter((each) => isUnlimited(each));
  if (whole.some(({ allows }) => !allows)) return "no";
  const reach = (each: Statement) => !WITHOUT_RESOURCE.includes(action) || each.resourcesNot || each.resources.includes("*");
  if (!about.some((each) => each.allows && reach(each))) return "no";
  return whole.some(({ allows }) => allows) && about.every(({ allows }) => allows) ? "yes" : "partly";
}

function covers({ actions, actionsNot }: Statement, action: string): boolean {
  return actions.some((pattern) => matches(pattern, action)) !== actionsNot;
}

function isUnlimited({ resources, resourcesNot, conditions }: Statement): boolean {
  return conditions.length === 0 && !resourcesNot && resources.includes("*");
}

/** The actions that patterns stand for, by service and by what they do; a pattern for services that are not here stays as it is. */
export interface Meant {
  service: string;
  everything: boolean;
  byLevel: [level: string, names: string[]][];
}

const LEVELS = ["Write", "Read", "List", "Tagging", "Permissions management"];

export function meantBy(patterns: readonly string[]): Meant[] {
  const services = [...new Set(patterns.map((each) => each.split(":")[0]!.toLowerCase()))];
  return services.map((service): Meant => {
    const own = patterns.filter((each) => each.split(":")[0]!.toLowerCase() === service);
    if (service === "*" || own.includes(`${service}:*`)) return { service, everything: true, byLevel: [] };
    const known = Object.entries(ACTIONS).filter(([name]) => own.some((pattern) => matches(pattern, name)));
    const byLevel = LEVELS.map((level): [string, string[]] => [level, known.filter((each) => each[1] === level).map(([name]) => name.split(":")[1]!)]);
    const unknown = own.filter((pattern) => !known.some(([name]) => matches(pattern, name)));
    return { service, everything: false, byLevel: [...byLevel, ["", unknown.map((each) => each.split(":")[1] ?? each)] as [string, string[]]].filter(([, names]) => names.length > 0) };
  });
}

/** Something in a statement that may not be what its author meant. */
export interface Note {
  kind: "admin" | "grants" | "notAction" | "anyone" | "unknown" | "foreign" | "noResource";
  what: string;
  meant: string;
}

const HERE = new Set(Object.keys(ACTIONS).map((each) => each.split(":")[0]!));

export function notesOn(statement: Statement): Note[] {
  const { allows, actions, actionsNot, resources, resourcesNot, conditions, who } = statement;
  const note = (kind: Note["kind"], what = "", meant = ""): Note => ({ kind, what, meant });
  const notes: Note[] = [];
  const isWhole = isUnlimited(statement);
  if (allows && who === null && !actionsNot && isWhole && actions.includes("*")) notes.push(note("admin"));
  else if (allows && isWhole && ABILITIES.access.some((action) => covers(statement, action))) notes.push(note("grants"));
  if (allows && actionsNot) notes.push(note("notAction"));
  if (allows && conditions.length === 0 && who?.some(({ name }) => name === "*")) notes.push(note("anyone"));
  for (const pattern of actions) {
    const service = pattern.split(":")[0]!.toLowerCase();
    const known = Object.keys(ACTIONS).some((name) => matches(pattern, name));
    if (known || pattern === "*") continue;
    if (!HERE.has(service)) notes.push(note("foreign", pattern));
    else notes.push(note("unknown", pattern, nearest(pattern)));
  }
  if (who === null && !actionsNot && !resourcesNot && resources.length > 0 && !resources.includes("*")) {
    const lost = actions.filter((each) => WITHOUT_RESOURCE.some((name) => name.toLowerCase() === each.toLowerCase()));
    if (lost.length > 0) notes.push(note("noResource", lost.join(", ")));
  }
  return notes;
}

/** The action whose name is like this one; empty when none is. */
function nearest(name: string): string {
  const ranked = Object.keys(ACTIONS).map((each): [string, number] => [each, distance(each.toLowerCase(), name.toLowerCase())]);
  const [best, steps] = ranked.reduce((a, b) => (b[1] < a[1] ? b : a));
  return steps <= 4 ? best : "";
}

/** How many letters are to be changed, put in or left out to make one of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
