import { memo } from "react";
import { useLanguage } from "../i18n";
import { StatusShape } from "../shell/StatusMark";
import { isProblem } from "../state/status";
import { ROW } from "./draw";
import { indentOf } from "./rows";
import { looksLikeLoop } from "./siblings";
import type { Span } from "./tree";

interface Props {
  span: Span;
  index: number;
  level: number;
  hue: number;
  folded: boolean;
  selected: boolean;
  active: boolean;
  dimmed: boolean;
  onSelect: (span: Span) => void;
  onFold: (span: Span) => void;
}

/** One row of the treegrid: the tree on the left is drawn here, the bar on the right by the canvas behind. */
export const TreeRow = memo(function TreeRow({ span, index, level, hue, folded, selected, active, dimmed, onSelect, onFold }: Props) {
  const { say, format } = useLanguage();
  const siblings = span.parent?.children;
  const name = span.kind === "missing" ? say("timeline.missingParent") : span.name;
  const problem = isProblem(span.status);
  return (
    <div
      id={`row-${span.key}`}
      role="row"
      className="timeline-row"
      style={{ transform: `translateY(${index * ROW}px)` }}
      aria-rowindex={index + 1}
      aria-level={level + 1}
      aria-expanded={span.children.length ? !folded : undefined}
      aria-selected={selected}
      aria-setsize={siblings ? siblings.length : undefined}
      aria-posinset={siblings ? siblings.indexOf(span.members?.[0] ?? span) + 1 : undefined}
      data-active={active || undefined}
      data-dimmed={dimmed || undefined}
      onClick={() => onSelect(span)}
    >
      <div role="gridcell" className="timeline-name" style={{ paddingLeft: 8 + indentOf(level) }}>
        {span.children.length ? (
          <span
            className="timeline-fold"
            aria-hidden="true"
            data-folded={folded || undefined}
            onClick={(event) => {
              event.stopPropagation();
              onFold(span);
            }}
          />
        ) : (
          <span className="timeline-leaf" />
        )}
        <span className="timeline-hue" data-kind={span.kind} style={{ color: span.kind === "missing" ? "var(--pending)" : `var(--hue-${hue % 12})` }} />
        <span className="timeline-words clip">
          <span className={span.kind === "segment" ? "timeline-segment" : undefined}>{name}</span>{" "}
          <span className="secondary">{span.kind === "missing" ? span.id : span.detail}</span>
        </span>
        {problem && <StatusShape status={span.status} />}
        {span.httpStatus !== null && <span className={`timeline-http ${problem ? `status-${span.status}` : "secondary"}`}>{span.httpStatus}</span>}
        {span.members ? (
          <span className="timeline-count">
            {say("group.times", format.number(span.members.length))}
            {looksLikeLoop(span.members) && <b> {say("group.loop")}</b>}
          </span>
        ) : (
          folded && <span className="timeline-count">{format.number(span.children.length)}</span>
        )}
      </div>
      <div role="gridcell" className="timeline-time">
        <span className="spoken">
          {say(`status.${span.status}`)}, {format.duration(span.end - span.start)}
          {span.inferred ? `, ${say("timeline.inferred")}` : ""}
        </span>
      </div>
    </div>
  );
});
