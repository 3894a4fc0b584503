import Button from "@cloudscape-design/components/button";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { GetContextKeysForCustomPolicy } from "../../api/access.gen";
import { ApiError } from "../../api/client";
import { queryQuietly } from "../../api/query";
import { useLanguage } from "../../i18n";
import type { Kind } from "../../policies/complete";
import { Editor } from "../../policies/Editor";
import { Explained } from "../../policies/Explained";
import { type Refused, refusedIn } from "../../policies/refused";
import { Failure } from "../../shell/Failure";
import { Field } from "../../shell/Form";
import { useAccount, useDo } from "./reading";

const REST_MS = 500;
const MALFORMED = "MalformedPolicyDocument";

interface Props {
  text: string;
  kind: Kind;
  /** The name that it is to have; absent where it has one. */
  named?: string;
  submit?: string;
  onSave: (text: string, name: string) => Promise<unknown>;
  onSaved?: () => void;
  onCancel?: () => void;
  children?: ReactNode;
}

/** A policy to be written: what the server would not take is told at its place, and what it says in plain words beside it. */
export function Policy({ text, kind, named, submit, onSave, onSaved, onCancel, children }: Props) {
  const { say } = useLanguage();
  const account = useAccount();
  const first = useMemo(() => readable(text), [text]);
  const [written, setWritten] = useState(first);
  const [name, setName] = useState(named ?? "");
  const [sent, setSent] = useState("");
  const save = useDo(onSaved);
  const judged = useJudged(written, kind, first);
  const malformed = save.error instanceof ApiError && save.error.code === MALFORMED ? save.error : null;
  const answered = malformed && sent === written ? refusedIn(written, malformed.message) : null;
  const onSubmit = (event: React.FormEvent) => {
    event.preventDefault();
    setSent(written);
    if (!save.isPending) save.mutate(() => onSave(written, name.trim()));
  };
  return (
    <form className="access-policy" onSubmit={onSubmit}>
      {named !== undefined && <Field label={say(kind === "trust" ? "iam.name" : "iam.policyName")} hint={say("iam.nameHint")} value={name} required maxLength={128} autoFocus onChange={(event) => setName(event.target.value)} />}
      {children}
      <div className="access-policy-sides">
        <Editor label={say(kind === "trust" ? "iam.trust" : "iam.document")} value={written} onChange={setWritten} kind={kind} account={account} refused={answered ?? judged} />
        <div className="access-words">
          <h3>{say("iam.explain")}</h3>
          <Explained text={written} />
        </div>
      </div>
      {save.error && !malformed && <Failure error={save.error} />}
      <div className="form-end">
        <Button variant="primary" loading={save.isPending} formAction="submit">{submit ?? say("form.save")}</Button>
        {onCancel && <Button formAction="none" onClick={onCancel}>{say("form.cancel")}</Button>}
        {save.isSuccess && sent === written && <span role="status">{say("iam.saved")}</span>}
      </div>
    </form>
  );
}

/** A policy that a program wrote in one line, in as many as it is read in. */
function readable(text: string): string {
  if (text.trim().includes("\n")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 4);
  } catch {
    return text;
  }
}

/** What the server says of a policy while it is written; nothing where one may not ask, and of the text that came from it. */
function useJudged(written: string, kind: Kind, first: string): Refused | null {
  const [judged, setJudged] = useState<{ text: string; refused: Refused | null } | null>(null);
  useEffect(() => {
    if (written === first) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const tell = (refused: Refused | null) => !controller.signal.aborted && setJudged({ text: written, refused });
      if (kind === "trust") tell(unreadable(written));
      else
        queryQuietly(GetContextKeysForCustomPolicy, { PolicyInputList: [written] }, controller.signal).then(
          () => tell(null),
          (error: unknown) => tell(error instanceof ApiError && error.code === MALFORMED ? refusedIn(written, error.message) : null),
        );
    }, REST_MS);
    return () => (controller.abort(), clearTimeout(timer));
  }, [written, kind, first]);
  return judged?.text === written ? judged.refused : null;
}

/** Trust policies have no operation that only looks at them: of these, only their JSON is judged before they are sent. */
function unreadable(text: string): Refused | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const at = /position (\d+)/.exec(String(error));
    const from = Math.min(at ? Number(at[1]) : text.length, text.length);
    return { from, to: from + 1, line: text.slice(0, from).split("\n").length, reason: String(error).replace("SyntaxError: ", ""), accepted: "" };
  }
}
