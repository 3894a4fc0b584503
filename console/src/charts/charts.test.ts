import { describe, expect, test } from "vitest";
import { total } from "../state/status";
import { binByTime, binByValue, quantile } from "./bins";
import { clockStep, ticks } from "./ticks";

describe("bars over time", () => {
  const bins = binByTime([{ time: 100, value: 1, status: "ok" }, { time: 159.9, value: 1, status: "fault" }, { time: 700, value: 1, status: "pending" }], 95, 695, 10);
  test("start at round moments and cover the period", () => {
    expect(bins[0]!.from).toBe(60);
    expect(bins.at(-1)!.to).toBeGreaterThanOrEqual(695);
  });
  test("count by status; what is in progress has no problem so far", () => {
    expect(bins.find((bin) => bin.from === 120)).toMatchObject({ fault: 1, ok: 0 });
    expect(bins.reduce((sum, bin) => sum + total(bin), 0)).toBe(3);
  });
});

describe("bars of response times", () => {
  test("hold every value exactly once, at the edges too", () => {
    const values = [0.001, 0.00999, 0.01, 0.1, 1, 60].map((value) => ({ value, count: 2 }));
    const bins = binByValue(values);
    expect(bins.reduce((sum, bin) => sum + bin.ok, 0)).toBe(12);
    for (const { value } of values) expect(bins.some((bin) => bin.from <= value * 1.000001 && value < bin.to && bin.ok > 0)).toBe(true);
  });
  test("are at least a decade wide, and none without values", () => {
    expect(binByValue([{ value: 0.05 }]).length).toBeGreaterThan(8);
    expect(binByValue([{ value: 0 }])).toEqual([]);
  });
});

test("quantiles weigh by count", () => {
  const entries = [{ value: 3, count: 1 }, { value: 1, count: 98 }, { value: 2, count: 1 }];
  expect([quantile(entries, 0.5), quantile(entries, 0.99), quantile(entries, 1)]).toEqual([1, 2, 3]);
  expect(quantile([], 0.5)).toBeNull();
});
test("ticks are round", () => {
  expect(ticks(0, 1.2, 7)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1, 1.2]);
  expect(ticks(0.31, 0.34, 4)).toEqual([0.31, 0.32, 0.33, 0.34]);
  expect(clockStep(900, 60)).toBe(15);
});
