import { expect, test } from "vitest";
import { ListUsers, SimulatePrincipalPolicy, GetAccountSummary, GetAccessKeyLastUsed } from "./access.gen";
import { fieldsOf } from "./query";
import { type Element, refusalIn, valueIn } from "./xml";

/** An element as a parser makes it: a name, and a text or elements in it. */
function element(localName: string, ...inside: (string | Element)[]): Element {
  const children = inside.filter((each) => typeof each !== "string");
  return { localName, children, textContent: inside.map((each) => (typeof each === "string" ? each : each.textContent)).join("") };
}

test("a list of one is a list, an empty one too, and what is absent is null", () => {
  const user = element("member", element("Path", "/"), element("UserName", "<b>o'neil</b>"), element("CreateDate", "2026-11-23T11:00:00Z"));
  const page = valueIn(element("ListUsersResult", element("Users", user), element("IsTruncated", "true"), element("Marker", "m")), ListUsers.shape!);
  expect(page).toMatchObject({ IsTruncated: true, Marker: "m", Users: [{ UserName: "<b>o'neil</b>", CreateDate: 1795431600, PermissionsBoundary: null, Tags: [] }] });
  expect(valueIn(element("ListUsersResult", element("Users")), ListUsers.shape!)).toEqual({ Users: [], IsTruncated: null, Marker: null });
});
test("numbers are numbers, in maps and in what is nested", () => {
  const entry = (key: string, value: string) => element("entry", element("key", key), element("value", value));
  expect(valueIn(element("R", element("SummaryMap", entry("Users", "3"), entry("Groups", "0"))), GetAccountSummary.shape!)).toEqual({ SummaryMap: { Users: 3, Groups: 0 } });
  const statement = element("member", element("SourcePolicyId", "p"), element("StartPosition", element("Line", "4"), element("Column", "9")));
  const result = element("member", element("EvalActionName", "xray:GetGroup"), element("EvalDecision", "allowed"), element("MatchedStatements", statement));
  expect(valueIn(element("R", element("EvaluationResults", result)), SimulatePrincipalPolicy.shape!)).toMatchObject({
    EvaluationResults: [{ EvalDecision: "allowed", MatchedStatements: [{ StartPosition: { Line: 4, Column: 9 }, EndPosition: null }], ResourceSpecificResults: [] }],
  });
  expect(valueIn(element("R", element("AccessKeyLastUsed", element("Region", "N/A"))), GetAccessKeyLastUsed.shape!)).toMatchObject({ AccessKeyLastUsed: { LastUsedDate: null, Region: "N/A" } });
});
test("a refusal is read, and nothing else is one", () => {
  const error = element("Error", element("Type", "Sender"), element("Code", "AccessDenied"), element("Message", "no & never"));
  expect(refusalIn(element("ErrorResponse", error, element("RequestId", "1")))).toEqual({ code: "AccessDenied", message: "no & never" });
  expect(refusalIn(element("html", element("Error")))).toBeNull();
});
test("requests are the fields of a form", () => {
  expect(fieldsOf({ UserName: "a b", Path: undefined, Tags: [{ Key: "k", Value: "" }, { Key: "l", Value: "é" }], ActionNames: ["xray:*"], SetAsDefault: true, MaxItems: 5 })).toEqual([
    ["UserName", "a b"], ["Tags.member.1.Key", "k"], ["Tags.member.1.Value", ""], ["Tags.member.2.Key", "l"], ["Tags.member.2.Value", "é"],
    ["ActionNames.member.1", "xray:*"], ["SetAsDefault", "true"], ["MaxItems", "5"],
  ]);
});
