import { useCallback } from "react";
import { useLanguage } from "../i18n";
import { total } from "../state/status";
import { type MapNode, nameOf } from "./graph";
import type { LabelText } from "./map-labels";
import type { Change, Mode } from "./modes";

const NO_CHANGES: ReadonlyMap<string, Change> = new Map();

/** The words under a node: name, latency and rate (or, of a single trace, how often), and what share fails when that is worth a line. */
export function useLabels(minutes: number | null, mode: Mode = "health", changes: ReadonlyMap<string, Change> = NO_CHANGES): (node: MapNode) => LabelText {
  const { say, format } = useLanguage();
  const changed = useCallback((change: Change | undefined) => {
    if (!change || change.kind === "same") return null;
    if (change.kind !== "moved") return say(`mapChange.${change.kind}`);
    const signed = (share: number) => `${share > 0 ? "+" : "−"}${format.percent(Math.abs(share))}`;
    return [change.latency !== null && say("mapChange.latency", signed(change.latency)), Math.abs(change.faults) >= 0.001 && say("mapChange.faults", signed(change.faults))].filter(Boolean).join(" · ");
  }, [say, format]);
  return useCallback(
    (node) => {
      const rate = minutes === null ? `× ${format.number(node.requests)}` : say("map.perMinute", format.compact(node.requests / minutes));
      const all = total(node.tally);
      const words = { fault: "map.faults", error: "map.errors", throttle: "map.throttles" } as const;
      const grave = node.health === "fault" || node.health === "error" || node.health === "throttle" ? node.health : null;
      return {
        name: node.client ? say("map.client") : nameOf(node),
        figures: node.average === null ? rate : `${format.duration(node.average)} · ${rate}`,
        trouble: mode === "change" ? changed(changes.get(node.key)) : grave ? say(words[grave], format.percent(node.tally[grave] / all)) : null,
      };
    },
    [say, format, minutes, mode, changes, changed],
  );
}
