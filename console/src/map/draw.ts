import { drawMark } from "../charts/marks";
import type { Palette } from "../charts/palette";
import { isProblem, STATUSES, total } from "../state/status";
import { type Curve, curveBetween, pointOn } from "./curves";
import { drawGlyph } from "./glyphs";
import type { MapEdge, MapGraph, MapNode } from "./graph";
import { drawLags } from "./lags";
import { COLUMN, type Layout, type Place } from "./layout";
import { drawLabels, type LabelText } from "./map-labels";
import type { Look as NodeLook } from "./modes";
import { type Size, toScreen, type View } from "./view";

export const RADIUS = 28;

export interface MapScene {
  graph: MapGraph;
  layout: Layout;
  view: View;
  bends: ReadonlyMap<string, readonly Place[]>;
  selected: string | null; // key of a node or an edge
  hovered: string | null;
  labelOf: (node: MapNode) => LabelText;
  /** How nodes are drawn when it is not by their health. */
  looks: ReadonlyMap<string, NodeLook> | null;
  /** What is written on an edge. */
  lagOf: (edge: MapEdge) => string | null;
  pins: ReadonlySet<string>;
}

export function radiusAt(view: View): number {
  return Math.max(5, RADIUS * Math.min(1.15, view.scale));
}

/** The curve of each edge on the screen; hit testing follows the same lines. */
export function curvesOf({ graph, layout, view, bends }: Pick<MapScene, "graph" | "layout" | "view" | "bends">): Map<string, Curve> {
  const at = screenPlaces(layout, view);
  const curve = (edge: MapEdge) => curveBetween(at.get(edge.from)!, at.get(edge.to)!, radiusAt(view), bends.get(edge.key)?.map((bend) => toScreen(view, bend)));
  return new Map(graph.edges.map((edge) => [edge.key, curve(edge)]));
}

function screenPlaces(layout: Layout, view: View): Map<string, Place> {
  return new Map([...layout.places].map(([key, place]) => [key, toScreen(view, place)]));
}

export function drawMap(context: CanvasRenderingContext2D, size: Size, palette: Palette, scene: MapScene): void {
  const { graph, layout, view } = scene;
  const at = screenPlaces(layout, view);
  const curves = curvesOf(scene);
  const busiest = graph.edges.reduce((most, edge) => Math.max(most, edge.requests), 1);
  const focus = scene.hovered ?? scene.selected;
  const near = focus ? neighbours(graph, focus) : null;
  const lit = (key: string) => !near || near.has(key);

  for (const edge of graph.edges) {
    drawEdge(context, edge, curves.get(edge.key)!, { palette, busiest, lit: lit(edge.key), chosen: edge.key === scene.selected || edge.key === scene.hovered });
  }
  const radius = radiusAt(view);
  for (const node of graph.nodes) {
    context.globalAlpha = lit(node.key) ? 1 : 0.45;
    const look = scene.looks?.get(node.key);
    drawNode(context, node, at.get(node.key)!, radius * (look?.size ?? 1), palette, node.key === scene.selected, node.key === scene.hovered, look);
    if (scene.pins.has(node.key)) drawPin(context, at.get(node.key)!, radius, palette);
  }
  context.globalAlpha = 1;
  if (view.scale > 0.45) drawLags(context, graph.edges, curves, scene.lagOf, palette);
  drawLabels(context, size, palette, { at, radius, column: COLUMN * view.scale }, graph.nodes, scene.labelOf, lit);
}

function neighbours(graph: MapGraph, key: string): Set<string> {
  const near = new Set([key]);
  for (const edge of graph.edges) {
    if (edge.from !== key && edge.to !== key && edge.key !== key) continue;
    for (const each of [edge.key, edge.from, edge.to]) near.add(each);
  }
  return near;
}

interface Look {
  palette: Palette;
  busiest: number;
  lit: boolean;
  chosen: boolean;
}

