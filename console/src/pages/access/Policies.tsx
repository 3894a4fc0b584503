import { useState } from "react";
import { Link } from "wouter";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Delete } from "../../shell/Form";
import { attach, attachedTo, detach, dropInline, type Holder, inlineOf, inlineText, putInline, readPolicies } from "./holders";
import { Choose, Part, Tool } from "./parts";
import { Policy } from "./Policy";
import { Read, useDo, useRead } from "./reading";

const NEW = "";
const FIRST = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["xray:GetTraceSummaries", "xray:BatchGetTraces"],
            "Resource": "*"
        }
    ]
}`;

/** What policies a user, group or role has: those attached to it, and those that are part of it. */
export function Policies({ holder }: { holder: Holder }) {
  const { say } = useLanguage();
  const key = [holder.kind, holder.name];
  const attached = useRead([...key, "attached"], (signal) => attachedTo(holder, signal));
  const inline = useRead([...key, "inline"], (signal) => inlineOf(holder, signal));
  const known = useRead(["policies"], readPolicies);
  const [open, setOpen] = useState<string | null>(null);
  const change = useDo();
  const free = (known.data ?? []).filter(({ Arn }) => !attached.data?.some(({ PolicyArn }) => PolicyArn === Arn));
  return (
    <>
      <Part
        title={say("iam.attached")}
        tools={<Choose label={say("iam.choosePolicy")} act={say("iam.attach")} busy={change.isPending} options={free.map(({ Arn, PolicyName }) => ({ value: Arn ?? "", text: PolicyName ?? "" }))} onChoose={(arn) => change.mutate(() => attach(holder, arn))} />}
      >
        {change.error && <Failure error={change.error} />}
        <Read reading={attached}>
          {(found) =>
            found.length === 0 ? <p className="secondary">{say("iam.noneAttached")}</p> : (
              <ul className="access-rows">
                {found.map(({ PolicyName: name, PolicyArn: arn }) => (
                  <li key={arn}>
                    <Link href={`/iam/policies?name=${encodeURIComponent(arn ?? "")}`}>{name}</Link>
                    <Tool label={say("iam.detach")} about={name ?? ""} disabled={change.isPending} onClick={() => change.mutate(() => detach(holder, arn ?? ""))} />
                  </li>
                ))}
              </ul>
            )
          }
        </Read>
      </Part>
      <Part title={say("iam.inline")} tools={<Tool label={say("iam.newInline")} onClick={() => setOpen(NEW)} />}>
        <Read reading={inline}>
          {(found) =>
            found.length === 0 && open !== NEW ? <p className="secondary">{say("iam.noneInline")}</p> : (
              <ul className="access-rows">
                {found.map((name) => (
                  <li key={name}>
                    <button type="button" className="access-link" aria-expanded={open === name} onClick={() => setOpen(open === name ? null : name)}>{name}</button>
                    <Delete name={name} busy={change.isPending} onDelete={() => change.mutate(() => dropInline(holder, name))} />
                  </li>
                ))}
              </ul>
            )
          }
        </Read>
        {open === NEW && <Policy key={NEW} text={FIRST} named="" kind="identity" onSave={(text, name) => putInline(holder, name, text)} onSaved={() => setOpen(null)} onCancel={() => setOpen(null)} />}
        {open && inline.data?.includes(open) && <Inline key={open} holder={holder} name={open} onClose={() => setOpen(null)} />}
      </Part>
    </>
  );
}

function Inline({ holder, name, onClose }: { holder: Holder; name: string; onClose: () => void }) {
  const text = useRead([holder.kind, holder.name, "inline", name], (signal) => inlineText(holder, name, signal));
  return <Read reading={text}>{(found) => <Policy key={found} text={found} kind="identity" onSave={(written) => putInline(holder, name, written)} onSaved={onClose} onCancel={onClose} />}</Read>;
}
