import { describe, expect, test } from "vitest";
import { within } from "../pages/map/Distribution";
import { periodOf, seriesOf } from "../pages/map/series";
import { around, focusOf, READABLE } from "./focus";
import type { MapEdge, MapGraph, MapNode } from "./graph";
import { lagOf } from "./lags";
import { changeOf, looksOf, withFigures } from "./modes";
import { pinned } from "./pins";

const tally = (ok: number, fault = 0) => ({ ok, fault, error: 0, throttle: 0 });
const node = (key: string, requests = 100, average: number | null = 0.1, fault = 0): MapNode => ({
  key, name: key, type: "", account: "", client: false, root: false, tally: tally(requests - fault, fault), requests, average, health: fault > 0 ? "fault" : "ok", histogram: [],
});
const edge = (from: string, to: string, more: Partial<MapEdge> = {}): MapEdge => ({
  key: `${from}→${to}`, from, to, link: false, tally: tally(1), requests: 1, average: 0.1, health: "ok", histogram: [], ages: [], ...more,
});
const line = (count: number, faulty = -1): MapGraph => ({
  nodes: Array.from({ length: count }, (_, i) => node(`n${i}`, 100 + i, 0.1, i === faulty ? 50 : 0)),
  edges: Array.from({ length: count - 1 }, (_, i) => edge(`n${i}`, `n${i + 1}`)),
});
const keys = ({ nodes }: MapGraph) => nodes.map(({ key }) => key);

describe("the focus of the map", () => {
  test("is everything as long as that can be read", () => {
    expect(focusOf(line(READABLE), "")).toMatchObject({ why: "all" });
  });
  test("is what has problems, and what is next to it, when there is more", () => {
    const { graph, why } = focusOf(line(READABLE + 1, 7), "");
    expect([why, keys(graph)]).toEqual(["problems", ["n6", "n7", "n8"]]);
    expect(graph.edges.map(({ key }) => key)).toEqual(["n6→n7", "n7→n8"]);
  });
  test("is what is busiest when nothing has problems", () => {
    const { graph, why } = focusOf(line(400), "");
    expect([why, keys(graph).at(-1), graph.nodes.length]).toEqual(["busiest", "n399", 26]);
  });
  test("is what the reader asks for, or everything", () => {
    expect(keys(focusOf(line(10), "n3").graph)).toEqual(["n2", "n3", "n4"]);
    expect(focusOf(line(400, 7), "all")).toMatchObject({ why: "all" });
    expect(focusOf(line(10), "who")).toMatchObject({ why: "all" });
    expect(around(line(3), []).nodes).toEqual([]);
  });
});

describe("a change against the period before", () => {
  test("is a different latency, a different share of faults, a coming or a going", () => {
    expect(changeOf(node("a", 100, 0.2), node("a", 100, 0.1))).toMatchObject({ kind: "moved", latency: expect.closeTo(1) });
    expect(changeOf(node("a", 100, 0.1, 10), node("a"))).toMatchObject({ kind: "moved", latency: null, faults: expect.closeTo(0.1) });
    expect(changeOf(node("a"), undefined)).toEqual({ kind: "new" });
    expect(changeOf(node("a", 0, null), node("a"))).toEqual({ kind: "gone" });
  });
  test("is none when little moved, or of too few requests", () => {
    expect(changeOf(node("a", 100, 0.11), node("a", 100, 0.1))).toEqual({ kind: "same" });
    expect(changeOf(node("a", 2, 0.9), node("a", 100, 0.1))).toEqual({ kind: "same" });
  });
  test("looks worse, better or quiet", () => {
    const graph = { nodes: [node("up", 100, 0.3), node("down", 100, 0.05), node("still")], edges: [] };
    const changes = new Map(graph.nodes.map((each) => [each.key, changeOf(each, node(each.key))]));
    const looks = looksOf("change", graph, changes)!;
    expect(["up", "down", "still"].map((key) => looks.get(key)!.ink)).toEqual(["fault", "ok", "line-strong"]);
    expect(looksOf("health", graph, changes)).toBeNull();
  });
});

test("traffic makes a node larger, latency its ring thicker", () => {
  const graph = { nodes: [node("a", 1, 1), node("b", 100, 0.01)], edges: [] };
  const size = looksOf("traffic", graph, new Map())!;
  const ring = looksOf("latency", graph, new Map())!;
  expect(size.get("b")!.size).toBeGreaterThan(size.get("a")!.size);
  expect(ring.get("a")!.weight).toBeGreaterThan(ring.get("b")!.weight);
});
test("a minute has every node of the period, so that nothing moves", () => {
  const minute = withFigures(line(3), { nodes: [node("n1", 7)], edges: [] });
  expect(minute.nodes.map(({ key, requests }) => [key, requests])).toEqual([["n0", 0], ["n1", 7], ["n2", 0]]);
  expect(minute.edges).toHaveLength(2);
});
test("the lag of an edge is the age of its events at the median", () => {
  expect(lagOf(edge("a", "b", { ages: [{ Value: 1, Count: 5 }, { Value: 9, Count: 4 }] }))).toBe(1);
  expect(lagOf(edge("a", "b"))).toBeNull();
});
test("a pinned node is where it was put, and only that", () => {
  const layout = { places: new Map([["a", { x: 0, y: 0 }], ["b", { x: 1, y: 1 }]]), width: 1, height: 1 };
  expect([...pinned(layout, { b: { x: 9, y: 9 }, gone: { x: 5, y: 5 } }).places]).toEqual([["a", { x: 0, y: 0 }], ["b", { x: 9, y: 9 }]]);
  expect(pinned(layout, {})).toBe(layout);
});
test("a stretch of a histogram is an expression about the same selection", () => {
  expect(within('service("a")', 0.1, 0.5)).toBe('service("a") { responsetime >= 0.1 AND responsetime < 0.5 }');
  expect(within("edge(a, b)", 1, null)).toBe("edge(a, b) { responsetime >= 1 }");
});
test("a period is cut into minutes up to an hour, and every bar is there", () => {
  expect([periodOf({ start: 0, end: 3600 }), periodOf({ start: 0, end: 3601 })]).toEqual([60, 300]);
  const bins = seriesOf([{ Timestamp: 60, ServiceSummaryStatistics: { OkCount: 3, FaultStatistics: { TotalCount: 1 } } } as never], 0, 180, 60);
  expect(bins.map(({ ok, fault }) => [ok, fault])).toEqual([[0, 0], [3, 1], [0, 0]]);
});
