import { useLanguage } from "../i18n";
import { ownTime } from "./critical";
import { operationOf } from "./describe";
import { type Fact, Facts } from "./Facts";
import { clausesFor } from "./filtering";
import type { Populations } from "./kinds";
import type { Span, TraceTree } from "./tree";
import { TypicalSection } from "./TypicalSection";

interface Props {
  span: Span;
  tree: TraceTree;
  onPath: number;
  populations: Populations | null;
}

export function OverviewTab({ span, tree, onPath, populations }: Props) {
  const { say, format } = useLanguage();
  const document = span.document;
  const request = document?.http?.request;
  const length = document?.http?.response?.content_length;
  if (span.kind === "missing") {
    return (
      <>
        <p className="drawer-note">{say("drawer.missingNote")}</p>
        <Facts rows={[{ name: say("drawer.id"), value: span.id, mono: true }]} />
      </>
    );
  }
  const whole = span.end - span.start;
  const trace = tree.end - tree.start;
  const share = (seconds: number) => (whole > 0 ? ` · ${format.percent(seconds / whole)}` : "");
  /** A value as it came, which is text whatever its sender made of it; with its keyword when the language has one. */
  const said = (name: string, value: unknown, keyword: string | null = null, mono = false): Fact =>
    value === undefined || value === null || value === ""
      ? { name, value: null }
      : { name, value: String(value), mono, clauses: clausesFor(keyword, typeof value === "number" ? value : String(value)) };
  return (
    <>
      {span.inferred && <p className="drawer-note">{say("drawer.inferredNote")}</p>}
      <Facts
        rows={[
          { name: say("drawer.duration"), value: span.inProgress ? say("status.pending") : format.duration(whole), clauses: { filter: `duration >= ${bound(whole)}`, exclude: `duration < ${bound(whole)}` } },
          { name: say("drawer.selfTime"), value: format.duration(ownTime(span)) + share(ownTime(span)) },
          { name: say("drawer.onPath"), value: onPath > 0 ? format.duration(onPath) + share(onPath) : null },
          { name: say("drawer.ofTrace"), value: trace > 0 && !span.inProgress ? format.percent(whole / trace) : null },
          { name: say("drawer.offset"), value: `+ ${format.duration(span.start - tree.start)}` },
          { name: say("drawer.clock"), value: span.shift ? `${span.shift > 0 ? "+" : ""}${format.duration(span.shift)}` : null },
          { name: say("drawer.start"), value: format.moment(span.start) },
          { name: say("drawer.end"), value: span.inProgress ? null : format.moment(span.end) },
          said(say("table.name"), span.name, "name"),
          said(say("drawer.operation"), document && operationOf(document)),
          said("http.status", span.httpStatus, "http.status"),
          said("http.method", request?.method, "http.method"),
          said("http.url", request?.url, "http.url"),
          said(say("drawer.contentLength"), length),
          said(say("drawer.client"), request?.client_ip, "http.clientip"),
          said(say("drawer.userAgent"), request?.user_agent, "http.useragent"),
          said(say("drawer.user"), document?.user, "user"),
          said(say("drawer.namespace"), document?.namespace),
          said(say("drawer.origin"), document?.origin, "type"),
          said(say("drawer.service"), span.service),
          said(say("drawer.id"), span.id, null, true),
          said(say("drawer.parent"), span.parent?.id ?? document?.parent_id, null, true),
        ]}
      />
      {populations && <TypicalSection span={span} populations={populations} />}
    </>
  );
}

function bound(seconds: number): string {
  return String(Number(seconds.toPrecision(3)));
}
