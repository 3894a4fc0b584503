import { expect, test } from "vitest";
import type { TraceSummary } from "../../api/types.gen";
import { facetsOf } from "./facets";

const trace = (members: object) => ({ Http: {}, ServiceIds: [], Users: [], FaultRootCauses: [], ErrorRootCauses: [], ...members }) as unknown as TraceSummary;

test("a trace counts once for each value it has, and each value has its clause", () => {
  const facets = facetsOf([
    trace({ HasFault: true, Http: { HttpURL: "https://shop/cart?x=1", HttpMethod: "GET" }, ServiceIds: [{ Name: "a", Type: "A" }, { Name: "a", Type: "B" }, { Name: "b", Type: "client" }] }),
    trace({ ServiceIds: [{ Name: "a" }, { Name: 'c"' }], Users: [{ UserName: "u" }] }),
  ]);
  expect(facets.service).toEqual([{ label: "a", clause: 'service("a")', count: 2 }, { label: 'c"', clause: 'service("c\\"")', count: 1 }]);
  expect(facets.url).toEqual([{ label: "/cart?x=1", clause: 'http.url = "https://shop/cart?x=1"', count: 1 }]);
  expect(facets.user[0]!.clause).toBe('user = "u"');
});
test("statuses count as the keywords match: what was throttled is an error too, and the gravest comes first", () => {
  const facets = facetsOf([trace({}), trace({}), trace({ HasError: true, HasThrottle: true }), trace({ HasError: true }), trace({ HasFault: true })]);
  expect(facets.status.map(({ clause, count }) => [clause, count])).toEqual([["fault", 1], ["throttle", 1], ["error", 2], ["ok", 2]]);
});
test("a root cause is the exception at its end, or the service when none was told", () => {
  const cause = (exceptions: object[]) => [{ Services: [{ Name: "a", EntityPath: [] }, { Name: "b", EntityPath: [{ Exceptions: [] }, { Exceptions: exceptions }] }] }];
  const facets = facetsOf([trace({ FaultRootCauses: cause([{ Name: "E", Message: "no money" }]) }), trace({ ErrorRootCauses: cause([]) })]);
  expect(facets.cause.map(({ label, clause, status }) => [label, clause, status])).toEqual([
    ["no money", 'rootcause.fault.exception { message = "no money" }', "fault"],
    ["b", 'rootcause.error.service { last AND name = "b" }', "error"],
  ]);
});
