import { Link } from "wouter";
import type { SegmentDocument } from "../api/document";
import { linkTo } from "../state/question";
import { membersOf } from "./DrawerTabs";
import { Facts } from "./Facts";
import { linksOf, type TraceLink } from "./links";

export function LinksTab({ document }: { document: SegmentDocument }) {
  return linksOf(document).map((link, i) => (
    <section key={i}>
      <h3><TraceAddress link={link} /></h3>
      <Facts rows={membersOf(link.attributes)} />
    </section>
  ));
}

/** Leads to the span of the other trace; the id was read as one, so it is nothing but digits. */
export function TraceAddress({ link }: { link: TraceLink }) {
  const address = linkTo(`/traces/${link.traceId}`, { filter: "" });
  const span = link.spanId && `${address.includes("?") ? "&" : "?"}span=${link.spanId}`;
  return <Link className="mono" href={address + span}>{link.traceId}</Link>;
}
