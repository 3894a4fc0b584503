import { useMemo } from "react";
import { useLanguage } from "../i18n";
import { type Condition, type Principal, readDocument, type Statement } from "./document";
import { abilities, type Meant, meantBy, type Note, notesOn } from "./explain";

const MARKS = { yes: "✓", partly: "◐", no: "✗" } as const;
const KNOWN_OPERATORS = [
  "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
  "NumericEquals", "NumericLessThan", "NumericGreaterThan", "DateLessThan", "DateGreaterThan", "Bool", "IpAddress", "NotIpAddress",
  "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
] as const;

/** What a policy says, in plain words; what it does not say right is told as well. */
export function Explained({ text }: { text: string }) {
  const { say } = useLanguage();
  const statements = useMemo(() => readDocument(text), [text]);
  if (!statements) return <p className="secondary">{say("policy.unread")}</p>;
  return (
    <div className="explained">
      {statements.every(({ who }) => who === null) && (
        <ul className="explained-able" aria-label={say("policy.able")}>
          {abilities(statements).map(([ability, degree]) => (
            <li key={ability} data-degree={degree}>
              <span aria-hidden="true">{MARKS[degree]}</span>
              <span>{say("policy.told", say(`policy.can.${ability}`), say(`policy.${degree}`))}</span>
            </li>
          ))}
        </ul>
      )}
      {statements.map((statement, i) => <Said key={i} statement={statement} number={i + 1} />)}
    </div>
  );
}

function Said({ statement, number }: { statement: Statement; number: number }) {
  const { say } = useLanguage();
  const { sid, allows, who, actions, actionsNot, resources, resourcesNot, conditions } = statement;
  return (
    <section className="explained-statement" data-denies={allows ? undefined : ""}>
      <h4>{say("policy.statement", number)}{sid && <> · <code>{sid}</code></>} · {say(allows ? "policy.allows" : "policy.denies")}</h4>
      {who && <p>{say("policy.who")} <Whom principals={who} /></p>}
      <div>
        {say(actionsNot ? "policy.allBut" : "policy.what")}
        <ul>{meantBy(actions).map((meant) => <li key={meant.service}><What meant={meant} /></li>)}</ul>
      </div>
      {resources.length > 0 && <p>{say(resourcesNot ? "policy.onAllBut" : "policy.on")} <Where resources={resources} /></p>}
      {conditions.length > 0 && (
        <div>
          {say(conditions.length > 1 ? "policy.ifAll" : "policy.if")}
          <ul>{conditions.map((condition, i) => <li key={i}><If condition={condition} /></li>)}</ul>
        </div>
      )}
      {notesOn(statement).map((note) => <Warned key={note.kind + note.what} note={note} />)}
    </section>
  );
}

function Whom({ principals }: { principals: readonly Principal[] }) {
  const { say } = useLanguage();
  const one = ({ kind, name }: Principal) => {
    const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
    if (name === "*") return say("policy.anyone");
    if (account) return say("policy.account", account);
    if (kind === "Federated") return say("policy.federated", name.split(":oidc-provider/").at(-1)!);
    return kind === "Service" ? say("policy.service", name) : name.replace(/^arn:aws:(iam|sts)::/, "");
  };
  return <b>{principals.map(one).join(" · ")}</b>;
}

const SERVICES: Record<string, string> = { xray: "X-Ray", iam: "IAM", sts: "STS", cloudtrail: "CloudTrail", radiograph: "Radiograph" };

function What({ meant: { service, everything, byLevel } }: { meant: Meant }) {
  const { say } = useLanguage();
  const name = SERVICES[service] ?? service;
  if (service === "*") return <b>{say("policy.everything")}</b>;
  if (everything) return <b>{say("policy.everythingOf", name)}</b>;
  const level = (of: string) => say(`policy.level.${(of.split(" ")[0] || "unknown").toLowerCase()}` as "policy.level.read");
  return <>{say("policy.told", name, "")}{byLevel.map(([of, names], i) => <span key={of}>{i > 0 && " · "}<b>{level(of)}</b> ({names.map((each, at) => <span key={each}>{at > 0 && ", "}<code>{each}</code></span>)})</span>)}</>;
}

function Where({ resources }: { resources: readonly string[] }) {
  const { say } = useLanguage();
  if (resources.includes("*")) return <b>{say("policy.anything")}</b>;
  return <>{resources.map((arn, i) => <span key={arn}>{i > 0 && " · "}<Resource arn={arn} /></span>)}</>;
}

function Resource({ arn }: { arn: string }) {
  const { say } = useLanguage();
  const [, , service, , , rest = ""] = arn.split(":");
  const [kind = "", ...path] = rest.split("/");
  const name = service === "xray" && kind === "group" ? (path[0] ?? "") : path.join("/");
  const known = (["group", "sampling-rule", "user", "role", "policy"] as const).find((each) => each === kind);
  if (!known || arn.split(":").length < 6) return <code>{arn}</code>;
  const word = known === "group" && service === "iam" ? "iamGroup" : known === "sampling-rule" ? "rule" : known;
  return <span title={arn}>{name === "*" ? say(`policy.every.${word}`) : <>{say(`policy.the.${word}`)} <code>{name}</code></>}</span>;
}

function If({ condition: { operator, quantifier, ifExists, key, values } }: { condition: Condition }) {
  const { say } = useLanguage();
  const known = KNOWN_OPERATORS.find((each) => each === operator);
  return (
    <>
      {quantifier && `${say(quantifier === "ForAllValues" ? "policy.everyValue" : "policy.someValue")} `}
      <code>{key}</code> {known ? say(`policy.op.${known}`) : <code>{operator}</code>}{" "}
      {values.map((value, i) => <span key={value}>{i > 0 && ` ${say("policy.or")} `}<code>{value}</code></span>)}
      {ifExists && ` (${say("policy.ifExists")})`}
    </>
  );
}

function Warned({ note: { kind, what, meant } }: { note: Note }) {
  const { say } = useLanguage();
  return (
    <p className="explained-note">
      {kind === "unknown" ? say("policy.note.unknown", what) : kind === "foreign" ? say("policy.note.foreign", what) : kind === "noResource" ? say("policy.note.noResource", what) : say(`policy.note.${kind}`)}
      {meant && <> {say("policy.note.meant")} <code>{meant}</code></>}
    </p>
  );
}
