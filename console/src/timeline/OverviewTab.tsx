import { useLanguage } from "../i18n";
import { ownTime } from "./critical";
import { operationOf } from "./describe";
import { Facts } from "./Facts";
import type { Span, TraceTree } from "./tree";

export function OverviewTab({ span, tree, onPath }: { span: Span; tree: TraceTree; onPath: number }) {
  const { say, format } = useLanguage();
  const document = span.document;
  const request = document?.http?.request;
  const length = document?.http?.response?.content_length;
  if (span.kind === "missing") {
    return (
      <>
        <p className="drawer-note">{say("drawer.missingNote")}</p>
        <Facts rows={[[say("drawer.id"), span.id, "mono"]]} />
      </>
    );
  }
  const whole = span.end - span.start;
  const share = (seconds: number) => (whole > 0 ? ` · ${format.percent(seconds / whole)}` : "");
  return (
    <>
      {span.inferred && <p className="drawer-note">{say("drawer.inferredNote")}</p>}
      <Facts
        rows={[
          [say("drawer.duration"), span.inProgress ? say("status.pending") : format.duration(whole)],
          [say("drawer.selfTime"), format.duration(ownTime(span)) + share(ownTime(span))],
          [say("drawer.onPath"), onPath > 0 ? format.duration(onPath) + share(onPath) : null],
          [say("drawer.offset"), `+ ${format.duration(span.start - tree.start)}`],
          [say("drawer.start"), format.moment(span.start)],
          [say("drawer.end"), span.inProgress ? null : format.moment(span.end)],
          [say("drawer.operation"), (document && operationOf(document)) || null],
          [say("drawer.request"), [request?.method, request?.url].filter(Boolean).join(" ") || null],
          [say("drawer.contentLength"), length === undefined || length === null ? null : String(length)],
          [say("drawer.client"), request?.client_ip ?? null],
          [say("drawer.userAgent"), request?.user_agent ?? null],
          [say("drawer.user"), document?.user ?? null],
          [say("drawer.namespace"), document?.namespace ?? null],
          [say("drawer.origin"), document?.origin ?? null],
          [say("drawer.service"), span.service || null],
          [say("drawer.id"), span.id, "mono"],
          [say("drawer.parent"), span.parent?.id ?? document?.parent_id ?? null, "mono"],
        ]}
      />
    </>
  );
}
