import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useRef } from "react";
import { GetCallerIdentity } from "../api/access.gen";
import { queryQuietly } from "../api/query";
import { useLanguage } from "../i18n";
import "./identity.css";

/** Who is signed in, and the way out; where nobody has to sign in, that everyone is the administrator. */
export function Identity() {
  const { say } = useLanguage();
  const details = useRef<HTMLDetailsElement>(null);
  const { data: who } = useQuery({ queryKey: ["who"], queryFn: ({ signal }) => queryQuietly(GetCallerIdentity, {}, signal) });
  if (!who) return null;
  const isLocal = who.Arn.endsWith(":root"); // who logs in is a user or has a role, by a key, a password or a provider: never the root user
  const name = isLocal ? say("who.local") : who.Arn.split(":").at(-1)!.split("/").slice(1).join("/");
  const close = () => details.current?.removeAttribute("open");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !details.current?.open) return;
    close();
    details.current.querySelector("summary")?.focus();
  };
  const leave = () => void fetch("/logout", { method: "POST" }).finally(() => location.assign("/login"));
  return (
    <details ref={details} className="who" onKeyDown={onKeyDown} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}>
      <summary className="tool" aria-label={`${say("who.label")}: ${name}`}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 8.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM2 14.2c.6-2.7 3-4.2 6-4.2s5.4 1.5 6 4.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        <span className="clip">{name}</span>
      </summary>
      <div className="who-panel" tabIndex={-1}>
        {isLocal && <p>{say("who.localAbout")}</p>}
        <dl>
          <dt>ARN</dt>
          <dd className="mono">{who.Arn}</dd>
          <dt>{say("who.account")}</dt>
          <dd className="mono">{who.Account}</dd>
        </dl>
        {!isLocal && <button type="button" className="tool" data-outlined="" onClick={leave}>{say("who.out")}</button>}
      </div>
    </details>
  );
}
