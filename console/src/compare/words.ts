import { useMemo } from "react";
import { useLanguage } from "../i18n";
import type { Pair, Side } from "./pairs";

/** How a place and its times are called. */
export function useSideWords() {
  const { say, format } = useLanguage();
  return useMemo(() => {
    const time = (side: Side) => (side.count === 0 ? "–" : format.duration(side.busy));
    return {
      nameOf: (pair: Pair) => (pair.kind === "missing" ? say("timeline.missingParent") : pair.name),
      time,
      timesOf: ({ a, b }: Pair) => `A ${time(a)}, B ${time(b)}`,
    };
  }, [say, format]);
}
