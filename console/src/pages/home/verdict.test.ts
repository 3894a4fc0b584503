import { describe, expect, test } from "vitest";
import type { ServiceChange } from "../../api/types.gen";
import { ratio, verdictOf, worst } from "./verdict";

function change(members: Partial<ServiceChange> = {}): ServiceChange {
  const shares = { FaultShare: 0, FaultShareBefore: 0, ErrorShare: 0, ErrorShareBefore: 0, ThrottleShare: 0, ThrottleShareBefore: 0 };
  return { Name: "cart", Type: "", Count: 10, CountBefore: 10, ...shares, P50: 0, P50Before: 0, P95: 0, P95Before: 0, IsUnhealthy: false, Worse: 0, ...members };
}

describe("the verdict", () => {
  test("of services that are well is ok, and counts those that were asked", () => {
    expect(verdictOf([change(), change({ Count: 0, IsUnhealthy: true })])).toEqual({ status: "ok", unhealthy: [], since: null, seen: 1 });
  });
  test("is a fault when one of those that got worse has more faults than before, and an error otherwise", () => {
    const slow = change({ IsUnhealthy: true, FaultShare: 0.1, FaultShareBefore: 0.1 });
    expect(verdictOf([slow]).status).toBe("error");
    expect(verdictOf([slow, change({ IsUnhealthy: true, FaultShare: 0.2 })]).status).toBe("fault");
  });
  test("dates from the first bad minute of any, and from none when none is known", () => {
    expect(verdictOf([change({ IsUnhealthy: true, FirstBad: 900 }), change({ IsUnhealthy: true, FirstBad: 600 }), change({ FirstBad: 60 })]).since).toBe(600);
    expect(verdictOf([change({ IsUnhealthy: true })]).since).toBeNull();
  });
});

test("only changes for the worse are listed, the largest first", () => {
  const named = [change({ Name: "a", Worse: 1 }), change({ Name: "b", Worse: 3 }), change({ Name: "c" }), change({ Name: "d", Worse: 9, Count: 0 }), change({ Name: "e", Worse: 2 })];
  expect(worst(named, 2).map(({ Name }) => Name)).toEqual(["b", "e"]);
});
test("nothing before is no ratio", () => {
  expect(ratio(3, 2)).toBe(1.5);
  expect(ratio(3, 0)).toBeNull();
});
