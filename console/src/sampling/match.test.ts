import { describe, expect, test } from "vitest";
import type { SamplingRule } from "../api/types.gen";
import { consider, type Incoming, inOrder, READINGS, shadowOf } from "./match";
import { statisticsOf } from "./statistics";
import { matches } from "./wildcard";

const rule = (RuleName: string, Priority: number, members: Partial<SamplingRule> = {}): SamplingRule => ({
  RuleName, Priority, ResourceARN: "*", FixedRate: 0.1, ReservoirSize: 1, ServiceName: "*", ServiceType: "*", Host: "*", HTTPMethod: "*", URLPath: "*", Version: 1, Attributes: {}, ...members,
});
const DEFAULT = rule("Default", 10_000);
const asked = (members: Partial<Incoming> = {}): Incoming => ({ service: "", type: "", method: "", host: "", path: "", arn: "", attributes: {}, ...members });

describe("a pattern", () => {
  test.each([
    ["*", "", true], ["*", "anything", true], ["", "", true], ["", "x", false], ["/api/*/x", "/api/a/b/x", true], ["/api/*/x", "/api/x", false], ["a?c", "abc", true], ["a?c", "ac", false],
    ["HOST*", "host.example", true], ["*a*b", "aab", true], ["*a*b", "ba", false], ["a**c", "ac", true], ["?", "🙂", true], ["*.example", "a.example.", false], ["a.c", "abc", false], ["İ?", "İx", true],
  ])("%s against %s: %s", (pattern, text, yes) => expect(matches(pattern, text)).toBe(yes));
  test("tells case apart for OpenTelemetry only", () => expect(matches("HOST*", "host.example", true)).toBe(false));
  test("of many stars is decided at once", () => expect(matches("*a".repeat(40) + "b", "a".repeat(5000))).toBe(false));
});

describe("the rule that decides", () => {
  const rules = [DEFAULT, rule("b", 5, { HTTPMethod: "POST" }), rule("a", 5, { URLPath: "/Cart/*" }), rule("late", 9)];
  const verdict = (incoming: Partial<Incoming>, reading: keyof typeof READINGS) => consider(rules, asked(incoming), READINGS[reading]).at(-1)!.rule.RuleName;
  test("is the first by priority, then by name", () => {
    expect(inOrder(rules).map((each) => each.RuleName)).toEqual(["a", "b", "late", "Default"]);
    expect(verdict({ path: "/cart/7", method: "POST" }, "xray")).toBe("a");
  });
  test("may be one the request says nothing against, for X-Ray's SDKs and not for OpenTelemetry", () => {
    expect(verdict({}, "xray")).toBe("a");
    expect(verdict({}, "otel")).toBe("late");
  });
  test("can turn on upper and lower case", () => {
    const seen = consider(rules, asked({ path: "/cart/7" }), READINGS.otel);
    expect(seen[0]!.mismatches).toEqual([{ field: "URLPath", pattern: "/Cart/*", value: "/cart/7", reason: "case" }]);
  });
  test("is Default when no other matches, whatever Default says", () => {
    expect(consider([rule("a", 1, { Host: "x" }), rule("Default", 10_000, { Host: "y" })], asked({ host: "z" }), READINGS.xray).at(-1)!.rule.RuleName).toBe("Default");
  });
  test("has attributes only for OpenTelemetry; X-Ray's SDKs skip it", () => {
    const vip = rule("vip", 1, { Attributes: { tier: "g*" }, ResourceARN: "arn:*" });
    const incoming = asked({ attributes: { tier: "gold" }, arn: "arn:aws:x" });
    expect(consider([vip, DEFAULT], incoming, READINGS.otel)).toHaveLength(1);
    expect(consider([vip, DEFAULT], incoming, READINGS.xray)[0]!.mismatches.map((each) => each.reason)).toEqual(["arn", "attributes"]);
    expect(consider([vip, DEFAULT], asked({ arn: "arn:x" }), READINGS.otel)[0]!.mismatches).toEqual([{ field: "Attributes.tier", pattern: "g*", value: null, reason: "missing" }]);
  });
  test("has version 1", () => {
    expect(consider([rule("new", 1, { Version: 2 }), DEFAULT], asked(), READINGS.xray)[0]!.mismatches[0]!.reason).toBe("version");
  });
});

test("a rule behind one that matches as much or more never decides", () => {
  const rules = [rule("wide", 1, { HTTPMethod: "POST" }), rule("narrow", 2, { HTTPMethod: "POST", URLPath: "/a" }), rule("other", 3, { URLPath: "/a" }), DEFAULT];
  expect(rules.map((each) => shadowOf(each, rules)?.RuleName ?? null)).toEqual([null, "wide", null, null]);
  expect(shadowOf(DEFAULT, [rule("vip", 1, { Attributes: { a: "b" } }), DEFAULT])).toBeNull();
});
test("statistics are of the last ten minutes, in columns of ten seconds that end now", () => {
  const summary = (RuleName: string, Timestamp: number) => ({ RuleName, Timestamp, RequestCount: 10, SampledCount: 2, BorrowCount: 1 });
  const found = statisticsOf([summary("a", 990), summary("a", 1000), summary("a", 380), summary("b", 1000)], 1003);
  expect(found.get("a")).toMatchObject({ matched: 20, sampled: 4, borrowed: 2 });
  expect(found.get("a")!.trend.slice(-2)).toEqual([10, 10]);
  expect(found.get("a")!.trend).toHaveLength(60);
});
