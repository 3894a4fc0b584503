import type { Theme } from "../state/theme";

const NAMES = [
  "bg", "surface", "sunken", "ink", "ink-2", "line", "line-strong", "accent", "accent-wash", "on-accent",
  "ok", "error", "throttle", "fault", "pending", "set-a", "set-b", "set-rest", "sans",
] as const;
export type Palette = Record<(typeof NAMES)[number], string> & { hues: string[]; unknown: string };

const HUES = 12;
const read = new Map<Theme, Palette>();

/** The tokens of tokens.css for a canvas, which cannot use var(); read once a theme. */
export function paletteOf(theme: Theme): Palette {
  let palette = read.get(theme);
  if (!palette) {
    const style = getComputedStyle(document.documentElement);
    const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
    palette = Object.fromEntries(NAMES.map((name) => [name, value(name)])) as unknown as Palette;
    palette.hues = Array.from({ length: HUES }, (_, i) => value(`hue-${i}`));
    palette.unknown = palette.pending;
    read.set(theme, palette);
  }
  return palette;
}

/** The hue of the nth service of a trace. */
export function hueOf(palette: Palette, index: number): string {
  return palette.hues[((index % HUES) + HUES) % HUES]!;
}
