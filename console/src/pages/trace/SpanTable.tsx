import { useMemo, useState } from "react";
import { useLanguage } from "../../i18n";
import type { Say } from "../../i18n";
import { download } from "../../shell/download";
import { StatusMark } from "../../shell/StatusMark";
import { lengthOf, type Stretch } from "../../timeline/critical";
import type { Span, TraceTree } from "../../timeline/tree";
import { byOperation, bySpan, type Column, csvOf, type TableRow } from "./table-rows";

interface Props {
  tree: TraceTree;
  path: ReadonlyMap<string, readonly Stretch[]>;
  selected: Span | null;
  matched: ReadonlySet<string> | null;
  grouped: boolean;
  onGrouped: (on: boolean) => void;
  onSelect: (span: Span) => void;
}
const AT_FIRST = 200;

/** The trace as a table, a row a span or a row an operation: the same selection, the same filter. */
export function SpanTable({ tree, path, selected, matched, grouped, onGrouped, onSelect }: Props) {
  const { say, format } = useLanguage();
  const [sorting, setSorting] = useState<{ column: Column; up: boolean }>({ column: "duration", up: false });
  const [most, setMost] = useState(AT_FIRST);
  const rows = useMemo(() => {
    const spans = matched ? tree.spans.filter((span) => matched.has(span.key)) : tree.spans;
    const onPath = (span: Span) => lengthOf(path.get(span.key));
    return (grouped ? byOperation : bySpan)(spans, tree, onPath);
  }, [tree, path, matched, grouped]);
  const columns: Column[] = grouped ? ["name", "count", "problems", "total", "own", "path", "mean", "duration"] : ["name", "status", "start", "duration", "own", "path"];
  const column = columns.includes(sorting.column) ? sorting.column : "duration";
  const sorted = useMemo(() => {
    const order = (a: TableRow, b: TableRow) => (column === "name" ? a.name.localeCompare(b.name) : a[column] - b[column]);
    const all = [...rows].sort(order);
    return sorting.up ? all : all.reverse();
  }, [rows, column, sorting.up]);
  const figure = (row: TableRow, each: Column) =>
    each === "name" ? row.name
    : each === "status" ? <StatusMark status={row.span.status} http={row.span.httpStatus} />
    : each === "count" || each === "problems" ? format.number(row[each])
    : each === "start" ? `+ ${format.duration(row.start)}`
    : row[each] > 0 ? format.duration(row[each]) : "–";
  return (
    <section className="spans" tabIndex={-1} aria-label={say("table.label")}>
      <div className="spans-tools">
        <button type="button" className="tool" data-outlined aria-pressed={!grouped} onClick={() => onGrouped(false)}>{say("table.spans")}</button>
        <button type="button" className="tool" data-outlined aria-pressed={grouped} onClick={() => onGrouped(true)}>{say("table.operations")}</button>
        <button type="button" className="tool" data-outlined onClick={() => download("spans.csv", "text/csv", csvOf(sorted, columns, (each) => wordOf(each, grouped, say)))}>{say("table.csv")}</button>
      </div>
      <table className="list">
        <caption className="spoken">{say("table.label")}</caption>
        <thead>
          <tr>
            {columns.map((each) => (
              <th key={each} scope="col" className={isNumber(each) ? "number" : undefined} aria-sort={each === column ? (sorting.up ? "ascending" : "descending") : undefined}>
                <button type="button" className="spans-sort" onClick={() => setSorting({ column: each, up: each === column && !sorting.up })}>
                  {wordOf(each, grouped, say)}
                  <span aria-hidden="true">{each === column ? (sorting.up ? " ▴" : " ▾") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, most).map((row) => (
            <tr key={row.span.key} data-chosen={row.span === selected || undefined} onClick={() => onSelect(row.span)}>
              {columns.map((each) =>
                each === "name" ? (
                  <th key={each} scope="row">
                    <button type="button" className="spans-name" aria-pressed={row.span === selected}>
                      <b>{row.span.kind === "missing" ? say("timeline.missingParent") : row.service}</b> {row.what}
                    </button>
                  </th>
                ) : (
                  <td key={each} className={isNumber(each) ? "number" : undefined}>{figure(row, each)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > most && (
        <button type="button" className="tool" data-outlined onClick={() => setMost(most * 5)}>{say("table.more", format.number(sorted.length - most))}</button>
      )}
    </section>
  );
}

function isNumber(column: Column): boolean {
  return column !== "name" && column !== "status";
}

function wordOf(column: Column, grouped: boolean, say: Say): string {
  return say(column === "duration" && grouped ? "table.most" : `table.${column}`);
}
