"""The destination of segments, indexing: told as they were chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.desk import ACCOUNT, NOW, REGION, Desk

INVALID = "InvalidRequestException"
KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"
KMS = f"arn:aws:kms:{REGION}:{ACCOUNT}:"


# Destination


def destination(desk: Desk) -> tuple[str, str]:
    answer = desk.ask("/GetTraceSegmentDestination")
    return answer["Destination"], answer["Status"]


def changed(desk: Desk, wanted: str, **members: Any) -> tuple[str, str]:
    answer = desk.ask("/UpdateTraceSegmentDestination", Destination=wanted, **members)
    return answer["Destination"], answer["Status"]


def test_another_destination_takes_a_moment_and_the_same_one_none(desk: Desk) -> None:
    assert destination(desk) == changed(desk, "XRay") == ("XRay", "ACTIVE")
    assert changed(desk, "CloudWatchLogs") == destination(desk) == ("CloudWatchLogs", "PENDING")
    desk.passes(1)
    assert changed(desk, "CloudWatchLogs") == ("CloudWatchLogs", "PENDING")
    desk.passes(1)
    assert destination(desk) == changed(desk, "CloudWatchLogs") == ("CloudWatchLogs", "ACTIVE")
    assert changed(desk, "XRay") == ("XRay", "PENDING")


def test_the_log_group_s_key_is_for_the_first_change_only(desk: Desk) -> None:
    logs = {"CloudWatchLogsConfiguration": {"SpansLogGroupKmsKeyId": f"{KMS}key/{KEY}"}}
    assert changed(desk, "CloudWatchLogs", **logs) == ("CloudWatchLogs", "PENDING")
    assert desk.refused("/UpdateTraceSegmentDestination", Destination="CloudWatchLogs", **logs)[0] == INVALID


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"Destination": "xray"},
        {"Destination": "XRay", "CloudWatchLogsConfiguration": {}},
        {"Destination": "CloudWatchLogs", "CloudWatchLogsConfiguration": {"SpansLogGroupKmsKeyId": ""}},
        {"Destination": "CloudWatchLogs", "CloudWatchLogsConfiguration": {"SpansLogGroupKmsKeyId": "x" * 257}},
        {"Destination": "CloudWatchLogs", "CloudWatchLogsConfiguration": {"SpansLogGroupKmsKeyId": "no key"}},
    ],
)
def test_a_destination_that_cannot_be_is_refused(desk: Desk, members: Any) -> None:
    assert desk.refused("/UpdateTraceSegmentDestination", **members)[0] == INVALID
    assert destination(desk) == ("XRay", "ACTIVE")


# Indexing


def test_at_first_one_trace_in_a_hundred_is_indexed(desk: Desk) -> None:
    value = {"DesiredSamplingPercentage": 1.0, "ActualSamplingPercentage": 1.0}
    assert desk.ask("/GetIndexingRules") == {"IndexingRules": [{"Name": "Default", "Rule": {"Probabilistic": value}}]}


@pytest.mark.parametrize("percentage", [0, 0.5, 100])
def test_the_percentage_can_be_changed(desk: Desk, percentage: float) -> None:
    rule = {"Probabilistic": {"DesiredSamplingPercentage": percentage}}
    answer = desk.ask("/UpdateIndexingRule", Name="Default", Rule=rule)["IndexingRule"]
    assert answer["ModifiedAt"] == NOW
    assert answer["Rule"]["Probabilistic"]["DesiredSamplingPercentage"] == percentage
    assert desk.ask("/GetIndexingRules")["IndexingRules"] == [answer]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"Probabilistic": {}},
        {"Probabilistic": None},
        {"Probabilistic": {"DesiredSamplingPercentage": -0.1}},
        {"Probabilistic": {"DesiredSamplingPercentage": 100.1}},
        {"Adaptive": {}},
    ],
)
def test_an_indexing_rule_that_cannot_be_is_refused(desk: Desk, rule: Any) -> None:
    assert desk.refused("/UpdateIndexingRule", Name="Default", Rule=rule)[0] == INVALID


def test_another_indexing_rule_is_not_found_and_named(desk: Desk) -> None:
    rule = {"Probabilistic": {"DesiredSamplingPercentage": 5}}
    status, answer = desk.answer("/UpdateIndexingRule", Name="mine", Rule=rule)
    assert (status, answer["__type"], answer["ResourceName"]) == (404, "ResourceNotFoundException", "mine")
    assert desk.refused("/GetIndexingRules", NextToken="nonsense")[0] == INVALID
