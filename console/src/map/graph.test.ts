import { describe, expect, test } from "vitest";
import type { Service } from "../api/types.gen";
import { healthOf } from "../state/status";
import { glyphOf } from "./glyphs";
import { buildGraph } from "./graph";
import { arrangeLabels, shorten } from "./map-labels";
import { selectorOf } from "./selector";

const statistics = (ok: number, fault: number, seconds: number) => ({
  OkCount: ok,
  ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
  FaultStatistics: { OtherCount: fault, TotalCount: fault },
  TotalCount: ok + fault,
  TotalResponseTime: seconds,
});
const services = [
  { ReferenceId: 7, Name: "web", Names: ["web"], Type: "client", Edges: [{ ReferenceId: 3, SummaryStatistics: statistics(8, 2, 5) }] },
  { ReferenceId: 3, Name: "web", Names: ["web"], Type: "AWS::ECS::Container", Root: true, Edges: [], SummaryStatistics: statistics(8, 2, 4) },
] as unknown as Service[];

describe("the graph", () => {
  test("joins edges to nodes by reference, and names both by what lasts", () => {
    const { nodes, edges } = buildGraph(services);
    expect(nodes.map((node) => node.key)).toEqual(["web|client|", "web|AWS::ECS::Container|"]);
    expect(edges).toMatchObject([{ from: "web|client|", to: "web|AWS::ECS::Container|", average: 0.5, health: "fault" }]);
  });
  test("tells of a client what its calls saw", () => {
    expect(buildGraph(services).nodes[0]).toMatchObject({ client: true, requests: 10, average: 0.5, health: "unknown" });
  });
  test("ignores an edge to a node of another page", () => {
    expect(buildGraph([{ ...services[0]!, Edges: [{ ...services[0]!.Edges[0]!, ReferenceId: 99 }] }]).edges).toEqual([]);
  });
});

test("one failure in ten thousand is not a problem, one in a hundred is", () => {
  expect(healthOf({ ok: 9999, fault: 1, error: 0, throttle: 0 })).toBe("ok");
  expect(healthOf({ ok: 98, fault: 1, error: 1, throttle: 0 })).toBe("fault");
  expect(healthOf({ ok: 0, fault: 0, error: 0, throttle: 0 })).toBe("unknown");
});
test("selectors quote what would end a string early", () => {
  expect(selectorOf({ name: 'a"b\\', type: "T", client: false })).toBe('service(id(name: "a\\"b\\\\", type: "T"))');
});
test("the calls of clients are found by the service they reach", () => {
  const [client, web] = [{ name: "web", type: "client", client: true }, { name: "web", type: "", client: false }];
  expect(selectorOf(client, web)).toBe('service(id(name: "web"))');
  expect(selectorOf(web, { ...web, name: "db" })).toBe('edge(id(name: "web"), id(name: "db"))');
  expect(selectorOf(client)).toBeNull();
});
test("services of one name and type are told apart by their accounts, the others are not", () => {
  const of = (account: string, reference: number, name = "shop") =>
    ({ ReferenceId: reference, Name: name, AccountId: account, Edges: [], SummaryStatistics: statistics(1, 0, 1) }) as unknown as Service;
  const { nodes } = buildGraph([of("111111111111", 0), of("222222222222", 1), of("111111111111", 2, "stock")]);
  expect(new Set(nodes.map((node) => node.key)).size).toBe(3);
  expect(nodes.map((node) => selectorOf(node))).toEqual([
    'service(id(name: "shop", account.id: "111111111111"))', 'service(id(name: "shop", account.id: "222222222222"))', 'service(id(name: "stock"))',
  ]);
});
test("long names lose their middle", () => {
  expect(shorten("shop-production-checkout-service-eu")).toMatch(/^shop-.*….*service-eu$/);
  expect(shorten("short")).toBe("short");
});
describe("labels on a map", () => {
  const [column, row] = [150, 100];
  const nodes = Array.from({ length: 24 }, (_, i) => ({ ...buildGraph(services).nodes[1]!, key: `${i}`, name: `orders-${i}@shop-db.cluster-eu.amazonaws.com` }));
  const place = (i: number) => ({ x: (i % 6) * column, y: Math.floor(i / 6) * row });
  const at = new Map(nodes.map(({ key }, i) => [key, place(i)]));
  const arranged = (column: number, radius: number) =>
    arrangeLabels(nodes, { at, radius, column }, { sans: "" }, (text) => text.length * 8, ({ name }) => ({ name, figures: "12 ms · 8.65/min", trouble: "20% faults" }), () => true);
  test("name every node beside a neighbour with a long name, with its figures", () => {
    const labels = arranged(column, 22);
    expect(labels.map(({ lines }) => lines.length)).toEqual(nodes.map(() => 3));
    expect(Math.max(...labels.map(({ box }) => box.right - box.left))).toBeLessThanOrEqual(column);
  });
  test("cover no other", () => {
    for (const one of arranged(column, 22)) {
      const covers = arranged(column, 22).filter(({ node, box }) => node.key !== one.node.key && box.left < one.box.right && one.box.left < box.right && box.top < one.box.bottom && one.box.top < box.bottom);
      expect(covers).toEqual([]);
    }
  });
  test("leave a lone name as long as it may be", () => {
    const [label] = arrangeLabels(nodes.slice(0, 1), { at: new Map([["0", place(0)]]), radius: 22, column }, { sans: "" }, (text) => text.length * 8, ({ name }) => ({ name, figures: "", trouble: null }), () => true);
    expect(label!.lines[0]!.text).toHaveLength(24);
  });
});
test("types choose their sign", () => {
  expect(["AWS::SQS::Queue", "AWS::DynamoDB::Table", "Database::SQL", "AWS::Lambda::Function", "remote", "AWS::S3::Bucket", ""].map((type) => glyphOf({ type, client: false }))).toEqual([
    "queue", "database", "database", "function", "remote", "bucket", "service",
  ]);
});
