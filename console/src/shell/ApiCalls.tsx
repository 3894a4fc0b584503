import Modal from "@cloudscape-design/components/modal";
import { useState } from "react";
import { type Question, useAsked } from "../api/asked";
import { boto3Line, cliLine } from "../api/lines";
import { useLanguage } from "../i18n";
import "./api-calls.css";

const SPELLINGS = [
  { id: "cli", name: "AWS CLI", line: cliLine },
  { id: "boto3", name: "boto3", line: boto3Line },
] as const;

/** What this page asked the server, in words that ask the same from a terminal. */
export default function ApiCalls({ onClose }: { onClose: () => void }) {
  const { say } = useLanguage();
  const asked = useAsked();
  const [spelling, setSpelling] = useState<(typeof SPELLINGS)[number]>(SPELLINGS[0]);
  return (
    <Modal visible size="large" header={say("calls.title")} closeAriaLabel={say("keys.close")} onDismiss={onClose}>
      <div className="calls">
        <p className="secondary">{say("calls.about")}</p>
        <div role="group" aria-label={say("calls.spelling")} className="lenses">
          {SPELLINGS.map((each) => (
            <button key={each.id} type="button" className="tool" data-outlined aria-pressed={each === spelling} onClick={() => setSpelling(each)}>{each.name}</button>
          ))}
        </div>
        {asked.length === 0 && <p>{say("calls.none")}</p>}
        {asked.map((question) => <Call key={question.operation} question={question} text={spelling.line(question, location.origin)} />)}
      </div>
    </Modal>
  );
}

function Call({ question, text }: { question: Question; text: string }) {
  const { say } = useLanguage();
  const [copied, setCopied] = useState("");
  return (
    <section>
      <h3>
        {question.operation}
        <button type="button" className="tool" data-outlined aria-label={`${say("drawer.copy")} ${question.operation}`} onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(text))}>
          {say(copied === text ? "trace.copied" : "drawer.copy")}
        </button>
      </h3>
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
