import { useState } from "react";
import type { ApiError } from "../api/client";
import { useLanguage } from "../i18n";
import { denialIn, statementFor } from "./denial";

/** Which action is missing, and the statement that would allow it; nothing for other refusals. */
export function Denied({ error }: { error: ApiError }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState(false);
  const denial = denialIn(error.code, error.message);
  if (!denial) return null;
  const text = statementFor(denial);
  return (
    <div className="denied">
      <p>{say("denied.missing")} <code>{denial.action}</code></p>
      {denial.isExplicit ? <p>{say("denied.explicit")}</p> : (
        <>
          <p>{say("denied.statement")} <button type="button" className="tool" data-outlined="" onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}>{say(copied ? "error.copied" : "drawer.copy")}</button></p>
          <pre tabIndex={0}>{text}</pre>
        </>
      )}
    </div>
  );
}
