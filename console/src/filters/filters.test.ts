import { describe, expect, test } from "vitest";
import { ApiError } from "../api/client";
import type { TraceSummary } from "../api/types.gen";
import { clausesOf, opposite, withClause, withoutClause } from "./clauses";
import { complete } from "./complete";
import { isUnfinished } from "./context";
import { annotation, quote, unquote } from "./literals";
import { NOTHING, observe } from "./observed";
import { mended, refusalOf } from "./refusal";
import { sentences } from "./sentences.fr";
import { tokenise } from "./tokens";
import { CONNECTIVES, FUNCTIONS, KEYWORDS, OPERATORS } from "./vocabulary.gen";

const summary = (members: object) => ({ Annotations: {}, Users: [], ServiceIds: [], AvailabilityZones: [], InstanceIds: [], ResourceARNs: [], Http: {}, ...members }) as unknown as TraceSummary;
const seen = observe(
  [
    summary({ Users: [{ UserName: 'o"neil' }], ServiceIds: [{ Name: "payment", Type: "AWS::ECS::Container" }, { Name: "you", Type: "client" }], Annotations: { tier: [{ AnnotationValue: { StringValue: "gold" } }, { AnnotationValue: { NumberValue: 3 } }], "a.b": [] } }),
    summary({ ServiceIds: [{ Name: "stock" }, { Name: "payment" }], Http: { HttpStatus: 503, HttpMethod: "BREW" } }),
  ],
  [],
  ["slow"],
);
/** The labels offered where the bar stands. */
const at = (text: string) => {
  const caret = text.indexOf("|");
  return complete(text.replace("|", ""), caret, seen).options.map((option) => option.label);
};

describe("a text being typed", () => {
  test.each(['fault AND service("x") { responsetime > .5 }', 'user = "open', "a -> b => !c", "annotation[a.b] != 'x\\' y'", "é%🙂 #[{", '"\\'])("%s is cut into pieces that make it whole", (text) => {
    expect(tokenise(text).map((token) => token.text).join("")).toBe(text);
  });
  test("has kinds, which are its colours", () => {
    const kinds = tokenise('!FAULT and service("a") >= 0.5 true annotation.x bogus').filter((token) => token.kind !== "space").map((token) => token.kind);
    expect(kinds).toEqual(["joint", "keyword", "joint", "function", "mark", "string", "mark", "comparison", "number", "boolean", "function", "word"]);
  });
  test("tells an open string from a closed one", () => {
    expect(['"a', '"a\\"', '"a"', '"'].map((text) => tokenise(text)[0]!.open ?? false)).toEqual([true, true, false, true]);
  });
});

describe("completion", () => {
  test.each([
    ["fau|", "fault"], ["fault AND resp|", "responsetime"], ["!thr|", "throttle"], ["responsetime |", ">"], ["http.url |", "CONTAINS"], ["fault |", "AND"],
    ["fault = |", "true"], ["http.method = |", '"POST"'], ["http.status = |", "503"], ['user = "o|', '"o\\"neil"'], ['user = "|"', '"o\\"neil"'], ['service("|")', '"payment"'],
    ['edge("payment", |', '"stock"'], ["service(id(|", 'name: ""'], ['service("a") { roo|', "root"], ["rootcause.fault.exception { mess|", "message"], ['service("a") |', "->"],
    ["annotation.ti|", "annotation.tier"], ["annotation.tier = |", '"gold"'], ["annotation.tier = |", "3"], ["anno|", 'annotation["a.b"]'], ["group.name = |", '"slow"'], ["(fau|", "fault"], ["ok OR |", "NOT"],
  ])("of %s offers %s", (text, label) => expect(at(text)).toContain(label));
  test.each([
    ["responsetime |", "CONTAINS"], ["http.url |", "<"], ['service("a") { part|', "partial"], ["fault = tr|", "fault"], ['service("|")', '"you"'], ["user = |", '"payment"'], ["fault|", "fault"],
  ])("of %s does not offer %s", (text, label) => expect(at(text)).not.toContain(label));
  test("replaces what was typed, and puts the caret where something is missing", () => {
    const { from, to, options } = complete("fault AND serv", 14, NOTHING);
    const service = options.find((option) => option.label === "service")!;
    expect([from, to, service.insert.slice(0, service.caret)]).toEqual([10, 14, 'service("']);
  });
  test("keeps words apart", () => {
    expect(complete("fault = true", 12, NOTHING).options.map((option) => option.insert)).toEqual([]);
    expect(complete('user = "a"', 10, NOTHING).options[0]!.insert).toBe(" AND ");
    expect(complete("fault ", 6, NOTHING).options[0]!.insert).toBe("AND ");
  });
  test("takes the most frequent first", () => expect(at('service("|")')[0]).toBe('"payment"'));
});

