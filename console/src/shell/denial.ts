/** What the server says is not allowed; null for any other refusal. */
export interface Denial {
  action: string;
  resource: string;
  /** A statement refuses it, so allowing it elsewhere does not help. */
  isExplicit: boolean;
}

const SENTENCE = /is not authorized to perform: (\S+?)(?: on resource: (\S+))?(?: because | with | *$)/;

export function denialIn(code: string, message: string): Denial | null {
  const found = code.startsWith("AccessDenied") ? SENTENCE.exec(message) : null;
  return found && { action: found[1]!, resource: found[2] ?? "*", isExplicit: message.includes("with an explicit deny") };
}

/** The statement that would allow it. */
export function statementFor({ action, resource }: Denial): string {
  return JSON.stringify({ Effect: "Allow", Action: action, Resource: resource }, null, 2);
}
