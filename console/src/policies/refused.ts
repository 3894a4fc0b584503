import { scan } from "./scan";

/** What a policy was refused for, and where in its text that is; the range is empty when the server does not say. */
export interface Refused {
  from: number;
  to: number;
  line: number;
  reason: string;
  accepted: string;
}

const NOT_JSON = /line (\d+), column (\d+)/;

/** The place in a policy that the server's refusal names: `Statement[0].Action[1]: "xray:"; accepted: …`. */
export function refusedIn(text: string, message: string): Refused {
  const [said, accepted = ""] = split(message, "; accepted: ");
  const [path, reason] = split(said, ": ");
  const position = NOT_JSON.exec(message);
  if (position) {
    const from = offsetOf(text, Number(position[1]), Number(position[2]));
    return { from, to: Math.min(from + 1, text.length), line: Number(position[1]), reason: said.replace("the policy: ", ""), accepted };
  }
  const found = reason === undefined ? undefined : scan(text).places.get(path);
  if (!found) return { from: 0, to: 0, line: 0, reason: said.replace("the policy: ", ""), accepted };
  const [from, to] = reason!.startsWith("there is no such") && found.key ? found.key : found.value;
  return { from, to, line: text.slice(0, from).split("\n").length, reason: said, accepted };
}

/** Cuts at the first separator; where there is none, the second part is undefined. */
function split(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return Math.min(text.length, before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1);
}
