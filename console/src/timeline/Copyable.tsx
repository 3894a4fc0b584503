import { type ReactNode, useState } from "react";
import { useLanguage } from "../i18n";

/** Text as it was sent, with a button that copies it; `shown` when less of it, or another spelling, is to be seen. */
export function Copyable({ text, shown = text, children }: { text: string; shown?: string; children?: ReactNode }) {
  return (
    <div className="copyable">
      <div className="copyable-tools">
        {children}
        <CopyButton text={() => text} />
      </div>
      <pre tabIndex={0}>{shown}</pre>
    </div>
  );
}

/** Copies what it is given when pressed, and says so until the text is another one. */
export function CopyButton({ text, label }: { text: () => string; label?: string }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState(false);
  return (
    <button type="button" className="tool" data-outlined onClick={() => void navigator.clipboard?.writeText(text()).then(() => setCopied(true))}>
      {copied ? say("trace.copied") : (label ?? say("drawer.copy"))}
    </button>
  );
}
