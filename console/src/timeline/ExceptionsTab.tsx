import type { ExceptionDocument, SegmentDocument } from "../api/document";
import { useLanguage } from "../i18n";
import { Copyable } from "./Copyable";
import { Facts } from "./Facts";

/** Exceptions in the order of their causes: what was raised last first, under it what it was raised for. */
export function chains(exceptions: readonly ExceptionDocument[]): ExceptionDocument[][] {
  const byId = new Map(exceptions.flatMap((each) => (each?.id ? [[each.id, each] as const] : [])));
  const causes = new Set(exceptions.map((each) => each?.cause).filter((id) => id && byId.has(id)));
  const heads = exceptions.filter((each) => each && !(each.id && causes.has(each.id)));
  const told = new Set<ExceptionDocument>();
  const chainFrom = (head: ExceptionDocument) => {
    const chain: ExceptionDocument[] = [];
    for (let at: ExceptionDocument | undefined = head; at && !told.has(at); at = at.cause ? byId.get(at.cause) : undefined) {
      told.add(at);
      chain.push(at);
    }
    return chain;
  };
  // What names each other as causes has no head; it is told from anywhere.
  return [...heads, ...exceptions.filter(Boolean)].map(chainFrom).filter((chain) => chain.length > 0);
}

export function ExceptionsTab({ document }: { document: SegmentDocument }) {
  const { say } = useLanguage();
  const { cause } = document;
  if (typeof cause === "string") return <p className="drawer-note">{say("drawer.elsewhere", cause)}</p>;
  const exceptions = Array.isArray(cause?.exceptions) ? cause.exceptions : [];
  return (
    <>
      {chains(exceptions).map((chain, i) => (
        <ol key={i} className="exceptions">
          {chain.map((exception, depth) => (
            <li key={depth}>
              {depth > 0 && <p className="secondary">{say("drawer.causedBy")}</p>}
              <Exception exception={exception} />
            </li>
          ))}
        </ol>
      ))}
      <Facts rows={[{ name: "working_directory", value: cause?.working_directory ? String(cause.working_directory) : null }]} />
    </>
  );
}

function Exception({ exception }: { exception: ExceptionDocument }) {
  const { say } = useLanguage();
  const stack = Array.isArray(exception.stack) ? exception.stack : [];
  const frames = stack.map((frame) => `${frame?.label ?? ""} ${frame?.path ?? ""}${frame?.line === undefined ? "" : `:${frame.line}`}`.trim());
  const text = [`${exception.type ?? "Exception"}: ${exception.message ?? ""}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return (
    <section className="exception">
      <h3>{String(exception.type ?? "Exception")}{exception.remote && <span className="secondary"> · {say("drawer.remote")}</span>}</h3>
      <p>{String(exception.message ?? "")}</p>
      {stack.length > 0 && <Copyable text={text} shown={frames.join("\n")} />}
      {exception.truncated ? <p className="secondary">{say("drawer.truncated", exception.truncated)}</p> : null}
    </section>
  );
}
