import Button from "@cloudscape-design/components/button";
import { useEffect, useId, useRef } from "react";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Read, useDo, useRead } from "./reading";
import type { Step } from "./removal";

interface Props {
  name: string;
  read: (signal: AbortSignal) => Promise<Step[]>;
  onGone: () => void;
  onClose: () => void;
}

/** Asks before something is deleted, with all that goes with it by name. */
export function Removal({ name, read, onGone, onClose }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const steps = useRead(["removal", name], read);
  const remove = useDo(onGone);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const all = async () => {
    for (const { act } of steps.data ?? []) await act();
  };
  return (
    <dialog ref={dialog} className="access-dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{say("iam.remove", name)}</h2>
      <Read reading={steps}>
        {(found) => (
          <>
            <p>{say(found.length > 1 ? "iam.removeWith" : "iam.removeAlone")}</p>
            <ul className="access-goes">
              {found.filter(({ what }) => what !== "self").map(({ what, name: each }) => <li key={what + each}>{say(`iam.goes.${what as "key"}`)} <code>{each}</code></li>)}
            </ul>
            <p className="secondary">{say("iam.removeForever")}</p>
          </>
        )}
      </Read>
      {remove.error && <Failure error={remove.error} />}
      <div className="form-end">
        <button type="button" className="tool form-danger" disabled={!steps.data || remove.isPending} onClick={() => remove.mutate(all)}>{say("form.deleteReally", name)}</button>
        <Button onClick={onClose}>{say("form.keep")}</Button>
      </div>
    </dialog>
  );
}
