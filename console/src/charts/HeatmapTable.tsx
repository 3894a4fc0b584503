import { useMemo, useState } from "react";
import type { HeatmapResult } from "../api/types.gen";
import { useLanguage } from "../i18n";
import { Export } from "../shell/Export";
import "../shell/form.css";

const AT_ONCE = 100;
const HEADER = ["start_time", "end_time", "min_duration", "max_duration", "traces", "faults", "errors", "throttles"];

/** The cells of a heatmap that hold traces, as rows: the newest and longest first. */
export function HeatmapTable({ grid }: { grid: HeatmapResult }) {
  const { say, format } = useLanguage();
  const [all, setAll] = useState(false);
  const cells = useMemo(() => [...grid.Cells].sort((one, other) => other.Column - one.Column || other.Row - one.Row), [grid]);
  const shown = all ? cells : cells.slice(0, AT_ONCE);
  const startOf = (column: number) => grid.Columns[column] ?? 0;
  const exported = () =>
    cells.map((cell) => [
      startOf(cell.Column), startOf(cell.Column) + grid.ColumnSeconds, grid.RowEdges[cell.Row] ?? 0, grid.RowEdges[cell.Row + 1] ?? 0,
      cell.Count, cell.FaultCount, cell.ErrorCount, cell.ThrottleCount,
    ]);
  return (
    <div className="table-box" role="region" aria-label={say("heatmap.title")} tabIndex={0}>
      <Export name="heatmap" header={HEADER} rows={exported} />
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{say("heatmap.started")}</th>
            <th scope="col" className="number">{say("traces.duration")}</th>
            <th scope="col" className="number">{say("traces.title")}</th>
            <th scope="col" className="number">{say("heatmap.faults")}</th>
            <th scope="col" className="number">{say("heatmap.errors")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((cell) => (
            <tr key={`${cell.Column}/${cell.Row}`}>
              <th scope="row">{format.clock(startOf(cell.Column), true)} – {format.clock(startOf(cell.Column) + grid.ColumnSeconds, true)}</th>
              <td className="number">{format.duration(grid.RowEdges[cell.Row] ?? 0)} – {format.duration(grid.RowEdges[cell.Row + 1] ?? 0)}</td>
              <td className="number">{format.number(cell.Count)}</td>
              <td className="number">{format.number(cell.FaultCount)}</td>
              <td className="number">{format.number(cell.ErrorCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < cells.length && <button type="button" className="tool" data-outlined onClick={() => setAll(true)}>{say("refine.more", format.number(cells.length - shown.length))}</button>}
    </div>
  );
}
