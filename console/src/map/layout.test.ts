import { describe, expect, test } from "vitest";
import { COLUMN, layOut } from "./layout";
import { routeAround } from "./route";

const graph = (...calls: [string, string][]) => ({
  nodes: [...new Set(calls.flat())].map((key) => ({ key })),
  edges: calls.map(([from, to]) => ({ key: `${from}→${to}`, from, to })),
});
const random = (nodes: number, edges: number) => {
  let seed = 42;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  return graph(...Array.from({ length: edges }, (): [string, string] => [`n${next(nodes)}`, `n${next(nodes)}`]));
};

describe("the layout of the map", () => {
  test("puts callers to the left of what they call", () => {
    const { places } = layOut(graph(["client", "web"], ["web", "db"], ["client", "db"]), 2);
    const x = (key: string) => places.get(key)!.x / COLUMN;
    expect([x("client"), x("web"), x("db")]).toEqual([0, 1, 2]);
  });
  test("does not depend on the order of the answer", () => {
    const one = random(40, 60);
    const other = { nodes: [...one.nodes].reverse(), edges: [...one.edges].reverse() };
    expect(layOut(other, 1.6)).toEqual(layOut(one, 1.6));
  });
  test("has a place for every node, each its own, with circles and self-calls", () => {
    const { places } = layOut(graph(["a", "b"], ["b", "c"], ["c", "a"], ["b", "b"], ["d", "d"]), 1.5);
    expect(places.size).toBe(4);
    expect(new Set([...places.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(4);
  });
  test("wraps a wide fan into the proportions of the viewport", () => {
    const { width, height } = layOut(graph(...Array.from({ length: 60 }, (_, i): [string, string] => ["hub", `leaf-${i}`])), 1.6);
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(3.2);
  });
  test("lays out a thousand services in an instant", () => {
    const start = performance.now();
    expect(layOut(random(1000, 1400), 1.6).places.size).toBeGreaterThan(900);
    expect(performance.now() - start).toBeLessThan(500);
  });
  test("of nothing is empty", () => {
    expect(layOut({ nodes: [], edges: [] }, 1.6)).toMatchObject({ width: 0, height: 0 });
  });
});

describe("edges", () => {
  test("stay straight when nothing is in the way, and bend around what is", () => {
    const places = new Map([["a", { x: 0, y: 0 }], ["b", { x: 190, y: 0 }], ["c", { x: 380, y: 0 }]]);
    const bends = routeAround(graph(["a", "b"], ["b", "c"], ["a", "c"]).edges, places, 28);
    expect([...bends.keys()]).toEqual(["a→c"]);
    expect(bends.get("a→c")).toEqual([{ x: 190, y: -38 }]);
  });
});
