import { useState } from "react";
import type { SegmentDocument } from "../api/document";
import { useLanguage } from "../i18n";
import { Copyable } from "./Copyable";
import { type Fact, Facts, flatten } from "./Facts";
import { annotationClauses, clausesFor } from "./filtering";
import { formatSql } from "./sql";

type Props = { document: SegmentDocument };

/** Members of an object, each found by its text: the language has no keywords for them. */
export function membersOf(value: unknown): Fact[] {
  return flatten(value).filter(([name]) => name).map(([name, text]) => ({ name, value: text, clauses: clausesFor(null, text) }));
}

export function ResourcesTab({ document }: Props) {
  const { say } = useLanguage();
  const known = (name: string, value: string | undefined, keyword: string): Fact => ({ name, value: value ? String(value) : null, clauses: clausesFor(keyword, String(value)) });
  return (
    <Facts
      rows={[
        known(say("drawer.origin"), document.origin, "type"),
        known("resource_arn", document.resource_arn, "resource.arn"),
        ...membersOf({ service: document.service ?? {}, aws: document.aws ?? {} }),
      ]}
    />
  );
}

export function AnnotationsTab({ document }: Props) {
  return <Facts rows={Object.entries(document.annotations ?? {}).map(([name, value]) => ({ name, value: String(value), clauses: annotationClauses(name, value) }))} />;
}

export function MetadataTab({ document }: Props) {
  return (
    <>
      {Object.entries(document.metadata ?? {}).map(([name, value]) => (
        <section key={name}>
          <h3>{name}</h3>
          <Facts rows={membersOf(value !== null && typeof value === "object" ? value : { "": value })} />
          <Copyable text={JSON.stringify(value, null, 2) ?? ""} />
        </section>
      ))}
    </>
  );
}

export function SqlTab({ document }: Props) {
  const { say } = useLanguage();
  const [asSent, setAsSent] = useState(false);
  const { sanitized_query: query, ...rest } = document.sql ?? {};
  return (
    <>
      {typeof query === "string" && (
        <Copyable text={query} shown={asSent ? query : formatSql(query)}>
          <button type="button" className="tool" data-outlined aria-pressed={!asSent} onClick={() => setAsSent(!asSent)}>{say("drawer.sqlFormatted")}</button>
        </Copyable>
      )}
      <Facts rows={membersOf(rest)} />
    </>
  );
}

export function JsonTab({ document }: Props) {
  return <Copyable text={JSON.stringify(document, null, 2)} />;
}
