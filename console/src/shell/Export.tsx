import { useLanguage } from "../i18n";
import { csvOf, download } from "./download";

interface Props {
  name: string;
  header: readonly string[];
  /** Plain values, in the units of the API: what is exported is for programs. */
  rows: () => (string | number | boolean | null)[][];
}

/** What a table shows, as a file. */
export function Export({ name, header, rows }: Props) {
  const { say } = useLanguage();
  const objects = () => rows().map((row) => Object.fromEntries(header.map((column, i) => [column, row[i]])));
  return (
    <span className="export">
      <button type="button" className="tool" data-outlined aria-label={say("export.as", "CSV")} onClick={() => download(`${name}.csv`, "text/csv", csvOf(header, rows()))}>{say("export.csv")}</button>
      <button type="button" className="tool" data-outlined aria-label={say("export.as", "JSON")} onClick={() => download(`${name}.json`, "application/json", JSON.stringify(objects(), null, 1))}>{say("export.json")}</button>
    </span>
  );
}
