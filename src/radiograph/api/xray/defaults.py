"""The rule and the group that are always there, both called ``Default``."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.model.groups import Group, InsightsConfiguration
from radiograph.model.ids import aws_arn
from radiograph.sampling import default_rule
from radiograph.storage.interfaces import SettingsStore

__all__ = ["DEFAULT", "add_defaults"]

DEFAULT = "Default"


def add_defaults(settings: SettingsStore, account: str, region: str) -> None:
    """Put what is always there into an account's settings; what was changed of it stays, but for its region.

    Raises: ServiceUnavailable.
    """
    rule, group = default_rule(account, region), _default_group(account, region)
    with settings.change(account) as kept:
        mine, ours = kept.rules.named(DEFAULT), kept.groups.named(DEFAULT)
        if mine is not None:
            rule = replace(mine, sampling_rule=replace(mine.sampling_rule, rule_arn=rule.sampling_rule.rule_arn))
        if rule != mine:
            kept.rules.put(rule)
        if ours is not None:
            group = replace(ours, group_arn=group.group_arn)
        if group != ours:
            kept.groups.put(group, 0.0)


def _default_group(account: str, region: str) -> Group:
    """Give the built-in group: all traces, without insights. Source: developer guide, "Configuring groups"."""
    return Group(
        group_name=DEFAULT,
        group_arn=aws_arn("xray", region, account, f"group/{DEFAULT}"),
        insights_configuration=InsightsConfiguration(insights_enabled=False, notifications_enabled=False),
    )
