import Button from "@cloudscape-design/components/button";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import * as iam from "../../api/access.gen";
import { ask } from "../../api/client";
import { queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { ACTIONS } from "../../policies/words.gen";
import { text, useUrlState } from "../../state/url";
import { ListHead } from "./Named";
import { Choose, Part } from "./parts";
import { Read, useRead } from "./reading";
import { Results } from "./Results";

const STATE = { who: text, actions: text, on: text, context: text };
const USUAL = { send: "xray:PutTraceSegments", read: "xray:GetTraceSummaries, xray:BatchGetTraces", groups: "xray:GetGroup, xray:UpdateGroup, xray:DeleteGroup" } as const;

/** Whether somebody may do something, and which statement says so; nothing is done. It is kept in the address. */
export default function SimulatorPage() {
  const { say } = useLanguage();
  const id = useId();
  const [asked, patch] = useUrlState(STATE);
  const [typed, setTyped] = useState({ ...asked, actions: asked.actions || "xray:GetTraceSummaries" });
  const change = (members: Partial<typeof typed>) => setTyped({ ...typed, ...members });
  const holders = useRead(["simulated"], readHolders);
  const groups = useQuery({ queryKey: ["simulated-groups"], queryFn: async ({ signal }) => (await ask("GetGroups", {}, signal)).Groups });
  const actions = words(asked.actions);
  const results = useRead(["simulation", asked.who, asked.actions, asked.on, asked.context], (signal) => simulate(asked, signal), asked.who !== "" && actions.length > 0);
  const run = () => {
    const same = JSON.stringify({ ...asked }) === JSON.stringify({ ...typed });
    if (same) void results.refetch();
    else patch(typed);
  };
  const onSubmit = (event: React.FormEvent) => (event.preventDefault(), run());
  return (
    <>
      <ListHead title={say("iam.nav.simulator")} about={say("iam.simulatorAbout")} />
      <div className="access-simulator">
        <form className="form" aria-label={say("iam.nav.simulator")} onSubmit={onSubmit}>
          <div className="field">
            <label htmlFor={`${id}who`}>{say("iam.simWho")}</label>
            <Read reading={holders}>
              {(found) => (
                <select id={`${id}who`} required value={typed.who} onChange={(event) => change({ who: event.target.value })}>
                  <option value="">{say("iam.simChoose")}</option>
                  {found.map(({ kind, rows }) => (
                    <optgroup key={kind} label={say(`iam.nav.${kind}`)}>
                      {rows.map(({ name, arn }) => <option key={arn} value={arn}>{name}</option>)}
                    </optgroup>
                  ))}
                  {typed.who && !found.some(({ rows }) => rows.some(({ arn }) => arn === typed.who)) && <option value={typed.who}>{typed.who}</option>}
                </select>
              )}
            </Read>
          </div>
          <div className="field">
            <label htmlFor={`${id}actions`}>{say("iam.simActions")}</label>
            <textarea id={`${id}actions`} rows={3} required spellCheck={false} value={typed.actions} onChange={(event) => change({ actions: event.target.value })} />
            <div className="access-usual">
              {(["send", "read", "groups"] as const).map((each) => <button key={each} type="button" className="tool" data-outlined="" onClick={() => change({ actions: USUAL[each] })}>{say(`policy.can.${each}`)}</button>)}
            </div>
            <Choose label={say("iam.simAction")} act={say("iam.simAdd")} busy={false} options={Object.keys(ACTIONS).map((value) => ({ value, text: value }))} onChoose={(action) => change({ actions: [...words(typed.actions), action].join(", ") })} />
          </div>
          <div className="field">
            <label htmlFor={`${id}on`}>{say("iam.simOn")}</label>
            <textarea id={`${id}on`} rows={2} spellCheck={false} value={typed.on} placeholder="*" onChange={(event) => change({ on: event.target.value })} />
            {groups.data && <Choose label={say("iam.simGroup")} act={say("iam.simAdd")} busy={false} options={groups.data.map(({ GroupARN, GroupName }) => ({ value: GroupARN, text: GroupName }))} onChoose={(arn) => change({ on: [...words(typed.on), arn].join("\n") })} />}
          </div>
          <div className="field">
            <label htmlFor={`${id}context`}>{say("iam.simContext")}</label>
            <textarea id={`${id}context`} rows={2} spellCheck={false} value={typed.context} placeholder="aws:SourceIp=203.0.113.7" onChange={(event) => change({ context: event.target.value })} />
            <p className="secondary">{say("iam.simContextHint")}</p>
          </div>
          <div className="form-end"><Button variant="primary" formAction="submit" loading={results.isFetching}>{say("iam.simRun")}</Button></div>
        </form>
        <Part title={say("iam.simAnswer")}>
          {asked.who === "" || actions.length === 0 ? <p className="secondary">{say("iam.simNothing")}</p> : <Read reading={results}>{(rows) => <Results who={asked.who} rows={rows} />}</Read>}
        </Part>
      </div>
    </>
  );
}

type Group = { kind: "users" | "groups" | "roles"; rows: { name: string; arn: string }[] };

async function readHolders(signal: AbortSignal): Promise<Group[]> {
  const [users, groups, roles] = await Promise.all([
    queryAll(iam.ListUsers, {}, (page) => page.Users, signal),
    queryAll(iam.ListGroups, {}, (page) => page.Groups, signal),
    queryAll(iam.ListRoles, {}, (page) => page.Roles, signal),
  ]);
  const found: Group[] = [
    { kind: "users", rows: users.map(({ UserName: name, Arn: arn }) => ({ name, arn })) },
    { kind: "groups", rows: groups.map(({ GroupName: name, Arn: arn }) => ({ name, arn })) },
    { kind: "roles", rows: roles.map(({ RoleName: name, Arn: arn }) => ({ name, arn })) },
  ];
  return found.filter(({ rows }) => rows.length > 0);
}

function simulate({ who, actions, on, context }: { who: string; actions: string; on: string; context: string }, signal: AbortSignal): Promise<iam.EvaluationResult[]> {
  const entries = context.split("\n").map((line) => line.trim()).filter(Boolean).map((line): iam.ContextEntry => {
    const [name = "", ...value] = line.split("=");
    const values = value.join("=").split(",").map((each) => each.trim());
    return { ContextKeyName: name.trim(), ContextKeyValues: values, ContextKeyType: values.length > 1 ? "stringList" : "string" };
  });
  const resources = words(on);
  return queryAll(
    iam.SimulatePrincipalPolicy,
    { PolicySourceArn: who, ActionNames: words(actions), ...(resources.length > 0 && { ResourceArns: resources }), ...(entries.length > 0 && { ContextEntries: entries }) },
    (page) => page.EvaluationResults,
    signal,
  );
}

function words(written: string): string[] {
  return written.split(/[\s,]+/).filter(Boolean);
}
