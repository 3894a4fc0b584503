import { describe, expect, test } from "vitest";
import { formatFor } from "../i18n/format";
import { speak } from "../i18n";
import { en } from "../i18n/en";
import { chains } from "./ExceptionsTab";
import { criticalPath } from "./critical";
import { clausesFor } from "./filtering";
import { isSlowForItsKind, populationsFrom } from "./kinds";
import { firstSpans } from "./limit";
import { matching } from "./matching";
import { visibleRows, withAncestors } from "./rows";
import { looksLikeLoop, repeatedSiblings, shapeOf } from "./siblings";
import { shiftsOf, skewsOf } from "./skew";
import { formatSql } from "./sql";
import { sentenceOf, summaryOf } from "./summary";
import { buildTree } from "./tree";
import { verdictOf } from "./verdict";

const segment = (id: string, start: number, end: number, more: object = {}) => JSON.stringify({ id, name: `s-${id}`, start_time: start, end_time: end, ...more });
const sub = (id: string, start: number, end: number, more: object = {}) => ({ id, name: `u-${id}`, start_time: start, end_time: end, ...more });
const query = (i: number, more: object = {}) => ({ id: `q${i}`, name: "orders@db", namespace: "remote", start_time: i, end_time: i + 0.9, sql: { sanitized_query: `SELECT * FROM orders WHERE id = ${i}` }, ...more });
const many = (count: number, more: object = {}) => [segment("a", 0, count, { subsegments: [...Array.from({ length: count }, (_, i) => query(i, more)), sub("b", 0, 1)] })];

describe("repeated siblings", () => {
  const tree = buildTree(many(8));
  const groups = repeatedSiblings(tree);
  test("are one row, and as many once it is opened", () => {
    const rows = (opened: string[]) => visibleRows(tree, { folded: new Set(), opened: new Set(opened) }, groups);
    expect(rows([]).rows.map((span) => span.kind)).toEqual(["segment", "subsegment", "group"]);
    const open = rows([groups.all[0]!.key]);
    expect(open.rows).toHaveLength(11);
    expect(open.levels.at(-1)).toBe(2);
  });
  test("carry the gravest status, and say what they have in common", () => {
    expect(groups.all[0]).toMatchObject({ detail: "SELECT * FROM orders WHERE id = ?", status: "ok" });
    const failing = buildTree([segment("a", 0, 9, { subsegments: [0, 1, 2, 3, 4].map((i) => query(i, { fault: i === 3 })) })]);
    expect(repeatedSiblings(failing).all[0]!.status).toBe("fault");
  });
  test("look like a loop only when one follows the other", () => {
    expect(looksLikeLoop(groups.all[0]!.members!)).toBe(true);
    const parallel = buildTree([segment("a", 0, 9, { subsegments: [0, 1, 2, 3, 4].map((i) => query(i, { start_time: 1, end_time: 2 })) })]);
    expect(looksLikeLoop(repeatedSiblings(parallel).all[0]!.members!)).toBe(false);
  });
  test("are no group when they are few, or differ in more than numbers", () => {
    expect(repeatedSiblings(buildTree(many(4))).all).toEqual([]);
    expect(shapeOf("GET /a/12?t='x'")).toBe(shapeOf("GET /a/7?t='yy'"));
    expect(shapeOf("GET /a")).not.toBe(shapeOf("GET /b"));
  });
  test("stay in sight when one of them is meant and the rest is hidden", () => {
    const kept = withAncestors(tree, new Set([tree.spans.find((span) => span.id === "q3")!.key]), groups);
    expect(visibleRows(tree, { folded: new Set(), opened: new Set() }, groups, kept).rows.map((span) => span.kind)).toEqual(["segment", "group"]);
  });
});

describe("clocks", () => {
  const documents = [
    segment("a", 10, 12, { subsegments: [sub("c", 10.5, 11.5)] }),
    segment("b", 7, 7.4, { parent_id: "c", subsegments: [sub("d", 7.1, 7.2)] }),
    segment("e", 7.12, 7.18, { parent_id: "d" }),
    segment("later", 20, 21, { parent_id: "a" }),
  ];
  test("contradict their callers only when something begins before it was called", () => {
    expect(skewsOf(buildTree(documents)).map(({ span }) => span.id)).toEqual(["b", "e"]);
  });
  test("set right, put the callee into the middle of its call, with all that is in it", () => {
    const tree = buildTree(documents, shiftsOf(skewsOf(buildTree(documents))));
    const of = (id: string) => tree.spans.find((span) => span.id === id)!;
    expect(of("b").start).toBeCloseTo(10.8);
    expect(of("d").start).toBeCloseTo(10.9);
    expect(of("e").start).toBeCloseTo(10.92);
    expect(of("later").start).toBe(20);
    expect(skewsOf(tree)).toEqual([]);
  });
  test("that differ by less than documents are rounded by are left alone", () => {
    expect(skewsOf(buildTree([segment("a", 10, 12), segment("b", 9.9995, 11, { parent_id: "a" })]))).toEqual([]);
  });
});

