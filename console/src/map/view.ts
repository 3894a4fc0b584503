import type { Layout, Place } from "./layout";

/** Where the drawing is seen from: screen = map × scale + offset. */
export interface View {
  scale: number;
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}

const MARGIN = { x: 90, top: 56, bottom: 92 }; // labels hang below the nodes
export const LEAST = 0.12;
export const MOST = 2.5;

/** The whole drawing in the middle of the viewport, never larger than drawn. */
export function fitting(layout: Layout, size: Size): View {
  const scale = Math.max(
    LEAST,
    Math.min(
      1.15,
      (size.width - MARGIN.x * 2) / Math.max(1, layout.width),
      (size.height - MARGIN.top - MARGIN.bottom) / Math.max(1, layout.height),
    ),
  );
  return {
    scale,
    x: (size.width - layout.width * scale) / 2,
    y: MARGIN.top + (size.height - MARGIN.top - MARGIN.bottom - layout.height * scale) / 2,
  };
}

export function zoomAt(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

export function toMap(view: View, place: Place): Place {
  return { x: (place.x - view.x) / view.scale, y: (place.y - view.y) / view.scale };
}

export function toScreen(view: View, place: Place): Place {
  return { x: place.x * view.scale + view.x, y: place.y * view.scale + view.y };
}
