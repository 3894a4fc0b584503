import { type ReactNode, useMemo } from "react";
import "./form.css";
import "./sorted-table.css";

export interface SortedColumn<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** What the column is sorted by: the largest number first, texts from A; without it, it is not sorted. */
  by?: (row: T) => number | string;
  isNumber?: boolean;
  isRowHeader?: boolean;
}

interface Props<T> {
  label: string;
  columns: readonly SortedColumn<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** The column's id, behind a minus when it is turned round. */
  sort: string;
  onSort: (sort: string) => void;
  old?: boolean;
}

/** A table whose headers are buttons that sort it; the order is the caller's to keep. */
export function SortedTable<T>({ label, columns, rows, keyOf, sort, onSort, old = false }: Props<T>) {
  const turned = sort.startsWith("-");
  const id = sort.replace("-", "");
  const by = columns.find((column) => column.id === id)?.by;
  const sorted = useMemo(() => (by ? sortedBy(rows, by, turned) : [...rows]), [rows, by, turned]);
  return (
    <table className="list sorted" aria-label={label} data-old={old || undefined}>
      <thead>
        <tr>
          {columns.map((column) => {
            const now = column.id === id;
            const direction = !now || !column.by ? undefined : (column.isNumber ? !turned : turned) ? "descending" : "ascending";
            return (
              <th key={column.id} scope="col" className={column.isNumber ? "number" : undefined} aria-sort={direction}>
                {column.by ? (
                  <button type="button" onClick={() => onSort(now && !turned ? `-${column.id}` : column.id)}>
                    {column.header}
                    <span aria-hidden="true">{direction === "descending" ? "↓" : direction === "ascending" ? "↑" : ""}</span>
                  </button>
                ) : column.header}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) =>
              column.isRowHeader ? <th key={column.id} scope="row">{column.cell(row)}</th> : <td key={column.id} className={column.isNumber ? "number" : undefined}>{column.cell(row)}</td>,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Numbers from the largest, texts from A; equal rows keep their order. */
export function sortedBy<T>(rows: readonly T[], by: (row: T) => number | string, turned: boolean): T[] {
  const sign = turned ? -1 : 1;
  return rows
    .map((row) => ({ row, key: by(row) }))
    .sort((a, b) => sign * (typeof a.key === "number" && typeof b.key === "number" ? b.key - a.key : String(a.key).localeCompare(String(b.key))))
    .map(({ row }) => row);
}
