import { describe, expect, test } from "vitest";
import { flameOf, neighbour, spanAt } from "./flame";
import { linkedTraces, linksOf } from "./links";
import { matching } from "./matching";
import { buildTree } from "./tree";

const segment = (id: string, start: number, end: number, more: object = {}) => JSON.stringify({ id, name: `s-${id}`, start_time: start, end_time: end, ...more });
const sub = (id: string, start: number, end: number, more: object = {}) => ({ id, name: `u-${id}`, start_time: start, end_time: end, ...more });

const tree = buildTree([segment("a", 0, 10, { subsegments: [sub("b", 1, 6, { subsegments: [sub("c", 2, 5)] }), sub("d", 3, 8, { subsegments: [sub("e", 6, 7)] }), sub("f", 8.5, 9)] })]);
const rows = () => flameOf(tree).lanes.map((lane) => lane.map((span) => span.id).join(""));

describe("a flame graph", () => {
  test("puts what runs in parallel below what began before it, with all it called", () => {
    expect(rows()).toEqual(["a", "bf", "c", "d", "e"]);
  });
  test("never draws one span over another", () => {
    const wide = buildTree([segment("r", 0, 100, { subsegments: Array.from({ length: 300 }, (_, i) => sub(`x${i}`, (i * 37) % 90, ((i * 37) % 90) + (i % 11), { subsegments: [sub(`y${i}`, (i * 37) % 90, ((i * 37) % 90) + (i % 5))] })) })]);
    const { lanes, lane } = flameOf(wide);
    for (const row of lanes) row.forEach((span, i) => i > 0 && expect(span.start).toBeGreaterThanOrEqual(row[i - 1]!.end));
    for (const span of wide.spans) if (span.parent) expect(lane.get(span.key)!).toBeGreaterThan(lane.get(span.parent.key)!);
  });
  test("finds a span under the pointer, and a short one beside it", () => {
    const flame = flameOf(tree);
    expect([spanAt(flame, 1, 5, 0)?.id, spanAt(flame, 1, 7, 0)?.id, spanAt(flame, 1, 9.1, 0.2)?.id, spanAt(flame, 9, 1, 0)?.id]).toEqual(["b", undefined, "f", undefined]);
  });
  test("is walked by arrows", () => {
    const flame = flameOf(tree);
    const at = (id: string) => tree.spans.find((span) => span.id === id)!;
    expect([neighbour(flame, at("a"), "ArrowDown")?.id, neighbour(flame, at("c"), "ArrowUp")?.id, neighbour(flame, at("b"), "ArrowRight")?.id, neighbour(flame, at("b"), "ArrowLeft")]).toEqual(["b", "b", "f", null]);
  });
});

describe("a filter inside a trace", () => {
  const spans = buildTree([segment("aa", 0, 2, { fault: true, user: "ana", annotations: { tier: "gold", age: 30, "a.b": true }, http: { request: { url: "https://x/cart" }, response: { status: 500 } }, subsegments: [sub("bb", 0, 1.5, { error: true }), sub("cc", 1, 1.1, { name: "SELECT orders" })] })]);
  test.each([
    ["fault", "aa"], ["!fault", "bb cc"], ["responsetime > 1", "aa bb"], ["error OR name CONTAINS \"SELECT\"", "bb cc"], ["fault AND responsetime < 1", ""], ["annotation.tier = \"gold\"", "aa"], ["annotation.age >= 30", "aa"],
    ['annotation["a.b"] = true', "aa"], ["annotation.none", ""], ["user", "aa"], ["http.url ENDSWITH \"cart\" http.status = 500", "aa"], ["(fault OR error) !user", "bb"], ["select ord", "cc"], ["GOLD", "aa"], ["u-bb", "bb"], ["name =", ""],
  ])("%s means %s", (filter, ids) => {
    const found = matching(spans, filter)!;
    expect(spans.spans.filter((span) => found.has(span.key)).map((span) => span.id).join(" ")).toBe(ids);
  });
  test("that is blank means nothing in particular", () => expect(matching(spans, "  ")).toBeNull());
});

test("links lead to other traces, each once; what is no trace id leads nowhere", () => {
  const id = "1-6553f100-0123456789abcdef01234567";
  const links = [{ trace_id: id, id: "0123456789ABCDEF", attributes: { a: 1 } }, { trace_id: id.replaceAll("-", "").slice(1) }, { trace_id: "javascript:alert(1)" }, null, 3];
  expect(linksOf({ links })).toEqual([{ traceId: id, spanId: "0123456789abcdef", attributes: { a: 1 } }, { traceId: id, spanId: "", attributes: {} }]);
  expect(linksOf({ links: "x" })).toEqual([]);
  const linked = buildTree([segment("a", 0, 1, { links, subsegments: [sub("b", 0, 1, { links })] })]);
  expect(linkedTraces(linked, "1-other").map((link) => link.traceId)).toEqual([id]);
  expect(linkedTraces(linked, id)).toEqual([]);
});
