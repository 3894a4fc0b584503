import { useEffect, useState } from "react";
import { useLanguage } from "../../i18n";

const SAID_MS = 2000;

/** Text to be pasted elsewhere, and one button that copies all of it. */
export function Copied({ text, label }: { text: string; label: string }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="copied">
      <pre tabIndex={0} aria-label={label}>{text}</pre>
      <button type="button" className="tool" data-outlined aria-label={say("start.copyOf", label)} onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}>
        {say(copied ? "start.copied" : "start.copy")}
      </button>
    </div>
  );
}
