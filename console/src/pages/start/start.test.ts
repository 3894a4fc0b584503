import { describe, expect, test } from "vitest";
import type { Arrivals, ServerFacts } from "../../api/types.gen";
import { progressOf, remedyOf } from "./arrivals";
import { tracesIn } from "./offline";
import { placeOf } from "./place";

function arrivals(members: Partial<Arrivals> = {}): Arrivals {
  return { Datagrams: 0, Accepted: 0, Stored: 0, Spans: 0, Rejected: [], ...members };
}
function rejected(Source: string, Reason: string, Count: number) {
  return { Source, Reason, Message: "", Count };
}

describe("the checklist", () => {
  const first = arrivals({ Datagrams: 5, Accepted: 5, Stored: 5, NewestTraceId: "old", Rejected: [rejected("udp", "InvalidId", 2)] });
  test("starts from what had come before the page was opened", () => {
    expect(progressOf(first, first)).toEqual({ reached: false, accepted: false, stored: false, traceId: null, refused: 0, rejected: [] });
  });
  test("goes on a step at a time", () => {
    const datagram = { ...first, Datagrams: 6 };
    expect(progressOf(first, datagram)).toMatchObject({ reached: true, accepted: false });
    expect(progressOf(first, { ...datagram, Accepted: 6 })).toMatchObject({ accepted: true, stored: false });
    expect(progressOf(first, { ...datagram, Accepted: 6, Stored: 6 })).toMatchObject({ stored: true, traceId: null });
    expect(progressOf(first, { ...datagram, Accepted: 6, Stored: 6, NewestTraceId: "new" }).traceId).toBe("new");
  });
  test("takes no step before the one ahead of it: what was waiting to be stored is no news", () => {
    expect(progressOf(first, { ...first, Stored: 6, NewestTraceId: "new" })).toMatchObject({ reached: false, stored: false, traceId: null });
  });
  test("knows of a trace that has come all the way when that is all it is told", () => {
    expect(progressOf({ NewestTraceId: "old" }, { NewestTraceId: "old" })).toMatchObject({ reached: false, stored: false, traceId: null });
    expect(progressOf({}, { NewestTraceId: "new" })).toMatchObject({ reached: true, accepted: true, stored: true, traceId: "new" });
  });
  test("tells what was refused and what was not taken since, and that it got here", () => {
    const progress = progressOf(first, { ...first, Rejected: [rejected("udp", "InvalidId", 3), rejected("http", "InvalidSignatureException", 2)] });
    expect(progress).toMatchObject({ reached: true, accepted: false, refused: 2, rejected: [{ reason: "InvalidId", count: 1 }] });
  });
});
test.each([["InvalidTraceId", "InvalidTraceId"], ["udp.rejected.invalidtraceid", "InvalidTraceId"], ["Surprise", "other"], ["", "other"]])("%s is mended as %s", (reason, remedy) => expect(remedyOf(reason)).toBe(remedy));

describe("a file", () => {
  const segment = { id: "b", trace_id: "1-a" };
  const text = JSON.stringify(segment);
  test.each([
    ["a segment", text],
    ["a segment a line, behind the header of SDKs", `{"format": "json", "version": 1}\n${text}\n`],
    ["an answer of BatchGetTraces", JSON.stringify({ Traces: [{ Id: "1-a", Segments: [{ Id: "b", Document: text }] }] }, null, 2)],
    ["a request of PutTraceSegments", JSON.stringify({ TraceSegmentDocuments: [text] })],
    ["two answers one after the other, with the same segment", `${JSON.stringify({ Traces: [{ Segments: [{ Document: text }] }] }, null, 2)}\n${JSON.stringify([segment])}`],
  ])("that is %s has its trace", (_what, file) => expect(tracesIn(file)).toEqual({ traces: [{ id: "1-a", documents: [text] }] }));
  test.each([["", "empty"], [" \n", "empty"], ["<html>", "json"], [`${text}\n{"id":`, "json"], ["{}", "nothing"], ['"text"', "nothing"]])("that is %j has none, and says why", (file, problem) => {
    expect(tracesIn(file)).toEqual({ problem });
  });
});

describe("where to send", () => {
  const server = { UdpAddress: "0.0.0.0:2000", Region: "eu-west-3", OtlpHttpPort: 4318, Auth: "required" } as ServerFacts;
  test("is the address the page was read at", () => {
    const place = placeOf(server, { origin: "https://traces.example", protocol: "https:", hostname: "traces.example" });
    expect(place).toEqual({ url: "https://traces.example", udp: "traces.example:2000", otlp: "https://traces.example:4318", region: "eu-west-3", signed: true, near: false });
  });
  test("is a number on this machine, where nothing is in between", () => {
    const place = placeOf({ ...server, Auth: "local" }, { origin: "http://localhost:2000", protocol: "http:", hostname: "localhost" });
    expect(place).toMatchObject({ udp: "127.0.0.1:2000", otlp: "http://127.0.0.1:4318", signed: false, near: true });
  });
});
