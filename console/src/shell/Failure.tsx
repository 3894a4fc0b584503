import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { ApiError, UNREACHABLE } from "../api/client";
import { useLanguage } from "../i18n";
import { Denied } from "./Denied";

/** What failed, in the server's words, with what is needed to find it in its log. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { say, format } = useLanguage();
  const [copied, setCopied] = useState(false);
  const known = error instanceof ApiError ? error : null;
  const rows: [string, string][] = known
    ? [[say("error.code"), known.code], ...(known.requestId ? [[say("error.request"), known.requestId] as [string, string]] : [])]
    : [];
  const details = [known?.operation, ...rows.map(([name, value]) => `${name}: ${value}`), error.message].filter(Boolean).join("\n");
  return (
    <div className="failure" role="alert">
      <h2>{known ? say("error.title", known.operation) : say("error.page")}</h2>
      <p>{known?.code === UNREACHABLE ? say("error.unreachable") : error.message}</p>
      {known?.retryAfterSeconds ? <p>{say("error.wait", format.duration(known.retryAfterSeconds))}</p> : null}
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      {known && <Denied error={known} />}
      <div className="failure-tools">
        {onRetry && <Button formAction="none" onClick={onRetry}>{say("error.retry")}</Button>}
        <Button
          variant="link"
          formAction="none"
          onClick={() => void navigator.clipboard?.writeText(details).then(() => setCopied(true))}
        >
          {say(copied ? "error.copied" : "error.copy")}
        </Button>
      </div>
    </div>
  );
}
