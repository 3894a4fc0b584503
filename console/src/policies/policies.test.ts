import { describe, expect, test } from "vitest";
import { complete } from "./complete";
import { readDocument } from "./document";
import { abilities, meantBy, notesOn } from "./explain";
import { refusedIn } from "./refused";
import { scan } from "./scan";

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["xray:GetGroup", "xray:Get*"], "Resource": "*"},
    {"Effect": "Deny", "Action": "xray:Link", "Resource": "*", "Condition": {"StringEquals": {"aws:username": "eve"}}}
  ]
}`;
const statements = (...written: object[]) => readDocument(JSON.stringify({ Version: "2012-10-17", Statement: written }))!;
const allow = (action: string | string[], more: object = {}) => ({ Effect: "Allow", Action: action, Resource: "*", ...more });

describe("a place that the server names", () => {
  const at = (message: string) => {
    const { from, to, line } = refusedIn(POLICY, message);
    return [POLICY.slice(from, to), line];
  };
  test.each([
    ['Statement[0].Action[1]: "xray:Get*"; accepted: x', '"xray:Get*"', 4],
    ["Statement[1].Condition.StringEquals.aws:username: it names no key; accepted: x", '"eve"', 5],
    ["Statement[1].Effect: there is no such member; accepted: x", '"Effect"', 5],
    ["Statement[1]: Action or NotAction is missing; accepted: Action", "{", 5],
    ["the policy: it is not JSON (Expecting ',' delimiter: line 2, column 3); accepted: a JSON object", '"', 2],
    ["the policy: Statement is missing; accepted: Statement", "", 0],
  ])("%s is underlined", (message, piece, line) => expect(at(message)).toEqual([piece, line]));
  test("is in a document whose statement is no list too", () => {
    const one = '{"Statement": {"Effect": "Maybe"}}';
    const { from, to, accepted } = refusedIn(one, 'Statement.Effect: "Maybe"; accepted: Allow, Deny');
    expect([one.slice(from, to), accepted]).toEqual(['"Maybe"', "Allow, Deny"]);
  });
});

describe("what may follow", () => {
  const after = (text: string, kind: "identity" | "trust" = "identity") => complete(text, text.length, kind, "1".repeat(12))?.options ?? [];
  test("are actions, with what was typed first", () => {
    expect(after('{"Statement": [{"Action": ["xray:GetGroup"')).toEqual([]);
    expect(after('{"Statement": [{"Action": ["xray:getgroup')).toEqual(["xray:GetGroup", "xray:GetGroups"]);
    expect(after('{"Statement": {"Action": "putTrace')).toEqual(["xray:PutTraceSegments"]);
    expect(after('{"Statement": [{"Action": "')[0]).toBe("xray:*");
    expect(after('{"Statement": [{"Action": "', "trust")[0]).toBe("sts:AssumeRole");
  });
  test("are members, effects, resources, principals, operators and keys", () => {
    expect(after('{"Statement": [{"Effect": "Allow", "Not')).toEqual(["NotAction", "NotResource"]);
    expect(after('{"Statement": [{"Effect": "')).toEqual(["Allow", "Deny"]);
    expect(after('{"Statement": [{"Resource": ["*", "group')).toContain("arn:aws:xray:*:111111111111:group/*/*");
    expect(after('{"Statement": [{"Principal": {"AWS": "', "trust")).toContain("arn:aws:iam::111111111111:root");
    expect(after('{"Statement": [{"Condition": {"StringLike')[0]).toBe("StringLike");
    expect(after('{"Statement": [{"Condition": {"StringLike": {"aws:sourceip')).toEqual(["aws:SourceIp"]);
  });
  test("replaces the whole string that the caret is in", () => {
    const text = '{"Statement": [{"Action": "xray:PutTr"}]}';
    const found = complete(text, text.indexOf("Tr"), "identity", "")!;
    expect(text.slice(0, found.from) + found.options[0] + text.slice(found.to)).toBe('{"Statement": [{"Action": "xray:PutEncryptionConfig"}]}');
  });
  test("is nothing outside of strings", () => expect(after('{"Statement": ')).toEqual([]));
});

test("whatever a text is, it is scanned to its end", () => {
  for (const text of ["", "{", '"', '{"a": [1, {"b": "c', "]]}}", '{"a" "b"}', "\\\\\\"]) expect(scan(text).tokens.every(({ from, to }) => from < to && to <= text.length)).toBe(true);
});

describe("in plain words", () => {
  const able = (...written: object[]) => Object.fromEntries(abilities(statements(...written)));
  test("a policy lets one do these things", () => {
    expect(able(allow(["xray:PutTraceSegments", "xray:GetS*"]))).toMatchObject({ send: "yes", read: "no", map: "yes", access: "no" });
    expect(able(allow("XRAY:*"))).toMatchObject({ send: "yes", read: "yes", sampling: "yes", assume: "no" });
    expect(Object.values(able(allow("*")))).toEqual(Array(7).fill("yes"));
  });
  test("what is bound to conditions or resources, or refused in part, is given in part", () => {
    expect(able(allow("xray:CreateGroup"))).toMatchObject({ groups: "partly" });
    expect(able(allow("xray:*", { Resource: "arn:aws:xray:*:*:group/a/*" }))).toMatchObject({ groups: "partly", read: "no", send: "no" });
    expect(able(allow("sts:AssumeRole", { Condition: { Bool: { "aws:SecureTransport": "true" } } }))).toMatchObject({ assume: "partly" });
  });
  test("a refusal wins, and NotAction is everything else", () => {
    expect(able(allow("*"), { Effect: "Deny", Action: "iam:*", Resource: "*" })).toMatchObject({ access: "no", send: "yes" });
    expect(able({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })).toMatchObject({ access: "no", read: "yes" });
  });
  test("actions are told by service and by what they do", () => {
    const [xray, s3] = meantBy(["xray:PutTraceSegments", "xray:GetGroup*", "s3:GetObject"]);
    expect(xray).toEqual({ service: "xray", everything: false, byLevel: [["Write", ["PutTraceSegments"]], ["Read", ["GetGroup", "GetGroups"]]] });
    expect(s3!.byLevel).toEqual([["", ["GetObject"]]]);
    expect(meantBy(["iam:*"])[0]!.everything).toBe(true);
  });
  test.each([
    [allow("*"), ["admin"]],
    [allow("iam:Put*"), ["grants"]],
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, ["notAction"]],
    [allow("xray:PutTraceSegment"), ["unknown"]],
    [allow("s3:GetObject"), ["foreign"]],
    [allow("xray:GetTraceSummaries", { Resource: "arn:aws:xray:*:*:group/a/*" }), ["noResource"]],
    [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }, ["anyone"]],
    [allow("xray:GetTraceSummaries"), []],
  ])("%j is told with a note", (written, kinds) => expect(notesOn(statements(written)[0]!).map(({ kind }) => kind)).toEqual(kinds));
  test("a name that is mistyped is told with the one that was meant", () => {
    expect(notesOn(statements(allow("xray:PutTraceSegment"))[0]!)[0]!.meant).toBe("xray:PutTraceSegments");
  });
  test("conditions are read with what goes before and after their operators", () => {
    const [first] = statements(allow("*", { Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a", "b"] }, Bool: { "aws:SecureTransport": true } } }));
    expect(first!.conditions).toEqual([
      { operator: "StringLike", quantifier: "ForAnyValue", ifExists: true, key: "aws:TagKeys", values: ["a", "b"] },
      { operator: "Bool", quantifier: "", ifExists: false, key: "aws:SecureTransport", values: ["true"] },
    ]);
  });
  test("what is no policy is told of as none", () => expect([readDocument("{"), readDocument("[]"), readDocument("{}"), readDocument('{"Statement": "x"}')]).toEqual([null, null, null, null]));
});
