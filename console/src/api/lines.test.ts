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
test("a question of the console's own is asked where it is answered", () => {
  const question = { operation: "Heatmap", request: { StartTime: 1, FilterExpression: "user = \"o'neil\"" } };
  expect(cliLine(question, at)).toBe(`curl ${at}/console/api/Heatmap \\\n  -H 'Content-Type: application/json' \\\n  -d '{"StartTime":1,"FilterExpression":"user = \\"o'\\''neil\\""}'`);
  expect(boto3Line(question, at)).toBe(`requests.post("${at}/console/api/Heatmap", json={"StartTime": 1, "FilterExpression": "user = \\"o'neil\\""}).json()`);
});
