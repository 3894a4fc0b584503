import type { ReactNode } from "react";
import { useState } from "react";
import type { ExceptionDocument, SegmentDocument } from "../api/document";
import { useLanguage } from "../i18n";
import { Facts, flatten } from "./Facts";

type Props = { document: SegmentDocument };

export function ResourcesTab({ document }: Props) {
  const { say } = useLanguage();
  return (
    <Facts
      rows={[
        [say("drawer.origin"), document.origin ?? null],
        ["resource_arn", document.resource_arn ?? null],
        ...flatten({ service: document.service ?? {}, aws: document.aws ?? {} }).filter(([name]) => name),
      ]}
    />
  );
}

export function AnnotationsTab({ document }: Props) {
  return <Facts rows={Object.entries(document.annotations ?? {}).map(([name, value]) => [name, String(value)])} />;
}

export function MetadataTab({ document }: Props) {
  return (
    <>
      {Object.entries(document.metadata ?? {}).map(([name, value]) => (
        <section key={name}>
          <h3>{name}</h3>
          <Copyable text={JSON.stringify(value, null, 2) ?? ""} />
        </section>
      ))}
    </>
  );
}

export function ExceptionsTab({ document }: Props) {
  const { say } = useLanguage();
  const { cause } = document;
  if (typeof cause === "string") return <p className="drawer-note">{say("drawer.elsewhere", cause)}</p>;
  const exceptions = Array.isArray(cause?.exceptions) ? cause.exceptions : [];
  const causes = new Set(exceptions.map((exception) => exception.cause).filter(Boolean));
  return (
    <>
      {exceptions.map((exception, i) => (
        <Exception key={i} exception={exception} caption={causes.has(exception.id) ? say("drawer.causedBy") : null} />
      ))}
      <Facts rows={[["working_directory", cause?.working_directory ?? null]]} />
    </>
  );
}

function Exception({ exception, caption }: { exception: ExceptionDocument; caption: string | null }) {
  const { say } = useLanguage();
  const stack = Array.isArray(exception.stack) ? exception.stack : [];
  return (
    <section className="exception">
      {caption && <p className="secondary">{caption}</p>}
      <h3>{exception.type ?? "Exception"}{exception.remote && <span className="secondary"> · {say("drawer.remote")}</span>}</h3>
      <p>{exception.message}</p>
      {stack.length > 0 && (
        <ol className="mono">
          {stack.map((frame, i) => (
            <li key={i}>
              <b>{frame.label}</b> <span className="secondary">{frame.path}{frame.line === undefined ? "" : `:${frame.line}`}</span>
            </li>
          ))}
        </ol>
      )}
      {exception.truncated ? <p className="secondary">{say("drawer.truncated", exception.truncated)}</p> : null}
    </section>
  );
}

export function SqlTab({ document }: Props) {
  const { sanitized_query: query, ...rest } = document.sql ?? {};
  return (
    <>
      {typeof query === "string" && <Copyable text={query} />}
      <Facts rows={flatten(rest).filter(([name]) => name)} />
    </>
  );
}

export function JsonTab({ document }: Props) {
  return <Copyable text={JSON.stringify(document, null, 2)} />;
}

/** Text as it was sent, with a button that copies it. */
function Copyable({ text }: { text: string }): ReactNode {
  const { say } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <div className="copyable">
      <button
        type="button"
        className="tool"
        data-outlined
        onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
      >
        {say(copied ? "trace.copied" : "drawer.copy")}
      </button>
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
