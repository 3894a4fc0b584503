import { describe, expect, test } from "vitest";
import { buildTree } from "../timeline/tree";
import { changesOf, onlyChanged } from "./changes";
import { pairsOf, rootOf } from "./pairs";
import { againstTypical, populationsFor } from "./typical";

type Sub = { name: string; start_time: number; end_time: number };
const sub = (name: string, start: number, end: number, more: object = {}): Sub => ({ name, start_time: start, end_time: end, ...more });
let made = 0;
const trace = (start: number, end: number, subsegments: readonly Sub[], more: object = {}) =>
  buildTree([JSON.stringify({ id: `id${made++}`, name: "shop", start_time: start, end_time: end, subsegments, ...more })]);
const names = (rows: ReturnType<typeof pairsOf>) => rows.map((pair) => `${pair.name} ${pair.a.count}:${pair.b.count}`);

describe("two traces", () => {
  test("are matched by the names from the root down, whatever their ids and their moments", () => {
    const a = trace(100, 101, [sub("db", 100.1, 100.3, { subsegments: [sub("connect", 100.1, 100.2)] })]);
    const b = trace(7, 8, [sub("db", 7.5, 7.6, { subsegments: [sub("connect", 7.5, 7.6)] }), sub("connect", 7.7, 7.8)]);
    expect(names(pairsOf(a, b))).toEqual(["shop 1:1", "db 1:1", "connect 1:1", "connect 0:1"]);
    expect(pairsOf(a, b).map((pair) => pair.depth)).toEqual([0, 1, 2, 1]);
  });
  test("have one place for what is repeated side by side, and its time is not counted twice", () => {
    const a = trace(0, 10, [sub("select", 1, 3), sub("select", 2, 4), sub("select", 6, 7)]);
    const [, place] = pairsOf(a, trace(0, 10, [sub("select", 1, 2)]));
    expect([place!.a.count, place!.b.count, place!.a.busy, place!.b.busy]).toEqual([3, 1, 4, 1]);
  });
  test("are told apart by operation, and not by what is asked of it", () => {
    const call = (operation: string, table: string, at: number) => sub("DynamoDB", at, at + 1, { aws: { operation, table_name: table } });
    const rows = pairsOf(trace(0, 9, [call("GetItem", "a", 1), call("Query", "a", 3)]), trace(0, 9, [call("GetItem", "b", 1)]));
    expect(names(rows)).toEqual(["shop 1:1", "DynamoDB 1:1", "DynamoDB 1:0"]);
  });
  test("have one place for parents that have not arrived", () => {
    const orphan = (parent: string) => buildTree([JSON.stringify({ id: parent + 1, name: "x", parent_id: parent, start_time: 0, end_time: 1 })]);
    expect(names(pairsOf(orphan("gone"), orphan("lost")))).toEqual([" 1:1", "x 1:1"]);
  });
  test("one of which is empty, or deep enough to break a recursion, are compared too", () => {
    expect(pairsOf(buildTree([]), buildTree([]))).toEqual([]);
    const deep = buildTree(Array.from({ length: 4000 }, (_, i) => JSON.stringify({ id: `n${i}`, name: `n${i}`, start_time: 0, end_time: 1, ...(i && { parent_id: `n${i - 1}` }) })));
    expect(changesOf(pairsOf(deep, buildTree([])))).toHaveLength(1);
  });
});

