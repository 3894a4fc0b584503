import type { MapNode } from "./graph";

export type Glyph = "client" | "database" | "queue" | "bucket" | "function" | "remote" | "service";

/** What kind of thing a node is, from the type its sender or the server gave it. */
export function glyphOf(node: Pick<MapNode, "client" | "type">): Glyph {
  if (node.client) return "client";
  const type = node.type.toLowerCase();
  if (/sqs|sns|kinesis|events|queue|topic|kafka|mq/.test(type)) return "queue";
  if (/dynamodb|sql|rds|database|redshift|elasticache|redis/.test(type)) return "database";
  if (/s3|bucket/.test(type)) return "bucket";
  if (/lambda|function/.test(type)) return "function";
  return type === "remote" ? "remote" : "service";
}

/** Drawn with lines, not with a font: a bare machine has no glyphs for them. */
export function drawGlyph(context: CanvasRenderingContext2D, node: MapNode, x: number, y: number, size: number, ink: string): void {
  context.save();
  context.translate(x, y);
  context.scale(size / 10, size / 10);
  context.lineWidth = 1.8;
  context.lineJoin = context.lineCap = "round";
  context.strokeStyle = ink;
  context.beginPath();
  PATHS[glyphOf(node)](context);
  context.stroke();
  context.restore();
}

/** Each path fits a square of 20 units around the origin. */
const PATHS: Record<Glyph, (pen: CanvasRenderingContext2D) => void> = {
  client: (pen) => {
    pen.arc(0, -4, 4.2, 0, Math.PI * 2);
    pen.moveTo(-8, 9);
    pen.bezierCurveTo(-8, 0, 8, 0, 8, 9);
  },
  database: (pen) => {
    pen.ellipse(0, -6, 7.5, 3, 0, 0, Math.PI * 2);
    pen.moveTo(-7.5, -6);
    pen.lineTo(-7.5, 6);
    pen.ellipse(0, 6, 7.5, 3, 0, Math.PI, 0, true);
    pen.lineTo(7.5, -6);
    pen.moveTo(7.5, 0);
    pen.ellipse(0, 0, 7.5, 3, 0, 0, Math.PI);
  },
  queue: (pen) => {
    for (const y of [-6, 0, 6]) {
      pen.moveTo(-7, y);
      pen.lineTo(7, y);
    }
  },
  bucket: (pen) => {
    pen.ellipse(0, -6, 7.5, 2.6, 0, 0, Math.PI * 2);
    pen.moveTo(-7.5, -6);
    pen.lineTo(-5, 8);
    pen.lineTo(5, 8);
    pen.lineTo(7.5, -6);
  },
  function: (pen) => {
    pen.moveTo(-7, -8);
    pen.lineTo(-3, -8);
    pen.lineTo(5, 8);
    pen.lineTo(8, 8);
    pen.moveTo(-0.8, -2.5);
    pen.lineTo(-7, 8);
  },
  remote: (pen) => {
    pen.arc(0, 0, 8, 0, Math.PI * 2);
    pen.moveTo(-8, 0);
    pen.lineTo(8, 0);
    pen.moveTo(3.6, 0);
    pen.ellipse(0, 0, 3.6, 8, 0, 0, Math.PI * 2);
  },
  service: (pen) => {
    for (let i = 0; i <= 6; i++) {
      const angle = (i * Math.PI) / 3 + Math.PI / 6;
      pen[i ? "lineTo" : "moveTo"](8.5 * Math.cos(angle), 8.5 * Math.sin(angle));
    }
  },
};
