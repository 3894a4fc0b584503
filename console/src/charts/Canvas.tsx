import { type CanvasHTMLAttributes, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { type Theme, useTheme } from "../state/theme";
import { type Palette, paletteOf } from "./palette";

/** Paints into a surface of the given size in CSS pixels. */
export type Paint = (context: CanvasRenderingContext2D, size: { width: number; height: number }, palette: Palette) => void;

interface Props extends CanvasHTMLAttributes<HTMLCanvasElement> {
  paint: Paint;
  ref?: Ref<CanvasHandle>;
}
export interface CanvasHandle {
  repaint(): void;
  element: HTMLCanvasElement;
}

/** A canvas as large as its box and as sharp as the screen; painted anew when box, theme or `paint` change. */
export function Canvas({ paint, ref, ...rest }: Props) {
  const theme = useTheme();
  const element = useRef<HTMLCanvasElement>(null);
  const latest = useRef<{ paint: Paint; theme: Theme }>({ paint, theme });
  latest.current = { paint, theme };
  useImperativeHandle(ref, () => ({ repaint: () => draw(element.current, latest.current), element: element.current! }), []);
  useEffect(() => draw(element.current, { paint, theme }), [paint, theme]);
  useEffect(() => {
    const observer = new ResizeObserver(() => draw(element.current, latest.current));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return <canvas ref={element} {...rest} />;
}

function draw(canvas: HTMLCanvasElement | null, { paint, theme }: { paint: Paint; theme: Theme }): void {
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return;
  const [width, height, ratio] = [canvas.clientWidth, canvas.clientHeight, window.devicePixelRatio || 1];
  if (width === 0 || height === 0) return;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  paint(context, { width, height }, paletteOf(theme));
}
