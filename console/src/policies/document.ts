/** A policy as it says itself, every list one. */
export interface Statement {
  sid: string;
  allows: boolean;
  who: Principal[] | null; // null where the policy says for whom it is by being attached
  actions: string[];
  actionsNot: boolean;
  resources: string[];
  resourcesNot: boolean;
  conditions: Condition[];
}

export interface Principal {
  kind: string; // AWS, Service, Federated; empty for a bare *
  name: string;
}

export interface Condition {
  operator: string;
  quantifier: "" | "ForAllValues" | "ForAnyValue";
  ifExists: boolean;
  key: string;
  values: string[];
}

type Members = Record<string, unknown>;

/** The statements of a policy's text; null for what is no policy. */
export function readDocument(text: string): Statement[] | null {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return null;
  }
  const written = isMembers(root) ? list(root.Statement) : [];
  return written.length > 0 && written.every(isMembers) ? written.map((each) => statementOf(each as Members)) : null;
}

function statementOf(written: Members): Statement {
  const principal = written.Principal ?? written.NotPrincipal;
  return {
    sid: typeof written.Sid === "string" ? written.Sid : "",
    allows: written.Effect === "Allow",
    who: principal === undefined ? null : principalsOf(principal),
    actions: texts(written.Action ?? written.NotAction),
    actionsNot: written.Action === undefined && written.NotAction !== undefined,
    resources: texts(written.Resource ?? written.NotResource),
    resourcesNot: written.Resource === undefined && written.NotResource !== undefined,
    conditions: isMembers(written.Condition) ? conditionsOf(written.Condition) : [],
  };
}

function principalsOf(written: unknown): Principal[] {
  if (!isMembers(written)) return texts(written).map((name) => ({ kind: "", name }));
  return Object.entries(written).flatMap(([kind, names]) => texts(names).map((name) => ({ kind, name })));
}

function conditionsOf(written: Members): Condition[] {
  return Object.entries(written).flatMap(([name, keys]) => {
    const [before, after] = name.includes(":") ? [name.split(":")[0]!, name.split(":").slice(1).join(":")] : ["", name];
    const operator = after.replace(/IfExists$/, "");
    const quantifier = before === "ForAllValues" || before === "ForAnyValue" ? before : "";
    const found = isMembers(keys) ? Object.entries(keys) : [];
    return found.map(([key, values]): Condition => ({ operator, quantifier, ifExists: operator !== after, key, values: texts(values) }));
  });
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function texts(value: unknown): string[] {
  return list(value).map((each) => (typeof each === "object" ? JSON.stringify(each) : String(each)));
}
