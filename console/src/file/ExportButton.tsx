import { useState } from "react";
import { useLanguage } from "../i18n";
import { download } from "../shell/download";
import { MOST_MIB, MOST_TRACES, TooLarge } from "./compose";
import { fileOf } from "./gather";

interface Props {
  ids: readonly string[];
  /** What the traces were found by. */
  question: string;
}

/** Downloads traces as one HTML file that opens without a server; says what kept it from being made. */
export function ExportButton({ ids, question }: Props) {
  const { say, format } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const some = ids.slice(0, MOST_TRACES);
  const save = async () => {
    setBusy(true);
    setFailure("");
    try {
      download(some.length === 1 ? `${some[0]}.html` : `${some.length}-traces.html`, "text/html", await fileOf(some, question));
    } catch (error) {
      if (error instanceof TooLarge) setFailure(say("trace.exportTooLarge", format.number(Math.ceil(error.mib)), format.number(MOST_MIB)));
      else setFailure(String(error).includes("/viewer.html") ? say("trace.noViewer") : error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="tool" data-outlined data-export disabled={busy || some.length === 0} title={ids.length > some.length ? say("trace.exportTooMany", MOST_TRACES) : undefined} onClick={() => void save()}>
        {say(busy ? "trace.exporting" : "trace.export")}
        {ids.length > 1 && <span className="timeline-count">{format.number(some.length)}</span>}
      </button>
      {failure && <span className="status-fault" role="alert">{say("trace.exportFailed", failure)}</span>}
    </>
  );
}
