import { drawMark } from "../charts/marks";
import type { Palette } from "../charts/palette";
import { isProblem } from "../state/status";
import type { MapNode } from "./graph";
import type { Place } from "./layout";
import type { Size } from "./view";

/** What is written under a node. */
export interface LabelText {
  name: string;
  figures: string;
  trouble: string | null;
}

const LINE = 14;
const LONGEST_NAME = 24;

/** Service names share prefixes more often than endings, so the middle is what goes. */
export function shorten(name: string, longest = LONGEST_NAME): string {
  if (name.length <= longest) return name;
  const tail = Math.ceil((longest - 1) * 0.55);
  return `${name.slice(0, longest - 1 - tail)}…${name.slice(-tail)}`;
}

/** Labels of constant size, unhealthy and busy nodes first; one that would cover another is left out. */
export function placeLabels(
  context: CanvasRenderingContext2D,
  size: Size,
  palette: Palette,
  nodes: readonly MapNode[],
  at: ReadonlyMap<string, Place>,
  radius: number,
  labelOf: (node: MapNode) => LabelText,
  lit: (key: string) => boolean,
): void {
  const taken: Box[] = [];
  const grave = (node: MapNode) => (lit(node.key) ? 2 : 0) + (isProblem(node.health) ? 1 : 0);
  const ordered = [...nodes].sort((a, b) => grave(b) - grave(a) || b.requests - a.requests);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const node of ordered) {
    const { x, y } = at.get(node.key)!;
    if (x < -100 || x > size.width + 100 || y < -60 || y > size.height + 60) continue;
    const label = labelOf(node);
    const lines: Line[] = [{ text: label.name, font: `600 12px ${palette.sans}`, ink: palette.ink, mark: 0 }];
    if (radius > 14) lines.push({ text: label.figures, font: `11px ${palette.sans}`, ink: palette["ink-2"], mark: 0 });
    if (label.trouble) lines.push({ text: label.trouble, font: `600 11px ${palette.sans}`, ink: palette[node.health], mark: 14 });
    // Everything, else the name with its trouble, else the name, else nothing.
    const variants = [lines, lines.filter((line) => line.font !== `11px ${palette.sans}`), lines.slice(0, 1)];
    for (const shown of variants) {
      const box = boxOf(context, shown, x, y + radius + 8);
      if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
      taken.push(box);
      drawLines(context, shown, box, x, palette, node, lit(node.key) ? 1 : 0.5);
      break;
    }
  }
  context.globalAlpha = 1;
  context.textAlign = "start";
}

interface Line {
  text: string;
  font: string;
  ink: string;
  mark: number; // room for the shape of the status
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxOf(context: CanvasRenderingContext2D, lines: readonly Line[], x: number, top: number): Box {
  const wide = lines.map(({ text, font, mark }) => {
    context.font = font;
    return context.measureText(text).width + mark;
  });
  const half = Math.max(...wide) / 2 + 2;
  return { left: x - half, right: x + half, top, bottom: top + lines.length * LINE };
}

function drawLines(context: CanvasRenderingContext2D, lines: readonly Line[], box: Box, x: number, palette: Palette, node: MapNode, alpha: number): void {
  context.globalAlpha = 0.82;
  context.fillStyle = palette.bg;
  context.fillRect(box.left, box.top - 1, box.right - box.left, box.bottom - box.top + 1);
  context.globalAlpha = alpha;
  lines.forEach((line, i) => {
    context.font = line.font;
    if (line.mark) drawMark(context, node.health, x - context.measureText(line.text).width / 2 - 2, box.top + i * LINE + 6, 4, palette);
    context.fillStyle = line.ink;
    context.fillText(line.text, x + line.mark / 2, box.top + i * LINE);
  });
}
