import Pagination from "@cloudscape-design/components/pagination";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "wouter";
import type { TraceSummary } from "../../api/types.gen";
import { useLanguage } from "../../i18n";
import type { Format } from "../../i18n/format";
import type { Say } from "../../i18n";
import { linkTo } from "../../state/question";
import { text, useUrlState } from "../../state/url";
import { StatusMark } from "../../shell/StatusMark";
import { pathOf } from "../../timeline/describe";
import { ComparePicked } from "./ComparePicked";
import { startOf, statusOfTrace } from "./summaries";

const ON_A_PAGE = 50;
const SORT = { sort: text };
type Column = TableProps.ColumnDefinition<TraceSummary>;

function columnsOf(say: Say, format: Format, now: number): Column[] {
  const seconds = (value: number | null | undefined) => (value == null ? "–" : format.duration(value));
  const numeric = (cell: ReactNode) => <div className="number">{cell}</div>;
  return [
    {
      id: "id", header: say("traces.id"), width: 272, isRowHeader: true,
      cell: (trace) => <Link className="mono" href={linkTo(`/traces/${trace.Id}`)}>{trace.Id}</Link>,
    },
    {
      id: "status", header: say("traces.status"), width: 122,
      cell: (trace) => <StatusMark status={statusOfTrace(trace)} http={trace.Http?.HttpStatus} />,
    },
    { id: "method", header: say("traces.method"), width: 84, cell: (trace) => trace.Http?.HttpMethod ?? "–" },
    {
      id: "url", header: say("traces.url"), minWidth: 100,
      cell: (trace) => {
        const url = trace.Http?.HttpURL;
        const entry = trace.EntryPoint?.Name;
        return <span className="clip" title={url ?? entry ?? undefined}>{url ? pathOf(url) : (entry ?? "–")}</span>;
      },
    },
    {
      id: "responseTime", header: numeric(say("traces.responseTime")), width: 134,
      cell: (trace) => numeric(seconds(trace.ResponseTime)), sortingComparator: (a, b) => (a.ResponseTime ?? 0) - (b.ResponseTime ?? 0),
    },
    {
      id: "duration", header: numeric(say("traces.duration")), width: 100,
      cell: (trace) => numeric(seconds(trace.Duration)), sortingComparator: (a, b) => (a.Duration ?? 0) - (b.Duration ?? 0),
    },
    {
      id: "user", header: say("traces.user"), width: 112,
      cell: (trace) => {
        const users = (trace.Users ?? []).map((user) => user.UserName).join(", ");
        return <span className="clip" title={users || undefined}>{users || "–"}</span>;
      },
    },
    {
      id: "services", header: numeric(say("traces.services")), width: 92,
      cell: (trace) => (
        <div className="number" title={(trace.ServiceIds ?? []).map((service) => service.Name).join(", ")}>
          {format.number((trace.ServiceIds ?? []).length)}
        </div>
      ),
    },
    {
      id: "age", header: say("traces.age"), width: 114,
      cell: (trace) => <span title={format.moment(startOf(trace))}>{format.age(now - startOf(trace))}</span>,
      sortingComparator: (a, b) => startOf(b) - startOf(a),
    },
  ];
}

interface Props {
  traces: readonly TraceSummary[];
  now: number;
  old: boolean;
  header: ReactNode;
  footer: ReactNode;
  openEnd: boolean;
  tools?: ReactNode;
}

export function TraceTable({ traces, now, old, header, footer, openEnd, tools }: Props) {
  const { say, format } = useLanguage();
  const columns = useMemo(() => columnsOf(say, format, now), [say, format, now]);
  const [{ sort }, patch] = useUrlState(SORT);
  const descending = sort.startsWith("-");
  const sortedBy = columns.find((column) => column.sortingComparator && column.id === sort.replace("-", ""));
  const sorted = useMemo(() => {
    const compare = sortedBy?.sortingComparator ?? ((a, b) => startOf(b) - startOf(a));
    const rows = [...traces].sort(compare);
    return descending ? rows.reverse() : rows;
  }, [traces, sortedBy, descending]);
  const [page, setPage] = useState(1);
  const [checked, setChecked] = useState<readonly TraceSummary[]>([]);
  const pages = Math.max(1, Math.ceil(sorted.length / ON_A_PAGE));
  const shown = Math.min(page, pages);
  const paging = (
    <Pagination
      currentPageIndex={shown}
      pagesCount={pages}
      openEnd={openEnd}
      ariaLabels={{
        paginationLabel: say("traces.pages"),
        nextPageLabel: say("traces.next"),
        previousPageLabel: say("traces.previous"),
        pageLabel: (index) => say("traces.page", index),
      }}
      onChange={({ detail }) => setPage(detail.currentPageIndex)}
    />
  );
  return (
    <div className="traces-table" data-old={old || undefined}>
      <div className="traces-head">{header}<div className="traces-paging">{tools}<ComparePicked checked={checked} />{paging}</div></div>
      <Table
        variant="container"
        contentDensity="compact"
        wrapLines={false}
        trackBy="Id"
        columnDefinitions={columns}
        selectionType="multi"
        selectedItems={checked}
        onSelectionChange={({ detail }) => setChecked(detail.selectedItems)}
        items={sorted.slice((shown - 1) * ON_A_PAGE, shown * ON_A_PAGE)}
        sortingColumn={sortedBy}
        sortingDescending={descending}
        onSortingChange={({ detail }) => {
          const id = (detail.sortingColumn as Column).id;
          if (id) patch({ sort: (detail.isDescending ? "-" : "") + id }, "replace");
        }}
        footer={footer}
        ariaLabels={{
          tableLabel: say("traces.title"),
          selectionGroupLabel: say("compare.pickHint"),
          allItemsSelectionLabel: () => say("compare.checkAll"),
          itemSelectionLabel: (_, trace) => `${say("compare.check")} ${trace.Id}`,
        }}
      />
    </div>
  );
}
