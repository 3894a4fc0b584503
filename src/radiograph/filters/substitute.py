"""Groups replaced by the expressions they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

import msgspec

from radiograph.errors import InvalidRequest

from .check import check
from .parse import read_expression
from .tokens import quoted, refuse
from .tree import And, Expression, Group, Not, Or

__all__ = ["MAX_GROUPS", "Lookup", "substitute"]

MAX_GROUPS = 100
"""Groups replaced in one expression: groups of groups can double with every level."""

_MAX_DEPTH = 5
"""Groups inside one another."""

_MAX_LEVELS = 200
"""Levels of the tree: more than one text can have, and few enough to be walked by recursion."""

Lookup: TypeAlias = Callable[[Literal["name", "arn"], str], str | None]
"""The filter expression of the group with this name or ARN, empty if it has none; None if there is no such group."""

_Chain: TypeAlias = tuple[tuple[str, str], ...]
"""The groups that are being replaced, each inside the one before."""


def substitute(expression: Expression, lookup: Lookup, known: Iterable[str] = ()) -> Expression:
    """Give the expression with every group replaced; ``known`` are the names an error tells of.

    Raises: InvalidRequestException for a group that is unknown, contains itself or has an expression that is invalid.
    """
    return _Substitution(lookup, known).replace(expression, (), 0)


class _Substitution:
    def __init__(self, lookup: Lookup, known: Iterable[str]) -> None:
        self.lookup, self.known, self.replaced = lookup, known, 0

    def replace(self, expression: Expression, within: _Chain, level: int) -> Expression:
        if level > _MAX_LEVELS:
            refuse(expression.column, "this is too deep in brackets and groups", f"{_MAX_LEVELS} levels of them")
        match expression:
            case And(terms) | Or(terms):
                replaced = tuple(self.replace(term, within, level + 1) for term in terms)
                return msgspec.structs.replace(expression, terms=replaced)
            case Not(term):
                return msgspec.structs.replace(expression, term=self.replace(term, within, level + 1))
            case Group():
                return self.expression(expression, within, level)
        # Everything else has only blocks, where no group can stand.
        return expression

    def expression(self, group: Group, within: _Chain, level: int) -> Expression:
        key, shown = (group.by, group.value), quoted(group.value)
        if key in within:
            chain = " → ".join(value for _, value in (*within[within.index(key) :], key))
            refuse(group.column, f"the group {shown} contains itself ({chain})", "groups that do not")
        self.replaced += 1
        if len(within) == _MAX_DEPTH or self.replaced > MAX_GROUPS:
            refuse(
                group.column,
                f"the group {shown} is one too many",
                f"{MAX_GROUPS} groups in all, {_MAX_DEPTH} inside one another",
            )
        text = self.lookup(group.by, group.value)
        if text is None:
            names = ", ".join(sorted(self.known)) or "no group exists yet"
            refuse(group.column, f"there is no group with the {group.by} {shown}", names)
        try:
            inner = read_expression(text)
            check(inner)
            return self.replace(inner, (*within, key), level)
        except InvalidRequest as error:
            # Its columns count in the group's own text.
            raise InvalidRequest(f"Group {shown}: {error.message}") from error
