import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n";

/** The head of a list: what it is of, and how one more is made. */
export function ListHead({ title, about, add, onAdd, more }: { title: string; about: string; add?: string; onAdd?: () => void; more?: ReactNode }) {
  return (
    <div className="settings-head">
      <h1>{title}</h1>
      <span className="secondary">{about}</span>
      <div className="access-head-tools">
        {more}
        {add && <Button onClick={onAdd}>{add}</Button>}
      </div>
    </div>
  );
}

/** The head of one of them: its name, the way back, and what can be done with all of it. */
export function OneHead({ name, back, onBack, children }: { name: string; back: string; onBack: () => void; children: ReactNode }) {
  const { say } = useLanguage();
  return (
    <div className="settings-head">
      <button type="button" className="tool" data-outlined="" aria-label={say("iam.backTo", back)} onClick={onBack}>← {back}</button>
      <h1 className="access-name">{name}</h1>
      <div className="access-head-tools">{children}</div>
    </div>
  );
}
