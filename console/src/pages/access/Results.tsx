import { useState } from "react";
import * as iam from "../../api/access.gen";
import { query, queryAll } from "../../api/query";
import { useLanguage } from "../../i18n";
import { PolicyText } from "../../policies/Editor";
import { documentOf, inlineText } from "./holders";
import { Read, useRead } from "./reading";

/** What a simulation answered, a row for each action with each resource, and the statements that decided. */
export function Results({ who, rows }: { who: string; rows: readonly iam.EvaluationResult[] }) {
  const { say } = useLanguage();
  const [open, setOpen] = useState("");
  const name = who.split("/").at(-1)!;
  const isAllowed = (row: iam.EvaluationResult) => row.EvalDecision === "allowed";
  const count = rows.filter(isAllowed).length;
  return (
    <>
      <p className="access-verdict" role="status">{say(count === rows.length ? "iam.simYes" : count === 0 ? "iam.simNo" : "iam.simSome", name)}</p>
      <ul className="access-results">
        {rows.map((row) => {
          const key = `${row.EvalActionName} ${row.EvalResourceName}`;
          const bounded = row.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false;
          return (
            <li key={key} data-allowed={isAllowed(row) ? "" : undefined}>
              <p><b>{isAllowed(row) ? "✓" : "✗"} {say(isAllowed(row) ? "iam.allowed" : row.EvalDecision === "explicitDeny" ? "iam.refused" : "iam.notAllowed")}</b> <code>{row.EvalActionName}</code>{row.EvalResourceName !== "*" && <> {say("iam.onResource")} <code>{row.EvalResourceName}</code></>}</p>
              {bounded && <p>{say("iam.simBounded")}</p>}
              {row.MatchedStatements.map((statement, i) => {
                const label = `${statement.SourcePolicyId} · ${say("policy.line", statement.StartPosition?.Line ?? 1)}`;
                const own = `${key}${i}`;
                return (
                  <div key={own}>
                    {say("iam.decidedBy")} <button type="button" className="access-link" aria-expanded={open === own} onClick={() => setOpen(open === own ? "" : own)}>{label.replace(/ ?:$/, "")}</button>
                    {open === own && <StatementText who={who} statement={statement} />}
                  </div>
                );
              })}
              {row.MatchedStatements.length === 0 && !isAllowed(row) && <p className="secondary">{say("iam.noStatement")}</p>}
              {row.MissingContextValues.length > 0 && <p className="secondary">{say("iam.simMissing")} {row.MissingContextValues.map((each) => <code key={each}>{each} </code>)}</p>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** The words of a statement that decided, cut out of its policy. */
function StatementText({ who, statement }: { who: string; statement: iam.Statement }) {
  const { say } = useLanguage();
  const { SourcePolicyId: id, SourcePolicyType: type, StartPosition: from, EndPosition: to } = statement;
  const text = useRead(["statement", who, id ?? "", type ?? ""], (signal) => documentNamed(who, id ?? "", type ?? "", signal));
  return (
    <Read reading={text}>
      {(document) => (document && from && to ? <PolicyText text={cut(document, from, to)} /> : <p className="secondary">{say("iam.noText")}</p>)}
    </Read>
  );
}

/** The text of the policy that a simulation names: inline ones by kind, holder and name, managed ones by name. */
async function documentNamed(who: string, id: string, type: string, signal: AbortSignal): Promise<string> {
  if (type === "user" || type === "group" || type === "role") {
    const asked = who.split("/").at(-1)!;
    const own = `${type}_${asked}_`;
    if (id.startsWith(own)) return inlineText({ kind: type, name: asked }, id.slice(own.length), signal).catch(() => "");
    // Names may have "_" in them: each place where the holder's may end is tried against what there is.
    const parts = id.slice(type.length + 1).split("_");
    for (let i = 1; i < parts.length; i++) {
      const text = await inlineText({ kind: type, name: parts.slice(0, i).join("_") }, parts.slice(i).join("_"), signal).catch(() => "");
      if (text) return text;
    }
    return "";
  }
  const scope = type === "aws-managed" ? "AWS" : "Local";
  const policies = await queryAll(iam.ListPolicies, { Scope: scope }, (page) => page.Policies, signal);
  const found = policies.find(({ PolicyName }) => PolicyName === id);
  if (!found) return "";
  const { PolicyVersion: version } = await query(iam.GetPolicyVersion, { PolicyArn: found.Arn ?? "", VersionId: found.DefaultVersionId ?? "" }, signal);
  return documentOf(version?.Document ?? "");
}

function cut(text: string, from: iam.Position, to: iam.Position): string {
  const lines = text.split("\n");
  const at = ({ Line, Column }: iam.Position) => lines.slice(0, (Line ?? 1) - 1).reduce((sum, each) => sum + each.length + 1, 0) + (Column ?? 1) - 1;
  return text.slice(at(from), at(to));
}
