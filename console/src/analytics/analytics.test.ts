import { describe, expect, test } from "vitest";
import type { BreakdownResult, StructureHop } from "../api/types.gen";
import { compareBreakdowns } from "./breakdown";
import { distributionOf, durationAt } from "./distribution";
import { hopsOf, mostTelling, tellingHops } from "./hops";
import { clausesFor, placeOn, rectangle, rectangleOf, spanned, tidy } from "../charts/rectangle";
import { explainRequest, fullExpression, isGiven, questionOf, windowOf } from "./sets";

const grid = { Columns: [100, 110, 120, 130], ColumnSeconds: 10, RowEdges: [0.01, 0.1, 1, 10] };
const window = { start: 100, end: 140 };

describe("a rectangle", () => {
  test.each(["100~110~0.5~2", "~~0.5~", "100~~~", "~~~2.125"])("%s is written as it was read", (raw) => expect(rectangle.format(rectangle.parse(raw))).toBe(raw));
  test.each([null, "", "~~~", "1~2~3", "a~b~c~d", "110~100~~", "~~2~1", "~~-1~"])("%s bounds nothing", (raw) => expect(rectangle.parse(raw)).toBeNull());
  test("is the same whichever way it was drawn", () => {
    expect(spanned([2, 0], [1, 1])).toEqual(spanned([1, 1], [2, 0]));
    expect(rectangleOf(spanned([2, 1], [1, 1]), grid, window)).toEqual({ start: 110, end: 130, min: 0.1, max: 1 });
  });
  test("is open where it reaches the border of the heatmap", () => {
    expect(rectangleOf(spanned([0, 2], [3, 2]), grid, window)).toEqual({ min: 1 });
    expect(rectangleOf(spanned([0, 0], [1, 2]), grid, window)).toEqual({ start: 100, end: 120 });
    expect(tidy(rectangleOf(spanned([0, 0], [3, 2]), grid, window))).toBeNull();
  });
  test("ends with the period, though the last column may not", () => {
    expect(rectangleOf(spanned([3, 0], [3, 2]), grid, { start: 100, end: 135 })).toEqual({ start: 130, end: 135 });
  });
  test("lies on the heatmap by moments and by ratios of durations", () => {
    const place = placeOn(grid, window);
    expect([place.x(110), place.x(500), place.y(0.1), place.y(0), place.y(99)].map((at) => Number(at.toFixed(3)))).toEqual([0.25, 1, 0.333, 0, 1]);
  });
  test("is told to the language as far as the language goes", () => {
    expect(clausesFor({ start: 1, end: 2, min: 0.5, max: 2 })).toEqual(["duration >= 0.5", "duration < 2"]);
    expect(clausesFor(null)).toEqual([]);
  });
});

describe("a basket", () => {
  const question = { group: "", filter: "ok OR fault", timeRange: { kind: "last" as const, seconds: 900 }, live: true };
  const basket = { name: "", filter: 'user = "u" OR error', rectangle: { start: 110, end: 999, min: 1 } };
  test("is given by an expression, a rectangle, or both", () => {
    expect([{ filter: " ", rectangle: null }, { filter: "", rectangle: { min: 1 } }, { filter: "ok", rectangle: null }].map((each) => isGiven({ name: "x", ...each }))).toEqual([false, true, true]);
  });
  test("is a part of the question, in words and in time", () => {
    expect(fullExpression(question, basket)).toBe('(ok OR fault) AND (user = "u" OR error) AND duration >= 1');
    expect(fullExpression({ ...question, filter: "" }, { ...basket, rectangle: null })).toBe('user = "u" OR error');
    expect(windowOf(window, basket)).toEqual({ start: 110, end: 140 });
  });
  test("is shown elsewhere by an ordinary question", () => {
    const shown = questionOf({ question, window }, basket);
    expect(shown).toEqual({ filter: '(ok OR fault) AND (user = "u" OR error) AND duration >= 1', timeRange: { kind: "fixed", start: 110, end: 140 }, live: false });
    expect(questionOf({ question, window }, { ...basket, rectangle: { max: 2 } }).timeRange).toEqual(question.timeRange);
  });
  test("is asked about with what is open left out, and against the rest without another", () => {
    const nothing = { name: "", filter: "", rectangle: null };
    expect(explainRequest({ question, window }, basket, nothing)).toEqual({
      StartTime: 100, EndTime: 140, FilterExpression: "ok OR fault", SetA: { FilterExpression: 'user = "u" OR error', StartTime: 110, EndTime: 999, MinDuration: 1 },
    });
    expect(explainRequest({ question, window }, basket, { ...nothing, rectangle: { max: 1 } }).SetB).toEqual({ MaxDuration: 1 });
  });
});

