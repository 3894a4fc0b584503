import { recall, remember } from "../state/storage";
import type { Layout, Place } from "./layout";

export type Pins = Readonly<Record<string, Place>>;

const KEY = "radiograph.pins";
const MOST = 500;

/** Where this reader has put services, by their keys; what storage was made to hold otherwise is left out. */
export function readPins(): Pins {
  try {
    const stored: unknown = JSON.parse(recall(KEY) ?? "{}");
    const isPlace = (value: unknown): value is Place => typeof value === "object" && value !== null && Number.isFinite((value as Place).x) && Number.isFinite((value as Place).y);
    return Object.fromEntries(Object.entries(stored ?? {}).filter((entry): entry is [string, Place] => isPlace(entry[1])));
  } catch {
    return {};
  }
}

export function writePins(pins: Pins): void {
  const entries = Object.entries(pins).slice(-MOST);
  remember(KEY, entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : null);
}

/** The layout with the pinned nodes where they were put. */
export function pinned(layout: Layout, pins: Pins): Layout {
  const moved = Object.entries(pins).filter(([key]) => layout.places.has(key));
  return moved.length === 0 ? layout : { ...layout, places: new Map([...layout.places, ...moved]) };
}
