import { describe, expect, test } from "vitest";
import { criticalPath, lengthOf, ownTime } from "./critical";
import { indentOf, visibleRows } from "./rows";
import { buildTree, countOf, nextProblem } from "./tree";

const segment = (id: string, start: number, end: number | null, more: object = {}) =>
  JSON.stringify({ id, name: `s-${id}`, trace_id: "1-6553f100-0123456789abcdef01234567", start_time: start, ...(end === null ? { in_progress: true } : { end_time: end }), ...more });
const sub = (id: string, start: number, end: number, more: object = {}) => ({ id, name: `u-${id}`, start_time: start, end_time: end, ...more });

describe("the tree of a trace", () => {
  test("puts a segment under the subsegment that called it, and children in order of time", () => {
    const tree = buildTree([
      segment("b", 2, 3, { parent_id: "a2" }),
      segment("a", 0, 10, { subsegments: [sub("a2", 1, 4), sub("a1", 0, 1)] }),
    ]);
    expect(tree.spans.map((span) => span.id)).toEqual(["a", "a1", "a2", "b"]);
    expect(tree.spans.map((span) => span.depth)).toEqual([0, 1, 1, 2]);
    expect(tree.spans.map((span) => span.service)).toEqual(["s-a", "s-a", "s-a", "s-b"]);
  });
  test("keeps the place of a parent that has not arrived, once for all its children", () => {
    const tree = buildTree([segment("x", 1, 2, { parent_id: "gone" }), segment("y", 3, 4, { parent_id: "gone" })]);
    expect(tree.missing).toBe(1);
    expect(tree.roots).toMatchObject([{ kind: "missing", id: "gone", start: 1, end: 4 }]);
    expect(tree.roots[0]!.children.map((span) => span.id)).toEqual(["x", "y"]);
  });
  test("draws what is in progress to the end of the trace", () => {
    const tree = buildTree([segment("a", 0, null, { subsegments: [sub("b", 1, 5)] })]);
    expect(tree).toMatchObject({ inProgress: true, start: 0, end: 5 });
    expect(tree.roots[0]).toMatchObject({ end: 5, status: "pending" });
  });
  test("survives circles, repeated ids, and documents that are not objects", () => {
    const tree = buildTree(["[]", "nonsense", undefined, segment("a", 0, 1, { parent_id: "b" }), segment("b", 0, 1, { parent_id: "a" }), segment("b", 0, 1)]);
    expect(tree.spans.filter((span) => span.id === "b")).toHaveLength(2);
    expect(new Set(tree.spans.map((span) => span.key)).size).toBe(tree.spans.length);
  });
  test("counts by status, and walks from problem to problem in a ring", () => {
    const tree = buildTree([segment("a", 0, 9, { subsegments: [sub("b", 1, 2, { fault: true }), sub("c", 3, 4), sub("d", 5, 6, { http: { response: { status: 429 } } })] })]);
    expect(countOf(tree, "fault")).toBe(1);
    const first = nextProblem(tree.spans, null, 1);
    expect(first?.id).toBe("b");
    expect(nextProblem(tree.spans, first, 1)?.id).toBe("d");
    expect(nextProblem(tree.spans, first, -1)?.id).toBe("d");
    expect(nextProblem(buildTree([segment("a", 0, 1)]).spans, null, 1)).toBeNull();
  });
  test("hides what is under a folded row, and nothing after it", () => {
    const tree = buildTree([segment("a", 0, 9, { subsegments: [sub("b", 1, 2, { subsegments: [sub("c", 1, 2)] }), sub("d", 3, 4)] })]);
    const b = tree.spans.find((span) => span.id === "b")!;
    const rows = (folded: string[]) => visibleRows(tree, { folded: new Set(folded), opened: new Set() }).rows.map((span) => span.id);
    expect(rows([b.key])).toEqual(["a", "b", "d"]);
    expect(rows([])).toEqual(tree.spans.map((span) => span.id));
  });
  test("indents deep rows by less", () => {
    expect(indentOf(9) - indentOf(8)).toBeLessThan(indentOf(2) - indentOf(1));
    expect(indentOf(200)).toBe(indentOf(60));
  });
});

describe("the critical path", () => {
  test("is as long as the root, whatever runs in parallel", () => {
    const tree = buildTree([segment("a", 0, 10, { subsegments: [sub("b", 1, 6), sub("c", 2, 8), sub("d", 8.5, 9)] })]);
    const path = criticalPath(tree.roots[0]);
    const of = (id: string) => path.get(tree.spans.find((span) => span.id === id)!.key);
    expect(of("a")).toEqual([[0, 2], [8, 8.5], [9, 10]]);
    expect(of("b")).toBeUndefined();
    expect(of("c")).toEqual([[2, 8]]);
    expect([...path.values()].reduce((sum, each) => sum + lengthOf(each), 0)).toBeCloseTo(10);
  });
  test("cuts a child that outlives its parent", () => {
    const tree = buildTree([segment("a", 0, 4, { subsegments: [sub("b", 1, 9)] })]);
    const path = criticalPath(tree.roots[0]);
    expect(path.get(tree.spans[1]!.key)).toEqual([[1, 4]]);
  });
  test("own time does not count overlapping children twice", () => {
    const tree = buildTree([segment("a", 0, 10, { subsegments: [sub("b", 1, 5), sub("c", 3, 7)] })]);
    expect(ownTime(tree.roots[0]!)).toBeCloseTo(4);
  });
});
