import { expect, test } from "vitest";
import { boto3Line, cliLine } from "./lines";

const at = "http://127.0.0.1:2100";
test("a question is a command that a shell reads as it is meant", () => {
  const request = { StartTime: 1795419724.5, FilterExpression: `user = "o'neil" AND $(rm)`, Sampling: false, NextToken: undefined };
  expect(cliLine({ operation: "GetTraceSummaries", request }, at)).toBe(
    `aws xray get-trace-summaries \\\n  --endpoint-url ${at} \\\n  --start-time 1795419724.5 \\\n  --filter-expression 'user = "o'\\''neil" AND $(rm)' \\\n  --no-sampling`,
  );
  expect(cliLine({ operation: "BatchGetTraces", request: { TraceIds: ["1-a", "1-b"] } }, at)).toContain("--trace-ids 1-a 1-b");
  expect(cliLine({ operation: "UpdateGroup", request: { GroupARN: "arn:aws:xray", InsightsConfiguration: { InsightsEnabled: true } } }, at)).toContain(
    `--group-arn arn:aws:xray \\\n  --insights-configuration '{"InsightsEnabled":true}'`,
  );
});
test("a question is a call that Python reads as it is meant", () => {
  const request = { FilterExpression: 'user = "a\\b"', InsightsConfiguration: { InsightsEnabled: true, Other: null }, TraceIds: ["1-a"] };
  expect(boto3Line({ operation: "GetTimeSeriesServiceStatistics", request }, at)).toBe(
    `boto3.client("xray", endpoint_url="${at}").get_time_series_service_statistics(\n    FilterExpression="user = \\"a\\\\b\\"",\n    InsightsConfiguration={"InsightsEnabled": True, "Other": None},\n    TraceIds=["1-a"],\n)`,
  );
  expect(boto3Line({ operation: "GetGroups", request: {} }, at)).toBe(`boto3.client("xray", endpoint_url="${at}").get_groups()`);
});
test("a question to IAM is one of its commands", () => {
  const request = { OpenIDConnectProviderArn: "arn:aws:iam::1:oidc-provider/a", ClientID: "b" };
  expect(cliLine({ service: "iam", operation: "AddClientIDToOpenIDConnectProvider", request }, at)).toBe(
    `aws iam add-client-id-to-open-id-connect-provider \\\n  --endpoint-url ${at} \\\n  --open-id-connect-provider-arn arn:aws:iam::1:oidc-provider/a \\\n  --client-id b`,
  );
  expect(boto3Line({ service: "sts", operation: "GetCallerIdentity", request: {} }, at)).toBe(`boto3.client("sts", endpoint_url="${at}").get_caller_identity()`);
});
test("a question of our own is posted, since no SDK knows it", () => {
  const request = { StartTime: 1, FilterExpression: "user = \"o'neil\"", Rows: undefined };
  expect(cliLine({ operation: "Heatmap", request }, at)).toBe(
    `curl ${at}/console/api/Heatmap \\\n  -d '{"StartTime":1,"FilterExpression":"user = \\"o'\\''neil\\""}'`,
  );
  expect(boto3Line({ operation: "Heatmap", request: { StartTime: 1, Rows: undefined } }, at)).toBe(
    `json.load(urllib.request.urlopen("${at}/console/api/Heatmap", json.dumps({"StartTime": 1}).encode()))`,
  );
});
