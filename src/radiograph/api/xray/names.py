"""Which resource a request means, by its name or by its ARN, and which names a new one may have."""

from __future__ import annotations

from radiograph.errors import InvalidRequest
from radiograph.model.groups import Group
from radiograph.model.sampling_rules import SamplingRuleRecord
from radiograph.storage.interfaces import Settings

__all__ = ["check_name", "find_group", "find_rule", "has_tags", "name_in"]

_RULE, _GROUP = "sampling-rule", "group"


def find_group(kept: Settings, name: str | None, arn: str | None) -> Group:
    """Give the group of this name or ARN; when both are given, both must be its.

    Raises: InvalidRequestException when neither is given, or there is no such group.
    """
    if name is None and arn is None:
        raise InvalidRequest("GroupName and GroupARN are missing; send one of them")
    wanted = name if name is not None else name_in(arn or "", _GROUP)
    group = kept.groups.named(wanted) if wanted is not None else None
    if group is None or arn not in (None, group.group_arn):
        raise InvalidRequest(f"there is no group {arn if name is None or group else name!r}; GetGroups lists them")
    return group


def find_rule(kept: Settings, name: str | None, arn: str | None) -> SamplingRuleRecord:
    """Give the sampling rule of this name or ARN.

    Raises: InvalidRequestException when not exactly one is given, or there is no such rule.
    """
    if (name is None) == (arn is None):
        raise InvalidRequest("RuleName or RuleARN is needed, and not both; send one of them")
    wanted = name if name is not None else name_in(arn or "", _RULE)
    record = kept.rules.named(wanted) if wanted is not None else None
    if record is None or arn not in (None, record.sampling_rule.rule_arn):
        raise InvalidRequest(f"there is no sampling rule {name or arn!r}; GetSamplingRules lists them")
    return record


def has_tags(kept: Settings, arn: str) -> bool:
    """Tell whether an ARN is that of a group or sampling rule that exists: those can have tags."""
    rule, group = name_in(arn, _RULE), name_in(arn, _GROUP)
    if rule is not None:
        record = kept.rules.named(rule)
        return record is not None and record.sampling_rule.rule_arn == arn
    found = kept.groups.named(group) if group is not None else None
    return found is not None and found.group_arn == arn


def name_in(arn: str, kind: str = _RULE) -> str | None:
    """Give the name in the ARN of a ``sampling-rule`` or ``group``, or None when it is none."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn" or parts[2] != "xray" or not parts[5].startswith(f"{kind}/"):
        return None
    name = parts[5].removeprefix(f"{kind}/")
    return name.split("/")[0] if kind == _GROUP else name


def check_name(member: str, name: str, refused: str = "") -> None:
    """Refuse a name that could not be read, or that no ARN could carry.

    The service model says nothing of it, and the console asks for letters, digits and dashes.

    Raises: InvalidRequestException.
    """
    if not name.isascii() or not name.isprintable() or name != name.strip() or any(one in refused for one in name):
        but = f" without {refused}" if refused else ""
        raise InvalidRequest(f"{member} is {name!r}; printable ASCII{but}, no spaces around it, is accepted")
    if name.lower() == "default":
        raise InvalidRequest(f"{member} is {name!r}, which is reserved; another name is accepted")
