import { expect, test } from "vitest";
import { keepInside, panBy, readZoom, zoomAround, zoomText } from "./zoom";

const whole = { from: 100, to: 110 };

test("zooming keeps the moment under the pointer where it is", () => {
  const zoom = zoomAround(whole, 0.5, 102, whole);
  expect(zoom).toEqual({ from: 101, to: 106 });
  expect(zoomAround(zoom, 100, 102, whole)).toEqual(whole);
});
test("nothing outside the trace comes into sight", () => {
  expect(panBy({ from: 101, to: 103 }, 50, whole)).toEqual({ from: 108, to: 110 });
  expect(keepInside({ from: 0, to: 500 }, whole)).toEqual(whole);
});
test("the address remembers the stretch, and ignores nonsense", () => {
  expect(readZoom(zoomText({ from: 101.5, to: 102.25 }, 100), 100, whole)).toEqual({ from: 101.5, to: 102.25 });
  for (const text of ["", "~", "5~1", "a~b"]) expect(readZoom(text, 100, whole), text).toBeNull();
});
