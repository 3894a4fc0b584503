import type { Distribution } from "../analytics/distribution";
import type { Palette } from "./palette";

const BELOW = 18;

export interface DistributionScene {
  a: Distribution | null;
  b: Distribution | null;
  isRest: boolean;
  duration: (seconds: number) => string;
}

/** Both distributions over one logarithmic axis: A filled, the other an outline, so that neither hides the other. */
export function drawDistributions(context: CanvasRenderingContext2D, { width, height }: { width: number; height: number }, palette: Palette, scene: DistributionScene): void {
  const given = [scene.a, scene.b].filter((each): each is Distribution => each !== null && each.count > 0);
  if (given.length === 0) return;
  const low = Math.log10(Math.min(...given.map((each) => each.edges[each.counts.findIndex((count) => count > 0)]!)));
  const high = Math.log10(Math.max(...given.map((each) => each.edges[each.counts.findLastIndex((count) => count > 0) + 1]!)));
  const most = Math.max(...given.flatMap((each) => each.shares));
  const tall = height - BELOW;
  const x = (seconds: number) => ((Math.log10(seconds) - low) / (high - low || 1)) * width;
  const y = (share: number) => tall - (share / most) * (tall - 4);
  const outline = ({ edges, shares }: Distribution) => {
    context.beginPath();
    context.moveTo(x(edges[0]!), tall);
    shares.forEach((share, i) => {
      context.lineTo(x(edges[i]!), y(share));
      context.lineTo(x(edges[i + 1]!), y(share));
    });
    context.lineTo(x(edges.at(-1)!), tall);
  };
  context.lineWidth = 1.8;
  if (scene.b && scene.b.count > 0) {
    const hue = palette[scene.isRest ? "set-rest" : "set-b"];
    outline(scene.b);
    context.setLineDash([5, 3]);
    context.strokeStyle = hue;
    context.stroke();
    context.setLineDash([]);
  }
  if (scene.a && scene.a.count > 0) {
    outline(scene.a);
    context.fillStyle = context.strokeStyle = palette["set-a"];
    context.globalAlpha = 0.18;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
  }
  context.fillStyle = palette["line-strong"];
  context.fillRect(0, tall, width, 1);
  context.fillStyle = palette["ink-2"];
  context.font = `11px ${palette.sans}`;
  context.textBaseline = "bottom";
  const digits = high - low <= 1.5 ? [1, 2, 5] : high - low <= 3 ? [1, 3] : [1];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const digit of digits) {
      const seconds = Number((digit * 10 ** power).toPrecision(6));
      const place = x(seconds);
      if (place < 0 || place > width) continue;
      const text = scene.duration(seconds);
      const room = context.measureText(text).width;
      context.fillRect(place, tall, 1, 3);
      context.fillText(text, Math.max(0, Math.min(width - room, place - room / 2)), height);
    }
  }
}
