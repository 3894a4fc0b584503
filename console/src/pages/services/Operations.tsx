import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { call } from "../../api/client";
import type { OperationStatistics } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { type SortedColumn, SortedTable } from "../../shell/SortedTable";
import { type Asked, linkTo } from "../../state/question";
import { text, useUrlState } from "../../state/url";

const STATE = { ops: text };

/** What a service is asked for: each way with its count, its problems, its times, and the share of the service's time. */
export function OperationTable({ asked, name, type }: { asked: Asked; name: string; type: string }) {
  const { say, format } = useLanguage();
  const { window } = asked;
  const [{ ops }, patch] = useUrlState(STATE);
  const query = useQuery({
    queryKey: ["Operations", window.start, window.end, name, type],
    queryFn: ({ signal }) => call("Operations", { StartTime: window.start, EndTime: window.end, ServiceName: name, ...(type && { Type: type }) }, signal),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.Operations ?? [];
  const problem = (count: (row: OperationStatistics) => number, status: "fault" | "error" | "throttle"): SortedColumn<OperationStatistics> => ({
    id: status, header: say(`services.${status}s` as "services.faults"), isNumber: true, by: (row) => (row.Count > 0 ? count(row) / row.Count : 0),
    cell: (row) => (count(row) > 0 ? <span className={`status-${status}`} title={format.number(count(row))}>{format.percent(count(row) / row.Count)}</span> : <span className="secondary">0</span>),
  });
  const columns: SortedColumn<OperationStatistics>[] = [
    {
      id: "operation", header: say("services.operation"), isRowHeader: true, by: (row) => row.Path + row.Method,
      cell: (row) => {
        const label = row.Operation || say("services.rest");
        return row.FilterExpression ? <Link className="mono" href={linkTo("/traces", { filter: row.FilterExpression })}>{label}</Link> : <span className="mono">{label}</span>;
      },
    },
    { id: "count", header: say("map.requests"), isNumber: true, by: (row) => row.Count, cell: (row) => format.number(row.Count) },
    problem((row) => row.FaultCount, "fault"),
    problem((row) => row.ErrorCount, "error"),
    problem((row) => row.ThrottleCount, "throttle"),
    { id: "p50", header: say("services.p50"), isNumber: true, by: (row) => row.Median, cell: (row) => format.duration(row.Median) },
    { id: "p95", header: say("services.p95"), isNumber: true, by: (row) => row.P95, cell: (row) => format.duration(row.P95) },
    {
      id: "time", header: say("services.time"), isNumber: true, by: (row) => row.ShareOfTime,
      cell: (row) => (
        <span className="service-time">
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width={row.ShareOfTime * 100} height="8" /></svg>
          {format.percent(row.ShareOfTime)}
        </span>
      ),
    },
  ];
  return (
    <section>
      <h2 className="service-title">
        {say("services.operations")}
        {query.data && query.data.Distinct > 0 && <span className="secondary">{say("services.distinct", query.data.Distinct)}</span>}
        {query.data && query.data.SampledShare < 1 && rows.length > 0 && <span className="secondary">{say("services.sampled", format.percent(query.data.SampledShare))}</span>}
      </h2>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <p className="secondary">{say("services.noOperations")}</p>}
      {rows.length > 0 && (
        <SortedTable label={say("services.operations")} columns={columns} rows={rows} keyOf={(row) => `${row.Method} ${row.Path} ${row.Operation}`} sort={ops || "count"} onSort={(next) => patch({ ops: next }, "replace")} old={query.isPlaceholderData} />
      )}
    </section>
  );
}
