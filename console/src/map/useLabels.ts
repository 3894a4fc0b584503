import { useCallback } from "react";
import { useLanguage } from "../i18n";
import { total } from "../state/status";
import type { MapNode } from "./graph";
import type { LabelText } from "./map-labels";

/** The words under a node: name, latency and rate (or, of a single trace, how often), and what share fails when that is worth a line. */
export function useLabels(minutes: number | null): (node: MapNode) => LabelText {
  const { say, format } = useLanguage();
  return useCallback(
    (node) => {
      const rate = minutes === null ? `× ${format.number(node.requests)}` : say("map.perMinute", format.compact(node.requests / minutes));
      const all = total(node.tally);
      const words = { fault: "map.faults", error: "map.errors", throttle: "map.throttles" } as const;
      const grave = node.health === "fault" || node.health === "error" || node.health === "throttle" ? node.health : null;
      return {
        name: node.client ? say("map.client") : node.name,
        figures: node.average === null ? rate : `${format.duration(node.average)} · ${rate}`,
        trouble: grave ? say(words[grave], format.percent(node.tally[grave] / all)) : null,
      };
    },
    [say, format, minutes],
  );
}
