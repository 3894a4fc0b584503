import { useLanguage } from "../i18n";
import { isProblem } from "../state/status";
import { Facts } from "./Facts";
import { looksLikeLoop } from "./siblings";
import type { Span } from "./tree";

/** What is known of repeated siblings as a whole. */
export function GroupTab({ span, onSelect }: { span: Span; onSelect: (span: Span) => void }) {
  const { say, format } = useLanguage();
  const members = span.members!;
  const length = (each: Span) => each.end - each.start;
  const sorted = [...members].sort((a, b) => length(b) - length(a));
  const total = members.reduce((sum, each) => sum + length(each), 0);
  const problems = members.filter((each) => isProblem(each.status)).length;
  return (
    <>
      <p className="drawer-note">
        {say("group.about", members.length)}
        {looksLikeLoop(members) && <><br />{say("group.loopAbout")}</>}
      </p>
      <Facts
        rows={[
          { name: say("group.total"), value: format.duration(total) },
          { name: say("group.mean"), value: format.duration(total / members.length) },
          { name: say("group.slowest"), value: format.duration(length(sorted[0]!)) },
          { name: say("group.fastest"), value: format.duration(length(sorted.at(-1)!)) },
          { name: say("group.problems"), value: problems > 0 ? format.number(problems) : null },
          { name: say("drawer.operation"), value: span.detail || null },
        ]}
      />
      <p><button type="button" className="tool" data-outlined onClick={() => onSelect(sorted[0]!)}>{say("group.slowest")}</button></p>
    </>
  );
}
