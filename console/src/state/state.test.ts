import { describe, expect, test } from "vitest";
import { ApiError } from "../api/client";
import { narrowed, narrowedTo } from "../charts/narrowed";
import { type Command, commandsFor } from "../shell/commands";
import { fromAws } from "./aws-links";
import { expressionOf, refusedFilter } from "./question";
import { range, resolve } from "./range";
import { statusOf } from "./status";
import { traceIdIn } from "./trace-id";
import { flag, oneOf, readSearch, text, writeSearch } from "./url";

describe("the address", () => {
  const schema = { filter: text, live: flag, view: oneOf("map", "table") };
  test("leaves defaults out and keeps what it does not know", () => {
    const search = writeSearch(schema, "?x=1&live=1", { filter: 'user = "a&b"', live: false, view: "table" });
    expect(search).toBe("x=1&filter=user+%3D+%22a%26b%22&view=table");
    expect(readSearch(schema, search)).toEqual({ filter: 'user = "a&b"', live: false, view: "table" });
  });
  test("reads nonsense as the default", () => {
    expect(readSearch(schema, "?view=%00&live=yes").view).toBe("map");
  });
});

describe("a time range", () => {
  test.each(["PT5M", "PT1H", "PT90S", "2026-11-23T10:00:00Z~2026-11-23T11:00:00Z"])("%s is written as it was read", (raw) => {
    expect(range.format(range.parse(raw))).toBe(raw);
  });
  test.each([null, "", "PT", "P0D", "soon", "2026-11-23T11:00:00Z~2026-11-23T10:00:00Z"])("%s is the default", (raw) => {
    expect(range.parse(raw)).toEqual({ kind: "last", seconds: 900 });
  });
  test("that is relative ends now", () => {
    expect(resolve(range.parse("P1DT1H"), 100_000)).toEqual({ start: 10_000, end: 100_000 });
  });
});

describe("a pasted trace id", () => {
  const id = "1-6553f100-0123456789abcdef01234567";
  test.each([
    id, ` ${id.toUpperCase().replace("1-", "1-")} `, "6553f1000123456789abcdef01234567",
    "00-6553f1000123456789abcdef01234567-0123456789abcdef-01", `Root=${id};Parent=0123456789abcdef;Sampled=1`,
    `https://console.example/xray/home?region=x#/traces/${id}`,
  ])("%s opens the trace", (pasted) => expect(traceIdIn(pasted)).toBe(id));
  test.each(["", "fault", `traceid = "${id}" AND fault`, "6553f100"])("%s is a question", (pasted) => expect(traceIdIn(pasted)).toBeNull());
});

describe("an address of AWS's console", () => {
  const id = "1-6553f100-0123456789abcdef01234567";
  test.each([
    ["/xray/home", "#/service-map", "/map"], ["/xray/home", "#/service-map?timeRange=PT1H", "/map?timeRange=PT1H"], ["/xray/home", `#/traces/${id}`, `/traces/${id}`], ["/xray/home", `#/traces/${id}/raw`, `/traces/${id}`],
    ["/xray/home", "#/traces?filter=service(%22a%22)%20%7B%20fault%20%7D&timeRange=PT15M", "/traces?filter=service%28%22a%22%29+%7B+fault+%7D&timeRange=PT15M"], ["/xray/home", "", "/"], ["/xray/home/", "#/analytics", "/"],
    ["/cloudwatch/home", "#xray:traces/query", "/traces"], ["/cloudwatch/home", "#xray:service-map/map", "/map"], ["/cloudwatch/home", `#xray:traces/${id}`, `/traces/${id}`], ["/xray/home", "#/config/sampling", "/sampling"],
  ])("%s%s leads to %s", (path, hash, page) => expect(fromAws(path, hash)).toBe(page));
  test("is not one of ours", () => expect(["/", "/traces", "/xray", "/xray/homes"].map((path) => fromAws(path, "#/traces"))).toEqual([null, null, null, null]));
});

describe("the command palette", () => {
  const gone: string[] = [];
  const page = (label: string): Command => ({ id: label, kind: "palette.page", label, detail: "", act: () => gone.push(label) });
  const does = { go: (path: string, filter = "") => void gone.push(`${path} ${filter}`), recent: [{ id: "1-6553f100-0123456789abcdef01234567", name: "shop GET /cart" }], fixed: [page("Trace map"), page("Groups")] };
  const labels = (typed: string) => commandsFor(typed, does).map((command) => command.label);
  test("finds pages and recent traces by parts of their names, can always search, and offers what was opened last first", () => {
    expect(labels("")).toEqual(["shop GET /cart", "Trace map", "Groups"]);
    expect(labels("map tra")).toEqual(["Trace map", "map tra"]);
    expect(labels("cart")).toEqual(["shop GET /cart", "cart"]);
  });
  test("opens an id that was pasted, and searches for anything else", () => {
    expect(commandsFor("Root=1-6553f100-0123456789abcdef01234567", does).map((command) => command.kind)).toEqual(["palette.open"]);
    commandsFor("fault", does).at(-1)!.act();
    expect(gone).toEqual(["/traces fault"]);
  });
});

test("the group is a clause of the expression", () => {
  expect(expressionOf({ group: "", filter: " fault " })).toBe("fault");
  expect(expressionOf({ group: 'a"b', filter: "fault OR error" })).toBe('group.name = "a\\"b" AND (fault OR error)');
});
test("a refusal is the filter's when it points behind the group", () => {
  const refused = (column: number) => new ApiError("GetTraceSummaries", "InvalidRequestException", `FilterExpression, column ${column}: no`, 400, null, null);
  const question = { group: "g", filter: "fault bad" };
  const before = 'group.name = "g" AND ('.length;
  expect(refusedFilter(refused(before + 7), question)?.at).toBe(6);
  expect(refusedFilter(refused(3), question)).toBeNull();
  expect(refusedFilter(refused(7), { group: "", filter: "fault bad" })?.at).toBe(6);
});
test("flags decide the status, the HTTP status only without them", () => {
  expect(statusOf({ fault: true, error: true, pending: true })).toBe("fault");
  expect(statusOf({ error: true, throttle: true })).toBe("throttle");
  expect(statusOf({ pending: true, httpStatus: 500 })).toBe("pending");
  expect([200, 404, 429, 503].map((httpStatus) => statusOf({ httpStatus }))).toEqual(["ok", "error", "throttle", "fault"]);
});
test("a second drag replaces the clause of the first", () => {
  const once = narrowed("fault", 0.1, 0.5);
  expect(once).toBe("fault AND responsetime >= 0.1 AND responsetime < 0.5");
  expect(narrowed(once, 0.2, 0.3)).toBe("fault AND responsetime >= 0.2 AND responsetime < 0.3");
  expect(narrowed(narrowed("", 1, 2), 1e-4, 3)).toBe("responsetime >= 0.0001 AND responsetime < 3");
  const drawn = narrowedTo("fault AND duration >= 9 AND duration < 10", { min: 0.5, max: 2 });
  expect(drawn).toBe("fault AND duration >= 0.5 AND duration < 2");
  expect(narrowedTo(drawn, { start: 1, end: 2 })).toBe("fault");
});
