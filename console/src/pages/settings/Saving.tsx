import { type FormEvent, type ReactNode } from "react";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";

interface Props {
  label: string;
  submit: string;
  saving: { isPending: boolean; isSuccess: boolean; error: Error | null };
  onSave: () => void;
  children: ReactNode;
}

/** A few fields with one button under them, which says when they were saved, or why not. */
export function Saving({ label, submit, saving, onSave, children }: Props) {
  const { say } = useLanguage();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) onSave();
  };
  return (
    <form className="own-card" aria-label={label} onSubmit={send}>
      {children}
      {saving.error && <Failure error={saving.error} />}
      <p className="own-save">
        <button type="submit" className="own-button" disabled={saving.isPending}>{submit}</button>
        <span role="status">{saving.isSuccess && !saving.isPending && say("settings.saved")}</span>
      </p>
    </form>
  );
}
