import { describe, expect, test } from "vitest";
import type { LiveTrace } from "../../api/types.gen";
import { countIn, EMPTY, missed, released, type Tail, taken } from "./tail";

function trace(id: number | string, members: Partial<LiveTrace> = {}): LiveTrace {
  return { Id: String(id), HasFault: false, HasError: false, HasThrottle: false, IsPartial: false, Http: {}, ...members };
}
const ids = (traces: readonly LiveTrace[]) => traces.map(({ Id }) => Id);
const many = (count: number, paused: boolean, from: Tail = EMPTY) => Array.from({ length: count }, (_, i) => trace(i)).reduce((tail, each) => taken(tail, each, paused), from);

describe("the tail", () => {
  test("has the newest on top", () => expect(ids(many(3, false).shown)).toEqual(["2", "1", "0"]));
  test("keeps 300, and counts all it saw", () => {
    const tail = many(301, false);
    expect([tail.shown.length, tail.shown.at(-1)!.Id, tail.seen]).toEqual([300, "1", 301]);
  });
  test("brings what is in sight up to date where it stands, paused or not, and counts it once", () => {
    for (const paused of [false, true]) {
      const tail = taken(many(3, false), trace(1, { HasFault: true }), paused);
      expect(ids(tail.shown)).toEqual(["2", "1", "0"]);
      expect([tail.shown[1]!.HasFault, tail.held.length, tail.seen]).toEqual([true, 0, 3]);
    }
  });
  test("holds back while its reader looks, and shows it when the look is over", () => {
    const before = many(1, false);
    const held = taken(taken(before, trace("x"), true), trace("y"), true);
    expect([held.shown, ids(held.held), held.seen]).toEqual([before.shown, ["y", "x"], 3]);
    expect(released(held)).toMatchObject({ shown: [trace("y"), trace("x"), trace(0)], held: [] });
  });
  test("takes what was held back again for the same trace", () => {
    const held = taken(taken(EMPTY, trace("x"), true), trace("x", { HasError: true }), true);
    expect([held.held.length, held.held[0]!.HasError, held.seen]).toEqual([1, true, 1]);
  });
  test("says how many it could not hold", () => {
    const tail = many(302, true);
    expect([tail.held.length, tail.missed, tail.seen]).toEqual([300, 2, 302]);
    expect(missed(tail, 5).missed).toBe(7);
  });
  test("is the same when there is nothing to release", () => expect(released(EMPTY)).toBe(EMPTY));
});

test.each([[3, 3], [{ Dropped: 4 }, 4], [{ Dropped: "4" }, 0], [null, 0], [-1, 0]])("of %o, %i were dropped", (data, count) => expect(countIn(data)).toBe(count));
