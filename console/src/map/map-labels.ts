import { drawMark } from "../charts/marks";
import type { Palette } from "../charts/palette";
import { isProblem, type Status } from "../state/status";
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
const SHORTEST_NAME = 8;
const GAP = 6;

/** Service names share prefixes more often than endings, so the middle is what goes. */
export function shorten(name: string, longest = LONGEST_NAME): string {
  if (name.length <= longest) return name;
  const tail = Math.ceil((longest - 1) * 0.55);
  return `${name.slice(0, longest - 1 - tail)}…${name.slice(-tail)}`;
}

/** A label where it goes: the lines that fit, and the box they fill. */
export interface Placed {
  node: MapNode;
  lines: readonly Line[];
  box: Box;
}
/** How the map lies on the screen. */
export interface Lie {
  at: ReadonlyMap<string, Place>;
  radius: number;
  column: number; // from one column of nodes to the next
}
type Fonts = Pick<Palette, "sans">;
export type Measure = (text: string, font: string) => number;

/**
 * Labels of constant size, those of lit, unhealthy and busy nodes first. A name has the room up to its neighbours' own;
 * one that would cover another all the same loses its figures, then everything but a short name.
 */
export function arrangeLabels(
  nodes: readonly MapNode[], { at, radius, column }: Lie, { sans }: Fonts, measure: Measure,
  labelOf: (node: MapNode) => LabelText, lit: (key: string) => boolean,
): Placed[] {
  const grave = (node: MapNode) => (lit(node.key) ? 2 : 0) + (isProblem(node.health) ? 1 : 0);
  const ordered = [...nodes].sort((a, b) => grave(b) - grave(a) || b.requests - a.requests);
  const placed: Placed[] = [];
  for (const node of ordered) {
    const { x, y } = at.get(node.key)!;
    const label = labelOf(node);
    const [bold, small] = [`600 12px ${sans}`, `11px ${sans}`];
    const named = (name: string): Line => ({ text: name, font: bold, ink: "ink", mark: 0 });
    const room = roomBeside({ x, y }, [...at.values()], radius, column);
    const name = named(fitted(label.name, room, (text) => measure(text, bold)));
    const figures: Line[] = radius > 14 ? [{ text: label.figures, font: small, ink: "ink-2", mark: 0 }] : [];
    const trouble: Line[] = label.trouble ? [{ text: label.trouble, font: `600 ${small}`, ink: node.health, mark: 14 }] : [];
    const variants = [[name, ...figures, ...trouble], [name, ...trouble], [name], [named(shorten(label.name, SHORTEST_NAME))]];
    for (const lines of variants) {
      const box = boxOf(lines, measure, x, y + radius + 8);
      if (placed.some(({ box: other }) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
      placed.push({ node, lines, box });
      break;
    }
  }
  return placed;
}

export function drawLabels(
  context: CanvasRenderingContext2D, size: Size, palette: Palette, lie: Lie, nodes: readonly MapNode[],
  labelOf: (node: MapNode) => LabelText, lit: (key: string) => boolean,
): void {
  const seen = nodes.filter(({ key }) => {
    const { x, y } = lie.at.get(key)!;
    return x > -100 && x < size.width + 100 && y > -60 && y < size.height + 60;
  });
  const measure = (text: string, font: string) => {
    context.font = font;
    return context.measureText(text).width;
  };
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { node, lines, box } of arrangeLabels(seen, lie, palette, measure, labelOf, lit)) {
    drawLines(context, lines, box, lie.at.get(node.key)!.x, palette, node, lit(node.key) ? 1 : 0.5);
  }
  context.globalAlpha = 1;
  context.textAlign = "start";
}

/** As wide as a label may be without reaching into the column of a neighbour at the same height. */
function roomBeside(place: Place, others: readonly Place[], radius: number, column: number): number {
  let nearest = Infinity;
  for (const other of others) {
    const [dx, dy] = [Math.abs(other.x - place.x), other.y - place.y];
    if (dx > 1 && dy > -3 * LINE && dy < 2 * radius + 8 + 3 * LINE) nearest = Math.min(nearest, dx);
  }
  return 2 * nearest - column - GAP;
}

function fitted(name: string, room: number, measure: (text: string) => number): string {
  for (let longest = LONGEST_NAME; longest > SHORTEST_NAME; longest--) {
    const text = shorten(name, longest);
    if (measure(text) <= room) return text;
  }
  return shorten(name, SHORTEST_NAME);
}

interface Line {
  text: string;
  font: string;
  ink: "ink" | "ink-2" | Status;
  mark: number; // room for the shape of the status
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxOf(lines: readonly Line[], measure: Measure, x: number, top: number): Box {
  const half = Math.max(...lines.map(({ text, font, mark }) => measure(text, font) + mark)) / 2 + 2;
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
    context.fillStyle = palette[line.ink];
    context.fillText(line.text, x + line.mark / 2, box.top + i * LINE);
  });
}
