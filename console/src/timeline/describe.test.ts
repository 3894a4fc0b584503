import { expect, test } from "vitest";
import { describe as words, pathOf } from "./describe";

test("a call says its operation and what it was done to", () => {
  expect(words({ aws: { operation: "PutItem", table_name: "orders" } }, "subsegment")).toBe("PutItem orders");
});
test("a query is one line", () => {
  expect(words({ sql: { sanitized_query: "SELECT 1\n  FROM t" } }, "subsegment")).toBe("SELECT 1 FROM t");
});
test("the operation OpenTelemetry named stands before what was asked, unless it says the same", () => {
  const named = (name: string, more: object = {}) => words({ name: "cart", metadata: { default: { "otel.span.name": name } }, ...more }, "segment");
  const http = { request: { method: "GET", url: "/cart" } };
  expect([named("place order"), named("place order", { http }), named("GET /cart", { http }), named("cart", { origin: "AWS::ECS" })]).toEqual(["place order", "place order · GET /cart", "GET /cart", "AWS::ECS"]);
  expect(words({ metadata: { default: [3] as unknown as object } }, "segment")).toBe("");
});
test("a request is its method and path; what is no URL stays as it was sent", () => {
  expect(words({ http: { request: { method: "GET", url: "https://a.example/b/{id}?c=1" } } }, "segment")).toBe("GET /b/{id}?c=1");
  expect(pathOf("https://a.example")).toBe("/");
  expect(pathOf("javascript:alert(1)")).toBe("javascript:alert(1)");
  expect(pathOf(undefined)).toBe("");
});
