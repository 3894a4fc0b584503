import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { readPolicies } from "./holders";
import { Choose, Part, Tool } from "./parts";
import { useDo, useRead } from "./reading";

/** The policy that bounds what somebody may ever do. */
export function Bound({ arn, onSet, onDrop }: { arn: string; onSet: (arn: string) => Promise<unknown>; onDrop: () => Promise<unknown> }) {
  const { say } = useLanguage();
  const known = useRead(["policies"], readPolicies);
  const change = useDo();
  const options = (known.data ?? []).filter(({ Arn }) => Arn !== arn).map(({ Arn, PolicyName }) => ({ value: Arn ?? "", text: PolicyName ?? "" }));
  return (
    <Part title={say("iam.bound")} tools={<Choose label={say("iam.choosePolicy")} act={say("iam.setBound")} busy={change.isPending} options={options} onChoose={(chosen) => change.mutate(() => onSet(chosen))} />}>
      {change.error && <Failure error={change.error} />}
      {arn ? (
        <ul className="access-rows">
          <li>
            <Link href={`/iam/policies?name=${encodeURIComponent(arn)}`}>{arn.split("/").at(-1)}</Link>
            <Tool label={say("iam.dropBound")} disabled={change.isPending} onClick={() => change.mutate(onDrop)} />
          </li>
        </ul>
      ) : (
        <p className="secondary">{say("iam.noBound")}</p>
      )}
    </Part>
  );
}
