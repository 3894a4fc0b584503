import type { Question } from "./asked";
import { PATHS } from "./operations";

/** Where a question of our own is posted, which no SDK knows; null for operations that AWS's clients know. */
function ownPath(operation: string): string | null {
  const path = (PATHS as Record<string, string>)[operation];
  return path?.startsWith("/console/api/") ? path : null;
}

/** The question as a command of the AWS CLI. */
export function cliLine({ service = "xray", operation, request }: Question, origin: string): string {
  const path = ownPath(operation);
  if (path !== null) return `curl ${origin}${path} \\\n  -d ${shell(JSON.stringify(request))}`;
  const options = Object.entries(request).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => option(kebab(name), value));
  return [`aws ${service} ${kebab(operation)}`, `--endpoint-url ${origin}`, ...options].join(" \\\n  ");
}

/** The question as a call of boto3. */
export function boto3Line({ service = "xray", operation, request }: Question, origin: string): string {
  const path = ownPath(operation);
  if (path !== null) return `json.load(urllib.request.urlopen("${origin}${path}", json.dumps(${python(withoutGaps(request))}).encode()))`;
  const members = Object.entries(request).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => `    ${name}=${python(value)},\n`);
  const arguments_ = members.length > 0 ? `\n${members.join("")}` : "";
  return `boto3.client("${service}", endpoint_url="${origin}").${kebab(operation).replaceAll("-", "_")}(${arguments_})`;
}

function withoutGaps(request: Question["request"]): object {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** `GetTraceSummaries` is get-trace-summaries, `GroupARN` is group-arn. */
function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2").toLowerCase();
}

function option(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? `--${name}` : `--no-${name}`;
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return `--${name} ${value.map((each) => shell(String(each))).join(" ")}`;
  return `--${name} ${shell(typeof value === "object" ? JSON.stringify(value) : String(value))}`;
}

/** A word of a POSIX shell; nothing in single quotes means anything but itself. */
function shell(text: string): string {
  return /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function python(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([name, each]) => `${python(name)}: ${python(each)}`).join(", ")}}`;
  return JSON.stringify(value); // texts and numbers are spelled alike in both languages
}
