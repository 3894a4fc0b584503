import { describe, expect, test } from "vitest";
import type { TrailEvent } from "../../api/trail";
import { clauseOf, clausesIn, isShown, linesOf, requestFor } from "./clauses";
import { gapsIn } from "./gaps";
import { aboutOf, OWN_SOURCE, told, whoOf } from "./record";

function event(members: Partial<TrailEvent> = {}, record: object = {}): TrailEvent {
  return { EventId: "1", EventName: "ListUsers", EventSource: "iam.amazonaws.com", ReadOnly: "true", EventTime: 0, Resources: [], CloudTrailEvent: JSON.stringify(record), ...members };
}
const named = (...names: string[]) => names.map((ResourceName) => ({ ResourceName, ResourceType: "AWS::IAM::Role" }));

describe("what became of a request", () => {
  test.each([
    [{}, "done"], [{ errorCode: "AccessDenied" }, "refused"], [{ errorCode: "SignatureDoesNotMatch" }, "refused"], [{ errorCode: "EntityAlreadyExists" }, "failed"],
  ])("of %o is %s", (record, outcome) => expect(told(event({}, record)).outcome).toBe(outcome));
  test("is a notice where the audit tells of itself", () => expect(told(event({ EventSource: "audit.radiograph" })).outcome).toBe("told"));
  test("of a record that is no JSON is what its event says", () => expect(told(event({ CloudTrailEvent: "{" }))).toMatchObject({ outcome: "done", record: {} }));
  test("was only read, unless it was refused or gave a session", () => {
    expect(told(event()).isRead).toBe(true);
    expect(told(event({}, { errorCode: "AccessDenied" })).isRead).toBe(false);
    expect(told(event({}, { errorCode: "NoSuchEntity" })).isRead).toBe(true);
    expect(told(event({ EventName: "AssumeRole" })).isRead).toBe(false);
    expect(told(event({ EventName: "GetSessionToken" })).isRead).toBe(false);
  });
});

test("a session is said with its role, one who proved nothing with the key that was claimed", () => {
  expect(whoOf(told(event({ Username: "one" }, { userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::000000000000:assumed-role/checkout/one" } })))).toBe("checkout/one");
  expect(whoOf(told(event({}, { userIdentity: { type: "Unknown", accessKeyId: "AKIA" } })))).toBe("AKIA");
  expect(whoOf(told(event()))).toBeNull();
});
test("what it is about is said once", () => {
  expect(aboutOf(event({ Resources: named("ann", "arn:aws:iam::0:user/team/ann", "arn:aws:iam::aws:policy/Read", "AROA:ann") }))).toEqual(["ann", "policy/Read"]);
});

test("a gap is found behind any number of summaries, and only where the audit itself tells of it", async () => {
  const all = [
    ...Array.from({ length: 200 }, () => event({ EventName: "SummarizeEvents", EventSource: OWN_SOURCE })),
    event({ EventName: "MissAuditRecords", EventSource: OWN_SOURCE }), event({ EventName: "RepairAuditFile", EventSource: "xray.amazonaws.com" }),
  ];
  const gaps = await gapsIn(async ({ LookupAttributes: [by] = [] }) => ({ Events: all.filter((one) => by && one[by.AttributeKey as "EventName"] === by.AttributeValue).slice(0, 50) }));
  expect(gaps).toEqual([{ name: "MissAuditRecords", count: 1 }]);
});

describe("a question", () => {
  const nothing = { EventName: "", Username: "", ResourceName: "", ResourceType: "", EventSource: "", AccessKeyId: "", ReadOnly: "", EventId: "" };
  const clauses = clausesIn({ ...nothing, Username: "ann", ResourceName: "checkout" });
  test("asks for the narrowest of its clauses, for CloudTrail takes one", () => {
    expect(requestFor(clauses, { start: 1.5, end: 9.5 }, false)).toEqual({ LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: "checkout" }], StartTime: 1, EndTime: 10, MaxResults: 50 });
    expect(requestFor([], { start: 1, end: 9 }, true)).toEqual({ StartTime: 1, MaxResults: 50 });
  });
  test("shows what has all of them, and is of those to be shown", () => {
    const one = told(event({ Username: "ann", Resources: named("checkout"), EventName: "DeleteRole", ReadOnly: "false" }));
    expect(isShown(one, clauses, "notable")).toBe(true);
    expect(isShown(one, clauses, "refused")).toBe(false);
    expect(isShown(told(event({ Username: "ann" })), clauses, "all")).toBe(false);
    expect(isShown(told(event()), [], "notable")).toBe(false);
  });
});

describe("a record", () => {
  const one = event({ AccessKeyId: "AKIA", Username: "ann", Resources: named("checkout") });
  test.each([
    ["eventName", "ListUsers", "EventName"], ["readOnly", "true", "ReadOnly"], ["accessKeyId", "AKIA", "AccessKeyId"], ["userName", "ann", "Username"], ["roleName", "checkout", "ResourceName"],
  ])("leads from %s to others like it", (member, value, key) => expect(clauseOf(one, member, value)).toEqual({ key, value }));
  test("leads nowhere from what cannot be looked up", () => {
    expect(clauseOf(one, "awsRegion", "us-east-1")).toBeNull();
    expect(clauseOf(one, "accessKeyId", "ASIA")).toBeNull();
  });
  test("is written as it is, whatever is in it", () => {
    const hostile = { userAgent: '<img src=x onerror="1">\\', eventName: 'a"b', list: ["checkout"], n: 1, nothing: null };
    const lines = linesOf(event({ Resources: named("checkout"), CloudTrailEvent: JSON.stringify(hostile) }));
    expect(lines.map(({ before, value, after }) => before + value + after).join("\n")).toBe(JSON.stringify(hostile, null, 2));
    expect(lines.flatMap(({ clause }) => clause ?? [])).toEqual([{ key: "EventName", value: 'a"b' }, { key: "ResourceName", value: "checkout" }]);
    expect(linesOf(event({ CloudTrailEvent: "no JSON" })).map(({ before }) => before)).toEqual(["no JSON"]);
  });
});
