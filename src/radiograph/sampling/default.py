"""The rule that is always there."""

from __future__ import annotations

from radiograph.model.ids import aws_arn
from radiograph.model.sampling_rules import SamplingRule, SamplingRuleRecord

__all__ = ["default_rule"]


def default_rule(account: str, region: str) -> SamplingRuleRecord:
    """Give the built-in rule ``Default``: one request a second, and 5 % of the others.

    Source: developer guide, "Configuring sampling rules".
    """
    rule = SamplingRule(
        rule_name="Default",
        rule_arn=aws_arn("xray", region, account, "sampling-rule/Default"),
        resource_arn="*",
        priority=10_000,
        fixed_rate=0.05,
        reservoir_size=1,
        service_name="*",
        service_type="*",
        host="*",
        http_method="*",
        url_path="*",
        version=1,
        attributes={},
    )
    return SamplingRuleRecord(sampling_rule=rule, created_at=0.0, modified_at=0.0)