describe("values of both baskets", () => {
  const attribute = (name: string, distinct: number, counts: Record<string, number>) => ({
    Name: name, Kind: "Keyword" as const, Distinct: distinct, Count: 0,
    Values: Object.entries(counts).map(([value, count]) => ({ Value: value, Kind: "String" as const, Count: count, FaultCount: 1, ErrorCount: 0, ThrottleCount: 0, Median: 0.5, P95: 1, FilterExpression: `${name} = "${value}"` })),
  });
  const result = (count: number, ...attributes: ReturnType<typeof attribute>[]): BreakdownResult => ({ TracesProcessedCount: count, SampledShare: 1, Attributes: attributes });
  const rows = (found: ReturnType<typeof compareBreakdowns>) => found.map(({ name, values }) => [name, values.map(({ value, shareA, shareB }) => [value, shareA, shareB])]);

  test("are shares of each, the most different first", () => {
    const found = compareBreakdowns({ a: result(10, attribute("user", 2, { u: 9, v: 1 }), attribute("method", 1, { GET: 10 })), b: result(100, attribute("user", 1, { v: 50 }), attribute("method", 1, { GET: 100 })), isRest: false });
    expect(rows(found)).toEqual([["user", [["u", 0.9, 0], ["v", 0.1, 0.5]]], ["method", [["GET", 1, 1]]]]);
    expect(found[0]!.values[1]!.delta).toBeCloseTo(-0.4);
  });
  test("of the rest are those of all without A's", () => {
    const found = compareBreakdowns({ a: result(10, attribute("user", 1, { u: 10 })), b: result(30, attribute("user", 2, { u: 15, v: 15 })), isRest: true });
    expect(rows(found)).toEqual([["user", [["u", 1, 0.25], ["v", 0, 0.75]]]]);
    expect(found[0]!.values[0]!.medianB).toBeNull();
  });
  test("that are not listed are unknown where the list is cut, and none where it is not", () => {
    const found = compareBreakdowns({ a: result(10, attribute("user", 500, { u: 10 })), b: result(30, attribute("user", 2, { u: 15, v: 15 })), isRest: false });
    expect(found[0]!.values.find(({ value }) => value === "v")).toMatchObject({ countA: null, shareA: null, delta: null });
  });
  test("of an empty basket are no share of it", () => {
    expect(compareBreakdowns({ a: result(0), b: result(2, attribute("user", 1, { u: 2 })), isRest: false })[0]!.values[0]).toMatchObject({ shareA: null, shareB: 1, delta: null });
  });
});

test("a distribution is one of shares, so that a small basket is seen beside a large one", () => {
  const cell = (row: number, count: number) => ({ Column: 0, Row: row, Count: count, ErrorCount: 0, ThrottleCount: 0, FaultCount: 0 });
  const found = distributionOf({ RowEdges: [0.1, 1, 10, 1000], Cells: [cell(0, 1), cell(0, 1), cell(1, 1), cell(2, 1)] });
  expect(found).toMatchObject({ counts: [2, 1, 1], count: 4, shares: [0.5, 0.25, 0.125] });
  expect([durationAt(found, 0.5), durationAt(found, 0.75), durationAt(found, 1)]).toEqual([1, 10, 1000]);
  expect(durationAt(distributionOf({ RowEdges: [1, 2], Cells: [] }), 0.5)).toBeNull();
});

describe("the tree of both baskets", () => {
  const hop = (path: string[], contribution: number): StructureHop => ({ Path: path, Name: path.at(-1)!, Type: "", CountA: 1, CountB: 1, MedianA: 1, MedianB: 1, SelfA: 1, SelfB: 1, Contribution: contribution });
  const rows = hopsOf([hop(["shop"], 0), hop(["shop", "pay"], 0.1), hop(["shop", "pay", "db"], 0.9), hop(["shop", "cart"], 0.001), hop(["worker"], -0.2)]);
  test("has depths by its paths", () => expect(rows.map((row) => row.depth)).toEqual([0, 1, 2, 1, 0]));
  test("is shown where something differs, with what leads there", () => expect(tellingHops(rows).map((row) => row.hop.Name)).toEqual(["shop", "pay", "db", "worker"]));
  test("has one place where most of it lies", () => {
    expect(mostTelling(rows, 0.8)).toMatchObject({ share: 1, row: { hop: { Name: "db" } } });
    expect(mostTelling(rows, -0.4)).toMatchObject({ share: 0.5, row: { hop: { Name: "worker" } } });
    expect(mostTelling(rows, 0)).toBeNull();
  });
});
