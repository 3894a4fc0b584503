import { useLanguage } from "../i18n";
import type { Range } from "../state/range";

/** A range in words, inside a sentence. */
export function useRangeWords(): (range: Range) => string {
  const { say, format } = useLanguage();
  return (range) =>
    range.kind === "last"
      ? say("range.last", format.period(range.seconds)).toLowerCase()
      : `${format.moment(range.start)} – ${format.moment(range.end)}`;
}
