"""A policy document as it was read: what its author wrote, checked, in one shape.

Source: IAM user guide, "Grammar of the IAM JSON policy language".
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from .operators import Operator

__all__ = ["Condition", "Document", "Effect", "Principals", "Statement", "Version"]

Effect: TypeAlias = Literal["Allow", "Deny"]
Version: TypeAlias = Literal["2012-10-17", "2008-10-17"]


class Principals(Struct, frozen=True, kw_only=True):
    """Whom a statement means. ``anyone`` is a bare ``*``; ``aws`` may have a ``*`` too, which leaves out services."""

    anyone: bool = False
    aws: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    federated: tuple[str, ...] = ()
    canonical_user: tuple[str, ...] = ()


class Condition(Struct, frozen=True):
    """One key, and the values it is compared with."""

    operator: Operator
    key: str
    values: tuple[str, ...]


class Statement(Struct, frozen=True, kw_only=True):
    """One statement; of each pair with a Not, one is None, and both where its kind of policy has neither."""

    effect: Effect
    sid: str | None = None
    principal: Principals | None = None
    not_principal: Principals | None = None
    action: tuple[str, ...] | None = None
    not_action: tuple[str, ...] | None = None
    resource: tuple[str, ...] | None = None
    not_resource: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()


class Document(Struct, frozen=True, kw_only=True):
    """A whole policy."""

    statements: tuple[Statement, ...]
    version: Version = "2008-10-17"
    id: str | None = None

    @property
    def has_variables(self) -> bool:
        """Whether ``${…}`` stands for a value of the request."""
        return self.version == "2012-10-17"