describe("the verdict", () => {
  const [say, format] = [speak(en), formatFor("en")];
  const sentence = (documents: string[]) => {
    const tree = buildTree(documents);
    return sentenceOf(verdictOf(tree, criticalPath(tree.roots[0])), say, format).replace(/\s/g, " ");
  };
  test("names where most of the time went, and what failed", () => {
    expect(sentence([segment("a", 0, 4, { fault: true, subsegments: [query(0, { end_time: 3 })] })])).toBe("4 s; 75% spent in s-a's SQL; 1 fault");
  });
  test("names whom a service waited for, and itself when nobody", () => {
    expect(sentence([segment("a", 0, 4, { subsegments: [sub("b", 0, 3, { namespace: "remote" })] })])).toContain("s-a waiting for u-b");
    expect(sentence([segment("a", 0, 4)])).toBe("4 s; 100% spent in s-a itself; no problem");
  });
  test("names nothing when nothing takes a quarter", () => {
    const parts = Array.from({ length: 5 }, (_, i) => sub(`${i}`, i, i + 1, { namespace: "remote" }));
    expect(sentence([segment("a", 0, 5, { subsegments: parts })])).toContain("no single place");
  });
  test("a span is one line for a chat", () => {
    const tree = buildTree(many(5));
    expect(summaryOf(tree.spans.find((span) => span.id === "q2")!, tree, say, format).replace(/\s/g, " ")).toBe("s-a › orders@db SELECT * FROM orders WHERE id = 2 · OK · 900 ms · + 2 s");
  });
});

test("the first spans of a trace are a tree of their own", () => {
  const tree = buildTree(many(8));
  const few = firstSpans(tree, 4);
  expect(few.spans).toHaveLength(4);
  expect(few.roots[0]!.children).toHaveLength(3);
  expect(few.spans.every((span) => !span.parent || few.spans.includes(span.parent))).toBe(true);
  expect(firstSpans(tree, 100)).toBe(tree);
});
test("a span is slow for its kind beyond 95 of 100, when enough are known", () => {
  const tree = buildTree(many(1));
  const known = (Count: number) => populationsFrom([{ Name: "s-a", Type: "", Operation: "", Subsegment: "orders@db", SubsegmentType: "", SpanIds: ["q0"], Count, Median: 0.1, P90: 0.2, P95: 0.3, P99: 0.4, FaultShare: 0 }]);
  const span = tree.spans.find((each) => each.id === "q0")!;
  expect([known(100), known(3)].map((each) => isSlowForItsKind(span, each))).toEqual([true, false]);
});
test("what a value is filtered by finds the span it was taken from", () => {
  const tree = buildTree([segment("a", 0, 1, { user: 'cam"ille', metadata: { default: { flag: 'x"y' } } }), segment("b", 0, 1)]);
  for (const { filter, exclude } of [clausesFor("user", 'cam"ille'), clausesFor(null, 'x"y')]) {
    expect(matching(tree, filter)).toEqual(new Set([tree.spans.find((span) => span.id === "a")!.key]));
    expect(matching(tree, exclude)?.has(tree.spans.find((span) => span.id === "a")!.key)).toBe(false);
  }
});
describe("SQL", () => {
  test("has a line for each clause, and what is quoted stays as it was", () => {
    expect(formatSql("SELECT a,  b FROM t LEFT JOIN u ON u.i = t.i WHERE x = 'from  where' AND y = 2 ORDER BY a")).toBe(
      "SELECT a, b\nFROM t\nLEFT JOIN u ON u.i = t.i\nWHERE x = 'from  where'\n  AND y = 2\nORDER BY a",
    );
  });
  test("loses nothing but spaces", () => {
    for (const text of ["", "it's", "a - b -- c\nd", 'x /* y', "SELECT '", "INSERT INTO t VALUES ('a''b')"]) {
      expect(formatSql(text).replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    }
  });
});
test("exceptions are told from what was raised last to its cause, and circles end", () => {
  const told = (exceptions: object[]) => chains(exceptions).map((chain) => chain.map((each) => each.id));
  expect(told([{ id: "b" }, { id: "a", cause: "b" }, { id: "c" }])).toEqual([["a", "b"], ["c"]]);
  expect(told([{ id: "a", cause: "b" }, { id: "b", cause: "a" }])).toEqual([["a", "b"]]);
});
