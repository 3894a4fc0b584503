"""Groups as the store matches traces against them: expressions parsed, with the groups in them replaced."""

from __future__ import annotations

from radiograph.errors import InvalidRequest
from radiograph.filters import parse, substitute
from radiograph.filters.tree import Everything, Expression
from radiograph.model.groups import MatchedGroup
from radiograph.storage.interfaces import Settings, TraceGroup
from radiograph.telemetry import Counters, log

__all__ = ["read_expression", "trace_group", "trace_groups"]


def read_expression(text: str, kept: Settings) -> Expression:
    """Give an expression with every group in it replaced by what the group matches.

    Raises: InvalidRequestException.
    """
    groups = kept.groups.matching()
    by_name = {group.group_name: group.expression for group in groups}
    by_arn = {group.group_arn: group.expression for group in groups}

    def lookup(by: str, value: str) -> str | None:
        return (by_name if by == "name" else by_arn).get(value)

    return substitute(parse(text), lookup, tuple(by_name))


def trace_group(group: MatchedGroup, kept: Settings) -> TraceGroup | None:
    """Give a group to match traces against; None when it has all traces.

    Raises: InvalidRequestException when it refers to a group that is gone.
    """
    expression = read_expression(group.expression, kept)
    if isinstance(expression, Everything):
        return None
    return TraceGroup(group.group_arn, expression, group.created_at)


def trace_groups(kept: Settings, counters: Counters) -> list[TraceGroup]:
    """Give every group that does not have all traces; one that cannot be evaluated is left out and counted."""
    found: list[TraceGroup] = []
    for group in kept.groups.matching():
        try:
            one = trace_group(group, kept)
        except InvalidRequest as error:
            counters.add("groups.failed")
            log.warning("the group %s cannot be evaluated: %s", group.group_name, error)
            continue
        if one is not None:
            found.append(one)
    return found