function drawEdge(context: CanvasRenderingContext2D, edge: MapEdge, curve: Curve, { palette, busiest, lit, chosen }: Look): void {
  const last = curve.at(-1)!;
  const { to } = last;
  const faulty = edge.health === "fault";
  // By square root: a call that is made a hundred times more often is ten times as wide, and the quiet one is still seen.
  const width = 1 + 3.2 * Math.sqrt(edge.requests / busiest);
  const colour = chosen ? palette.accent : faulty ? palette.fault : palette["line-strong"];
  context.globalAlpha = !lit ? 0.18 : chosen || faulty ? 0.95 : 0.6;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width;
  context.setLineDash(faulty ? [7, 4] : edge.link ? [1, 5] : []);
  context.lineCap = edge.link ? "round" : "butt";
  const before = pointOn(last, 0.97);
  const angle = Math.atan2(to.y - before.y, to.x - before.x);
  const head = 5 + width;
  context.beginPath();
  context.moveTo(curve[0]!.from.x, curve[0]!.from.y);
  for (const { control1, control2, to: end } of curve) {
    const short = end === to ? head * 0.8 : 0; // the line ends inside its head
    context.bezierCurveTo(control1.x, control1.y, control2.x, control2.y, end.x - Math.cos(angle) * short, end.y - Math.sin(angle) * short);
  }
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(to.x, to.y);
  context.lineTo(to.x - Math.cos(angle - 0.42) * head, to.y - Math.sin(angle - 0.42) * head);
  context.lineTo(to.x - Math.cos(angle + 0.42) * head, to.y - Math.sin(angle + 0.42) * head);
  context.fill();
  context.globalAlpha = 1;
}

function drawNode(
  context: CanvasRenderingContext2D, node: MapNode, { x, y }: Place, radius: number, palette: Palette, selected: boolean, hovered: boolean, look?: NodeLook,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fillStyle = palette.surface;
  context.fill();
  if (selected || hovered) {
    context.beginPath();
    context.arc(x, y, radius + 7, 0, Math.PI * 2);
    context.lineWidth = 2;
    context.strokeStyle = selected ? palette.accent : palette["line-strong"];
    context.stroke();
  }
  if (look) arc(context, x, y, radius, 0, Math.PI * 2, Math.max(1.5, radius * (0.06 + 0.26 * look.weight)), palette[look.ink]);
  else drawRing(context, node, x, y, radius, palette);
  if (radius > 9) drawGlyph(context, node, x, y, radius * 0.42, palette.ink);
  if (isProblem(node.health) && !look) {
    const [bx, by, size] = [x + radius * 0.74, y - radius * 0.74, Math.max(4, radius * 0.26)];
    context.beginPath();
    context.arc(bx, by, size + 3, 0, Math.PI * 2);
    context.fillStyle = palette.bg;
    context.fill();
    drawMark(context, node.health, bx, by, size, palette);
  }
}

/** A small mark at the foot of what the reader has put somewhere. */
function drawPin(context: CanvasRenderingContext2D, { x, y }: Place, radius: number, palette: Palette): void {
  context.fillStyle = palette.accent;
  context.beginPath();
  context.arc(x - radius * 0.74, y + radius * 0.74, Math.max(2.5, radius * 0.13), 0, Math.PI * 2);
  context.fill();
}

/** The share of each status around the node; problems are twice as thick, and never thinner than can be seen. */
function drawRing(context: CanvasRenderingContext2D, node: MapNode, x: number, y: number, radius: number, palette: Palette): void {
  const all = total(node.tally);
  if (all === 0) {
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.lineWidth = 1.5;
    context.strokeStyle = palette.pending;
    context.setLineDash(node.client ? [] : [2, 3]);
    context.stroke();
    context.setLineDash([]);
    return;
  }
  const top = -Math.PI / 2;
  let angle = top;
  for (const status of STATUSES) {
    if (status === "ok" || node.tally[status] === 0) continue;
    const sweep = Math.max(0.07, (node.tally[status] / all) * Math.PI * 2);
    // Counter-clockwise from the top, towards the side where the badge is not.
    arc(context, x, y, radius, angle - sweep, angle, Math.max(3, radius * 0.27), palette[status]);
    angle -= sweep + 0.05;
  }
  const rest = Math.PI * 2 - (top - angle);
  if (node.tally.ok > 0 && rest > 0) arc(context, x, y, radius, angle - rest + (angle === top ? 0 : 0.05), angle, Math.max(1.5, radius * 0.13), palette.ok);
}

function arc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, from: number, to: number, width: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, radius, from, to);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
