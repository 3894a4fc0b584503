import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { Copy, Part } from "../access/parts";
import { useGaps } from "./gaps";

const VERIFY = "radiograph audit verify";
const EXPORT = "radiograph audit export --output audit.json";

/** What the audit says of its own chain, and how it is proved; and how all of it is had as a file. */
export function Chain() {
  const { say } = useLanguage();
  const { gaps, elsewhere } = useGaps();
  return (
    <Part title={say("audit.chain")}>
      {gaps?.length === 0 && <p>{say("audit.chainWhole")}</p>}
      {!!gaps?.length && (
        <p className="strip">
          {say("audit.chainGaps", gaps.reduce((sum, { count }) => sum + count, 0))}
          {gaps.map(({ name }) => <span key={name}> <Link href={`/iam/audit?EventName=${name}&when=P90D`}>{say("audit.chainSee", name)}</Link></span>)}
        </p>
      )}
      {elsewhere && <p>{say("audit.chainElsewhere", elsewhere)}</p>}
      <p className="secondary">{say("audit.chainWhy")}</p>
      <p className="audit-command"><code>{VERIFY}</code> <Copy text={VERIFY} about={VERIFY} /></p>
      <p className="secondary">{say("audit.exportAll")}</p>
      <p className="audit-command"><code>{EXPORT}</code> <Copy text={EXPORT} about={EXPORT} /></p>
    </Part>
  );
}