describe("what differs", () => {
  const a = trace(0, 10, [sub("db", 1, 7), sub("cache", 7, 7.5), sub("audit", 8, 8.4, { subsegments: [sub("write", 8, 8.3)] })]);
  const b = trace(50, 54, [sub("db", 51, 52), sub("cache", 52, 53), sub("mail", 53, 53.5)]);
  const changes = changesOf(pairsOf(a, b));
  const of = (name: string) => changes.find(({ pair }) => pair.name === name);

  test("adds up to the difference between the response times", () => {
    const root = (tree: typeof a) => rootOf(tree)!.end - rootOf(tree)!.start;
    expect(changes.reduce((all, change) => all + change.contribution, 0)).toBeCloseTo(root(a) - root(b));
  });
  test("is sorted by its share of the difference, and said of A", () => {
    expect(changes[0]).toMatchObject({ kind: "slower", pair: { name: "db" } });
    expect(of("cache")).toMatchObject({ kind: "faster" });
    expect(of("cache")!.contribution).toBeCloseTo(-0.5);
    expect(of("mail")!.kind).toBe("removed");
  });
  test("names a branch that only one has once, with all that is below it", () => {
    expect(of("audit")!.kind).toBe("added");
    expect(of("audit")!.contribution).toBeCloseTo(0.4);
    expect(of("write")).toBeUndefined();
  });
  test("tells of what took longer beside the path the response waited for, after all that is on it", () => {
    const slow = changesOf(pairsOf(trace(0, 4, [sub("main", 0, 4), sub("side", 0, 3)]), trace(0, 4, [sub("main", 0, 4), sub("side", 0, 1)])));
    expect(slow).toMatchObject([{ kind: "slower", contribution: 0, delta: 2, pair: { name: "side" } }]);
  });
  test("does not tell of less than half a percent, but of another ending", () => {
    const twin = (more: object) => trace(0, 10, [sub("db", 1, 2.01, more)]);
    expect(changesOf(pairsOf(twin({}), trace(0, 10, [sub("db", 1, 2)])))).toEqual([]);
    expect(changesOf(pairsOf(twin({ fault: true }), twin({})))).toMatchObject([{ kind: "status" }]);
  });
  test("is shown with what leads to it", () => {
    const rows = pairsOf(a, b);
    const audit = changesOf(rows).filter(({ pair }) => pair.name === "audit");
    expect(onlyChanged(rows, audit).map((pair) => pair.name)).toEqual(["shop", "audit"]);
  });
});

describe("a trace against what is typical", () => {
  const tree = buildTree([JSON.stringify({ id: "shop", name: "shop", start_time: 0, end_time: 10, subsegments: [{ id: "db", name: "db", start_time: 1, end_time: 7 }, { id: "beside", name: "beside", start_time: 1, end_time: 4 }, { id: "new", name: "new", start_time: 8, end_time: 9 }] })]);
  const population = (SpanIds: string[], Count: number, Median: number) => ({ SpanIds, Count, Median, Name: "", Type: "", Operation: "", Subsegment: "", SubsegmentType: "", P90: 0, P95: 0, P99: 0, FaultShare: 0 });
  const known = populationsFor([population(["shop"], 50, 4), population(["db"], 50, 1), population(["beside"], 50, 1), population(["new"], 0, 0)]);
  const rows = againstTypical(pairsOf(tree, buildTree([])), known);
  const at = (name: string) => rows.find((pair) => pair.name === name)!;
  const changes = changesOf(rows);

  test("has medians on the other side, and nothing where there are no others of the kind", () => {
    expect([at("shop").b.busy, at("db").b.busy, at("db").b.population?.Count]).toEqual([4, 1, 50]);
    expect(at("new").b).toMatchObject({ busy: 1, count: 1 });
    expect(at("new").b.population).toBeUndefined();
  });
  test("differs by contributions that add up to what the whole took beyond its median", () => {
    expect(rows.reduce((all, pair) => all + pair.a.path - pair.b.path, 0)).toBeCloseTo(6);
    expect(changes[0]).toMatchObject({ kind: "slower", pair: { name: "db" } });
    expect(changes[0]!.contribution).toBeCloseTo(5);
    expect(changes.find(({ pair }) => pair.name === "beside")).toMatchObject({ contribution: 0, delta: 2 });
    expect(changes.some(({ kind }) => kind === "added" || kind === "removed")).toBe(false);
  });
  test("keeps its tree", () => {
    expect(at("db").parent).toBe(at("shop"));
    expect(at("shop").children).toHaveLength(3);
  });
});