test("what lacks something is not shown to the server yet", () => {
  for (const text of ["fault AND", "responsetime >", 'user = "a', 'service("a', "(fault", "resp", "annotation.", "annotation", "!", "fault AND bog"]) expect(isUnfinished(text), text).toBe(true);
  for (const text of ["fault", "responsetime > 2", 'service("a")', "bogus = 1", "resp ", "group.name = x y "]) expect(isUnfinished(text), text).toBe(false);
});

describe("clauses", () => {
  test.each([
    ["fault AND user = \"a AND b\"", ["fault", 'user = "a AND b"']],
    ['service("a") { fault AND ok } and !(error AND ok)', ['service("a") { fault AND ok }', "!(error AND ok)"]],
    ["fault OR error AND ok", ["fault OR error AND ok"]], [" ", []], ["ok !partial", ["ok !partial"]],
  ])("of %s", (expression, clauses) => expect(clausesOf(expression)).toEqual(clauses));
  test("are added once, replace their opposite, and leave alternatives what they were", () => {
    expect(withClause("fault", 'user = "a"')).toBe('fault AND user = "a"');
    expect(withClause("fault AND ok", "fault")).toBe("ok AND fault");
    expect(withClause("!fault", "fault")).toBe("fault");
    expect(withClause("fault OR error", "ok")).toBe("(fault OR error) AND ok");
    expect(withoutClause("fault AND ok", "ok")).toBe("fault");
    expect(withoutClause("(fault OR error) AND ok", "ok")).toBe("(fault OR error)");
  });
  test.each(["fault", 'service("a")', 'user = "a"', 'service("a") { responsetime > 1 }'])("%s is the opposite of its opposite", (clause) => {
    expect(opposite(opposite(clause))).toBe(clause);
    expect(opposite(clause)).toMatch(/^!/);
  });
});

describe("a refusal of the server", () => {
  const said = (message: string, code = "InvalidRequestException") => new ApiError("GetTraceSummaries", code, message, 400, null, null);
  test("points where it says, without what the console put in front, in the characters of the reader", () => {
    const message = "FilterExpression, column 11: there is no keyword 'respnsetime' (is responsetime meant?); accepted: ok, error";
    const refusal = refusalOf(said(message), "fault AND respnsetime > 2")!;
    expect(refusal).toMatchObject({ at: 10, accepted: "ok, error", meant: "responsetime" });
    expect(mended("fault AND respnsetime > 2", refusal)).toBe("fault AND responsetime > 2");
    expect(refusalOf(said("FilterExpression, column 3: x; accepted: y"), "🙂 bad")!.at).toBe(3);
    expect(refusalOf(said("FilterExpression, column 30: x"), "bad", 25)!.at).toBe(3);
  });
  test("of anything else is none of an expression", () => {
    expect(refusalOf(said("EndTime is before StartTime"), "fault")).toBeNull();
    expect(refusalOf(said("FilterExpression, column 1: x", "ThrottledException"), "fault")).toBeNull();
    expect(refusalOf(new Error("FilterExpression, column 1: x"), "fault")).toBeNull();
  });
});

test("every word of the server has a French sentence of its own length", () => {
  for (const { name } of [...KEYWORDS, ...OPERATORS, ...CONNECTIVES, ...FUNCTIONS]) expect(sentences[name].length, name).toBeGreaterThan(4);
});
test("quoting and reading a quote are opposites", () => {
  for (const text of ['a"b', "back\\slash", "", "plain"]) expect(unquote(quote(text))).toBe(text);
  expect([annotation("tier"), annotation("a-b"), annotation("x]")]).toEqual(["annotation.tier", 'annotation["a-b"]', 'annotation["x]"]']);
});
