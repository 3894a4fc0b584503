import { Link } from "wouter";
import { GetAccountSummary, ListAccountAliases } from "../../api/access.gen";
import { query } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Facts, Part } from "./parts";
import { Read, useRead, useWho } from "./reading";

const COUNTED = [["Users", "users"], ["Groups", "groups"], ["Roles", "roles"], ["Policies", "policies"], ["Providers", "providers"]] as const;

/** The account: how many there are of what, and what one does first. */
export function Overview() {
  const { say, format } = useLanguage();
  const who = useWho();
  const summary = useRead(["summary"], async (signal) => (await query(GetAccountSummary, {}, signal)).SummaryMap ?? {});
  const aliases = useRead(["aliases"], async (signal) => (await query(ListAccountAliases, {}, signal)).AccountAliases);
  return (
    <>
      <h1>{say("iam.title")}</h1>
      <p className="secondary">{say("iam.about")}</p>
      {who.data?.Arn.endsWith(":root") && <p className="strip">{say("who.localAbout")} {say("iam.localNext")}</p>}
      <Read reading={summary}>
        {(counts) => (
          <ul className="access-counts">
            {COUNTED.map(([name, section]) => (
              <li key={name}>
                <Link href={`/iam/${section}`}>
                  <b>{format.number(counts[name] ?? 0)}</b>
                  <span>{say(`iam.nav.${section}`)}</span>
                </Link>
                {counts[`${name}Quota`] !== undefined && <span className="secondary">{say("iam.atMost", format.number(counts[`${name}Quota`]!))}</span>}
              </li>
            ))}
          </ul>
        )}
      </Read>
      <Part title={say("iam.account")}>
        <Facts
          rows={[
            [say("iam.accountId"), <code key="id">{who.data?.Account ?? "–"}</code>],
            [say("iam.alias"), aliases.data?.join(", ") || "–"],
            [say("who.you"), <code key="arn">{who.data?.Arn ?? "–"}</code>],
          ]}
        />
      </Part>
      <Part title={say("iam.first")}>
        <ol className="access-first">
          <li><Link href="/iam/roles?new=traces">{say("iam.firstRole")}</Link> <span className="secondary">{say("iam.firstRoleWhy")}</span></li>
          <li><Link href="/iam/users?new=1">{say("iam.firstUser")}</Link> <span className="secondary">{say("iam.firstUserWhy")}</span></li>
          <li><Link href="/iam/audit?show=refused">{say("iam.firstRefusals")}</Link> <span className="secondary">{say("iam.firstRefusalsWhy")}</span></li>
          <li><Link href="/iam/simulator">{say("iam.firstSimulation")}</Link> <span className="secondary">{say("iam.firstSimulationWhy")}</span></li>
        </ol>
      </Part>
    </>
  );
}
