import { useId, useState } from "react";
import { useLanguage } from "../../i18n";
import { type FileTrace, tracesIn } from "./offline";

const PROBLEMS = { empty: "start.fileEmpty", json: "start.fileJson", nothing: "start.fileNothing" } as const;

/** A place to drop a file, or to choose one; it is read here, and nothing of it leaves the browser. */
export function DropFile({ onOpen }: { onOpen: (name: string, traces: FileTrace[]) => void }) {
  const { say } = useLanguage();
  const id = useId();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    if (!file) return;
    const found = tracesIn(await file.text());
    if ("problem" in found) return setProblem(`${file.name}: ${say(PROBLEMS[found.problem])}`);
    setProblem(null);
    onOpen(file.name, found.traces);
  };
  return (
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void read(event.dataTransfer.files[0]);
      }}
    >
      <label htmlFor={id} className="tool" data-outlined="">{say("start.choose")}</label>
      <input id={id} type="file" accept=".json,.jsonl,.txt,application/json" onChange={(event) => void read(event.target.files?.[0])} />
      <span className="secondary">{say("start.drop")}</span>
      {problem && <p role="alert" className="status-fault">{problem}</p>}
    </div>
  );
}
