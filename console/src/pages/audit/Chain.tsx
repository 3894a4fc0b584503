import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { Copy, Part } from "../access/parts";
import { OWN_SOURCE } from "./record";
import { useGaps } from "./reading";

const VERIFY = "radiograph audit verify";
const EXPORT = "radiograph audit export --output audit.json";

/** What the audit says of its own chain, and how it is proved; and how all of it is had as a file. */
export function Chain() {
  const { say } = useLanguage();
  const gaps = useGaps();
  return (
    <Part title={say("audit.chain")}>
      {gaps.data === 0 && <p>{say("audit.chainWhole")}</p>}
      {!!gaps.data && <p className="strip">{say("audit.chainGaps", gaps.data)} <Link href={`/iam/audit?EventSource=${OWN_SOURCE}&when=P90D`}>{say("audit.chainSee")}</Link></p>}
      <p className="secondary">{say("audit.chainWhy")}</p>
      <p className="audit-command"><code>{VERIFY}</code> <Copy text={VERIFY} about={VERIFY} /></p>
      <p className="secondary">{say("audit.exportAll")}</p>
      <p className="audit-command"><code>{EXPORT}</code> <Copy text={EXPORT} about={EXPORT} /></p>
    </Part>
  );
}
