"""The rule that is always there."""

from __future__ import annotations

import msgspec

from radiograph.sampling import default_rule


def test_the_default_rule_takes_one_request_a_second_and_five_percent_of_the_others_last_of_all() -> None:
    record = msgspec.to_builtins(default_rule("000000000000", "eu-west-1"))
    anything = ["ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"]
    rule = record["SamplingRule"]
    assert {name: rule[name] for name in anything} == dict.fromkeys(anything, "*")
    assert (rule["RuleName"], rule["Priority"], rule["Version"]) == ("Default", 10_000, 1)
    assert (rule["ReservoirSize"], rule["FixedRate"]) == (1, 0.05)
    assert rule["RuleARN"] == "arn:aws:xray:eu-west-1:000000000000:sampling-rule/Default"


def test_the_default_rule_is_older_than_every_change() -> None:
    record = default_rule("000000000000", "eu-west-1")
    assert (record.created_at, record.modified_at) == (0.0, 0.0)
