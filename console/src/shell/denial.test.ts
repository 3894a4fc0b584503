import { expect, test } from "vitest";
import { denialIn, statementFor } from "./denial";

const who = "User: arn:aws:iam::000000000000:user/camille is not authorized to perform:";
test.each([
  [`${who} iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action`, { action: "iam:ListUsers", resource: "arn:aws:iam::000000000000:user/", isExplicit: false }],
  [`${who} xray:GetGroups because no identity-based policy allows the xray:GetGroups action`, { action: "xray:GetGroups", resource: "*", isExplicit: false }],
  [`${who} xray:GetGroups with an explicit deny in an identity-based policy`, { action: "xray:GetGroups", resource: "*", isExplicit: true }],
  [`${who} iam:GetUser`, { action: "iam:GetUser", resource: "*", isExplicit: false }],
])("the missing action is told", (message, denial) => {
  expect(denialIn("AccessDenied", message)).toEqual(denial);
  expect(JSON.parse(statementFor(denial))).toMatchObject({ Effect: "Allow", Action: denial.action, Resource: denial.resource });
});
test("other refusals have none", () => {
  expect(denialIn("AccessDeniedException", "the request comes from a page of 'x'")).toBeNull();
  expect(denialIn("NoSuchEntity", `${who} iam:GetUser`)).toBeNull();
});
